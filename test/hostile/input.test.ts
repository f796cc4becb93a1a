import { describe, expect, it } from 'vitest';
import { convertManifests, manifestFiles, manifestStream } from '../../src/index.ts';
import { outputOf } from '../../src/output.ts';
import { decode } from '../../src/read/decode.ts';
import { MAX_ANNOTATIONS } from '../../src/read/objects.ts';
import { MAX_SCALAR } from '../../src/read/yaml-value.ts';
import { ingress } from '../cli/session.ts';

/** What is read of a hostile document with a sound one behind it. The sound one is always converted. */
function beside(hostile: string): { readonly codes: readonly string[]; readonly ingresses: readonly string[] } {
  const conversion = convertManifests([{ file: 'in.yaml', text: `${hostile}\n---\n${ingress('sound')}` }]);
  expect(manifestStream(conversion)).toContain('sound.example.com');
  expect(outputOf(conversion).refused).toEqual([]);
  return {
    codes: [...new Set(conversion.ledger.findings.filter(({ level }) => level === 'error').map(({ code }) => code))],
    ingresses: conversion.estate.ingresses.map(({ ref }) => ref.name),
  };
}

/** `text` in the metadata of an Ingress. */
const withMetadata = (text: string) => ingress('hostile').replace('  name: hostile\n', `  name: hostile\n${text}`);

describe('documents that are meant to exhaust their reader', () => {
  it.each([
    [
      'an alias bomb',
      [...'abcdefghi']
        .map((name, index, all) => `x-${name}: &${name} [${Array(9).fill(index === 0 ? '1' : `*${all[index - 1]}`)}]\n`)
        .join('') + ingress('hostile'),
      'read/too-many-aliases',
    ],
    [
      'a merge bomb',
      `x-0: &m0 {k: v}\n${Array.from({ length: 40 }, (_, i) => `x-${i + 1}: &m${i + 1} {<<: *m${i}, a: [*m${i}, *m${i}], k${i}: v}\n`).join('')}${ingress('hostile')}`,
      'read/too-many-aliases',
    ],
    ['aliases without end', `x: &a {k: v}\ny: [${'*a, '.repeat(200_000)}]\n${ingress('hostile')}`, 'read/too-many-aliases'],
    ['anchors without end', `${'k: &a v\n'.repeat(10)}x: [${'&a v, '.repeat(2_400_000)}]\n${ingress('hostile')}`, 'read/too-complex'],
    ['lists that nobody closes', withMetadata(`  labels: ${'['.repeat(1_000_000)}\n`), 'read/too-deep'],
    ['maps that nobody closes', withMetadata(`  labels: ${'{a: '.repeat(1_000_000)}\n`), 'read/too-deep'],
    ['nested maps in JSON', `{"kind":"Ingress","metadata":${'{"a":'.repeat(300_000)}1${'}'.repeat(300_000)}}`, 'read/too-deep'],
    ['nested lists', withMetadata(`  labels: ${'['.repeat(100_000)}${']'.repeat(100_000)}\n`), 'read/too-deep'],
    ['nested maps', withMetadata(`  labels: ${'{a: '.repeat(100_000)}${'}'.repeat(100_000)}\n`), 'read/too-deep'],
    ['nested dashes', withMetadata(`  labels:\n  ${'- '.repeat(100_000)}x\n`), 'read/too-deep'],
    [
      'a value of 20 MB',
      withMetadata(`  annotations: {nginx.ingress.kubernetes.io/rewrite-target: "${'x'.repeat(20_000_000)}"}\n`),
      'read/too-large',
    ],
    [
      'a plain value of 20 MB',
      withMetadata(`  annotations:\n    nginx.ingress.kubernetes.io/rewrite-target: ${'x'.repeat(20_000_000)}\n`),
      'read/too-large',
    ],
    [
      'a value of 20 MB in brackets',
      withMetadata(`  annotations: {nginx.ingress.kubernetes.io/rewrite-target: ${'x'.repeat(20_000_000)}}\n`),
      'read/too-large',
    ],
    [
      'JSON with a value of 20 MB',
      JSON.stringify({
        apiVersion: 'networking.k8s.io/v1',
        kind: 'Ingress',
        metadata: { name: 'hostile', annotations: { a: `\\${'"\\'.repeat(5_000_000)}` } },
        spec: {},
      }),
      'read/too-large',
    ],
    [
      'a block of 20 MB',
      withMetadata(
        `  annotations:\n    nginx.ingress.kubernetes.io/configuration-snippet: |\n${`      ${'x'.repeat(90)}\n`.repeat(200_000)}`,
      ),
      'read/too-large',
    ],
    ['a name of 20 MB', withMetadata(`  annotations:\n    ${'k'.repeat(20_000_000)}: x\n`), 'read/too-large'],
    ['an anchor in itself', withMetadata('  labels: &x {k: *x}\n'), 'read/unknown-alias'],
    ['NUL', withMetadata('  labels: {a: "\0"}\n'), 'read/invalid-character'],
    ['an escape sequence', withMetadata('  labels: {a: "\u001b[2J"}\n'), 'read/invalid-character'],
  ])('%s is told, and the rest converted', { timeout: 60_000 }, (_, hostile, code) => {
    const { codes, ingresses } = beside(hostile);
    expect(codes).toContain(code);
    expect(ingresses).toEqual(['sound']);
  });

  it('values as long as an API server stores are read', () => {
    const { codes, ingresses } = beside(
      withMetadata(`  x: "${'x'.repeat(MAX_SCALAR - 10)}"\n  annotations: {example.com/x: "${'x'.repeat(MAX_ANNOTATIONS - 100)}"}\n`),
    );
    expect([codes, ingresses]).toEqual([[], ['hostile', 'sound']]);
  });

  it('annotations that are too long together are told', () => {
    const half = 'x'.repeat(MAX_ANNOTATIONS / 2);
    const { codes, ingresses } = beside(withMetadata(`  annotations: {example.com/x: "${half}", example.com/y: "${half}"}\n`));
    expect([codes, ingresses]).toEqual([['read/too-large'], ['sound']]);
  });

  it('lists in lists end', () => {
    const nested = `${'{"kind": "List", "apiVersion": "v1", "items": ['.repeat(60)}${JSON.stringify({ kind: 'Ingress' })}${']}'.repeat(60)}`;
    expect(beside(nested).ingresses).toEqual(['sound']);
  });
});

