import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { secretFiles } from '../../src/emit/secret-copies.ts';
import type { CopiedKey, SecretCopy } from '../../src/model/secret-copy.ts';
import { SealedText, SecretValues } from '../../src/model/secret-values.ts';
import { secretValuesIn } from '../../src/read/secret-values.ts';

const base64 = (text: string) => Buffer.from(text).toString('base64');
const from = { namespace: 'shop', name: 'users' };
const copy = (of: CopiedKey['of'], key = '.htpasswd'): SecretCopy => ({
  kind: 'Secret',
  namespace: 'web',
  name: 'users-htpasswd',
  from,
  keys: [{ key, of }],
});

function values(text: string) {
  return secretValuesIn([{ file: 'in.yaml', text }], new Set(['shop/users']), { defaultNamespace: 'shop' });
}

function made(wanted: SecretCopy, text: string, state: 'wanted' | 'conflicts' | 'there' = 'wanted') {
  const { files, findings } = secretFiles([{ copy: wanted, origin: [], state }], values(text));
  const [[path, sealed] = []] = [...files];
  return { path, object: sealed === undefined ? null : parse(sealed.open()), codes: findings.map(({ code }) => code) };
}

const secret = (fields: string) => `apiVersion: v1\nkind: Secret\nmetadata: {name: users, namespace: shop}\n${fields}\n`;
const SHA = 'ann:{SHA}qUqP5cyxm6YcTAhz05Hph5gvu9M=\n';

describe('copies of Secrets', () => {
  it('have the same data under another key', () => {
    const wanted = copy({ as: 'password-file', form: 'htpasswd-file', hashes: 'any' });
    expect(made(wanted, secret(`data: {auth: ${base64('ann:$apr1$x\n')}}`))).toEqual({
      path: 'secrets/web/secret-users-htpasswd.yaml',
      object: {
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: { name: 'users-htpasswd', namespace: 'web' },
        type: 'Opaque',
        data: { '.htpasswd': base64('ann:$apr1$x\n') },
      },
      codes: ['secrets/written'],
    });
  });

  it('of a key for each user are one file, as the controller writes it', () => {
    const wanted = copy({ as: 'password-file', form: 'user-per-key', hashes: 'any' }, 'auth');
    const { object } = made(wanted, secret(`data: {ben: ${base64('$1$b')}}\nstringData: {ann: $1$a}`));
    expect(object.data.auth).toBe(base64('ann:$1$a\nben:$1$b\n'));
  });

  it('are not made of hashes that are not read, nor of two things', () => {
    const wanted = copy({ as: 'password-file', form: 'htpasswd-file', hashes: 'sha1' });
    const file = (text: string) => secret(`stringData: {auth: ${JSON.stringify(text)}}`);
    expect(made(wanted, file(`# people\n\n${SHA}`)).codes).toEqual(['secrets/written']);
    expect(made(wanted, file(`${SHA}ben:$apr1$x\n`)).codes).toEqual(['secrets/hashes']);
    expect(made(wanted, file('')).codes).toEqual(['secrets/hashes']);
    expect(made(wanted, file(SHA), 'conflicts').codes).toEqual(['secrets/two-sources']);
    expect(made(wanted, file(SHA), 'there').codes).toEqual(['secrets/exists']);
    expect(made(wanted, secret('data: {other: YQ==}')).codes).toEqual(['secrets/no-key']);
  });
});

describe('values', () => {
  it('are found in lists, with stringData over data, the first of a name', () => {
    const item = '{metadata: {name: users}, stringData: {auth: b}, data: {auth: YQ==}}';
    for (const text of [
      `kind: SecretList\napiVersion: v1\nitems: [${item}]`,
      `kind: List\napiVersion: v1\nitems: [${item.replace('{', '{kind: Secret, ')}]\n---\n${secret('stringData: {auth: c}')}`,
    ]) {
      const found = values(text).get('shop/users')?.valueOfKey('auth');
      expect(new TextDecoder().decode(found ?? new Uint8Array())).toBe('b');
    }
  });

  it('are those that were asked for, and nothing where they cannot be read', () => {
    for (const text of [
      secret('data: {auth: "%%"}'),
      secret('data: {auth: 1}'),
      secret('data: [a]'),
      `${secret('data: {auth: YQ==}')}  x: [`,
      secret('data: {auth: YQ==}').replace('users', 'others'),
      secret('data: {auth: YQ==}').replace('Secret', 'ConfigMap'),
    ])
      expect(values(text).size).toBe(0);
  });

  it('show themselves in no way', () => {
    const held = new SecretValues(new Map([['auth', new TextEncoder().encode('hunter2')]]));
    for (const each of [held, new SealedText('hunter2')]) {
      expect(
        [JSON.stringify(each), inspect(each, { depth: 9, showHidden: true }), String(each), Object.keys(each)].join(' '),
      ).not.toContain('hunter2');
    }
  });
});