describe('files of one thing alone', () => {
  it.each([
    ['comments', `# ${'x'.repeat(98)}\n`.repeat(300_000)],
    ['line ends', '\n'.repeat(20_000_000)],
    ['document markers', '---\n'.repeat(2_000_000)],
    ['other objects', '---\nkind: ConfigMap\napiVersion: v1\nmetadata: {name: c}\n'.repeat(30_000)],
    ['directives', '%YAML 1.1\n'.repeat(100_000)],
  ])('%s are read in time', { timeout: 60_000 }, (_, text) => {
    expect(beside(text)).toEqual({ codes: [], ingresses: ['sound'] });
  });

  it('broken documents are told one by one', { timeout: 60_000 }, () => {
    const broken = '---\nkind: Ingress\napiVersion: networking.k8s.io/v1\nmetadata: {name: [}\n';
    const { estate } = convertManifests([{ file: 'in.yaml', text: `${broken.repeat(2000)}---\n${ingress('sound')}` }]);
    expect(estate.findings.map(({ code, at }) => [code, at?.line]).slice(0, 2)).toEqual([
      ['read/syntax', 4],
      ['read/syntax', 8],
    ]);
    expect([estate.findings.length, estate.ingresses.length]).toEqual([2000, 1]);
  });
});

describe('settings that are meant to exhaust their rule', () => {
  const some = (count: number, of: (index: number) => string) => Array.from({ length: count }, (_, index) => of(index));

  it.each([
    ['address lists', 'whitelist-source-range', some(12_000, (i) => `10.${i >> 8}.${i & 255}.0/24`).join(',')],
    ['conditions', 'configuration-snippet', 'if ($http_x = "1") { return 403; }\n'.repeat(6000)],
    ['conditions that each go two ways', 'configuration-snippet', some(300, (i) => `if ($http_x${i} = "1") { set $a${i} 1; }`).join('\n')],
    ['blocks in blocks', 'server-snippet', `${'location /a { '.repeat(10_000)}${'}'.repeat(10_000)}`],
    ['other names', 'server-alias', some(2000, (i) => `a${i}.example.com`).join(',')],
    ['a number', 'proxy-read-timeout', '9'.repeat(100_000)],
  ])('%s end in time', { timeout: 60_000 }, (_, name, value) => {
    expect(beside(ingress('hostile', { [name]: value })).ingresses).toEqual(['hostile', 'sound']);
  });
});

describe('what refers to itself', () => {
  it('is followed once', () => {
    const objects = [
      'kind: IngressClass\napiVersion: networking.k8s.io/v1\nmetadata: {name: nginx}\nspec: {controller: k8s.io/ingress-nginx, parameters: {apiGroup: networking.k8s.io, kind: IngressClass, name: nginx}}\n',
      ...['one', 'two'].map(
        (name, index) =>
          `kind: Service\napiVersion: v1\nmetadata: {name: ${name}, namespace: shop}\nspec: {type: ExternalName, externalName: ${['two', 'one'][index]}.shop.svc.cluster.local, ports: [{port: 80}]}\n`,
      ),
      ingress('one', {
        'server-alias': 'two.example.com',
        'default-backend': 'one',
        'permanent-redirect': 'https://one.example.com/',
        'mirror-target': 'https://one.example.com$request_uri',
      }),
      ingress('two', { 'server-alias': 'one.example.com', 'app-root': '/', 'from-to-www-redirect': 'true' }),
    ];
    expect(beside(objects.join('---\n')).ingresses).toEqual(['one', 'sound', 'two']);
  });
});

describe('bytes', () => {
  const bytes = (text: string) => new TextEncoder().encode(text);

  it('that are not UTF-8 cost their document alone', () => {
    const text = decode(new Uint8Array([...bytes(withMetadata('  labels: {a: "')), 0xff, 0xc3, 0x28, ...bytes('"}\n')]));
    expect(beside(text)).toMatchObject({ codes: ['read/invalid-character'], ingresses: ['sound'] });
  });

  it.each(['utf16le', 'big-endian'])('of UTF-16 (%s) are read', (order) => {
    const little = Buffer.from(`\uFEFF${ingress('wide')}`, 'utf16le');
    const text = decode(order === 'utf16le' ? little : little.swap16());
    expect(beside(text).ingresses).toEqual(['sound', 'wide']);
  });

  it('of UTF-16 that break off are told', () => {
    const cut = Buffer.from(`\uFEFF${ingress('wide')}\ud83d`, 'utf16le');
    expect(beside(decode(cut)).codes).toContain('read/invalid-character');
  });
});

describe('names', () => {
  it('never leave the output folder', () => {
    const names = [
      '../../etc/passwd',
      '..',
      '/etc/passwd',
      'a/../../b',
      '..\\..\\x',
      'con',
      'a\u0000b',
      '%2e%2e%2f',
      '~root',
      '-rf',
      'x'.repeat(300),
    ];
    const documents = names.map((name, index) =>
      ingress(`n${index}`)
        .replace(`name: n${index}\n`, `name: ${JSON.stringify(name)}\n`)
        .replace('namespace: shop', `namespace: ${JSON.stringify(index % 2 === 0 ? name : 'shop')}`),
    );
    const conversion = convertManifests([{ file: 'in.yaml', text: documents.join('---\n') }]);
    for (const path of manifestFiles(conversion).keys()) {
      expect(path).toMatch(/^(?:infrastructure|gateways|routes)\/(?:[a-z0-9_][a-z0-9._-]*\/)?[a-z0-9][a-z0-9._-]*\.yaml$/);
      expect(path).not.toMatch(/\/(?:con|nul|aux)[./]/);
      expect(path.split('/').every((part) => part !== '..' && part.length < 256)).toBe(true);
    }
    expect(outputOf(conversion).refused).toEqual([]);
  });

  it('of prototypes are names like any other', () => {
    const keys = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty'];
    const text = `${ingress('a')}---\n${withMetadata(`  annotations:\n${keys.map((key) => `    ${key}: "polluted"\n    nginx.ingress.kubernetes.io/${key}: "polluted"\n`).join('')}  labels: {__proto__: {polluted: "1"}}\n`)}`;
    const conversion = convertManifests([{ file: 'in.yaml', text }]);
    expect(conversion.ledger.entries.filter(({ entry }) => entry.value === 'polluted')).toHaveLength(keys.length * 2);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    const services = keys.map(
      (key) => `apiVersion: v1\nkind: Service\nmetadata: {name: ${key}, namespace: ${key}}\nspec: {ports: [{port: 80}]}\n`,
    );
    expect(() => convertManifests([{ file: 'in.yaml', text: [...services, text].join('---\n') }])).not.toThrow();
  });
});

describe('patterns that blow up a backtracking engine', () => {
  it.each([
    '(a+)+$',
    '(a|a)*b',
    '(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)x',
    '((a{1,30}){1,30}){1,30}',
    '(?=(a+))\\1+b',
    `${'(a?)'.repeat(50)}${'a'.repeat(50)}`,
    '('.repeat(1000),
    `[${'a-z'.repeat(2000)}]*`,
  ])('%s is converted or withheld in time', { timeout: 20_000 }, (pattern) => {
    const path = JSON.stringify(`/${pattern}`);
    const two =
      ingress('hostile', { 'use-regex': 'true', 'rewrite-target': '/$1' }, path) +
      `---\n${ingress('other', { 'use-regex': 'true' }, path).replace('host: other.', 'host: hostile.')}`;
    expect(beside(two).ingresses).toHaveLength(3);
  });
});

describe('numbers', () => {
  it('patterns on one host are told apart without holding each against each', { timeout: 120_000 }, () => {
    const paths = Array.from({ length: 400 }, (_, index) => `/p${index}[a-z]+(/|$)(.*)`);
    const documents = paths.map((path, index) =>
      ingress(
        `i${index}`,
        { 'use-regex': 'true', 'rewrite-target': '/$2', 'auth-url': 'https://a.example.com' },
        JSON.stringify(path),
      ).replace(/host: .*/, 'host: one.example.com'),
    );
    const { plan } = convertManifests([{ file: 'in.yaml', text: documents.join('---\n') }]);
    expect(plan.withheld).toHaveLength(400);
  });

  it('65,000 paths on one host are converted in time', { timeout: 300_000 }, () => {
    const path = (i: number) =>
      `      - {path: /p${i}/x, pathType: ${i % 3 === 0 ? 'Exact' : 'Prefix'}, backend: {service: {name: s${i % 7}, port: {number: 80}}}}\n`;
    const documents = Array.from(
      { length: 65 },
      (_, n) =>
        `${ingress(`i${n}`).replace(/host: .*\n[\s\S]*$/, '')}host: one.example.com\n      http:\n        paths:\n${Array.from({ length: 1000 }, (_, i) => `    ${path(n * 1000 + i)}`).join('')}`,
    );
    const conversion = convertManifests([{ file: 'in.yaml', text: documents.join('---\n') }]);
    const routes = conversion.plan.objects.filter(({ object }) => object.kind === 'HTTPRoute');
    expect(manifestStream(conversion).match(/^ +value: \/p/gm)).toHaveLength(65_000);
    expect(routes.length).toBeGreaterThan(1000);
  });
});
