import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { REPORT_FORMATS } from '../../src/report/index.ts';
import { gateshift, ingress, type Result, temporaryFolder } from './session.ts';

const VALUES = ['hunter2-authority', 'hunter2-key', 'hunter2-password'];
const base64 = (text: string) => Buffer.from(text).toString('base64');
/** Values as they may appear: plain, encoded, and pieces of them. */
const TRACES = [...VALUES, ...VALUES.map(base64), 'hunter2', base64('hunter2').slice(0, 8)];

const [authority = '', key = '', password = ''] = VALUES;
const SECRETS = `apiVersion: v1
kind: Secret
metadata: {name: backend, namespace: shop, annotations: {last-applied: ${password}}}
data: {ca.crt: ${base64(authority)}, tls.key: ${base64(key)}}
---
apiVersion: v1
kind: Secret
metadata: {name: other, namespace: shop}
stringData:
  auth: ${password}
`;
const WEB = ingress('web', { 'backend-protocol': 'HTTPS', 'proxy-ssl-secret': 'shop/backend', 'proxy-ssl-verify': 'on' });

function clean({ stdout, stderr }: Result): void {
  for (const trace of TRACES) expect(stdout + stderr).not.toContain(trace);
}

async function written(text: string, args: readonly string[] = ['--write-secrets']) {
  const folder = temporaryFolder({ 'in.yaml': text });
  const out = join(folder, 'out');
  const result = await gateshift(['convert', join(folder, 'in.yaml'), '--out-dir', out, '--fail-on', 'never', '--no-config', ...args]);
  return { ...result, folder, out };
}

const CONFIG_MAP = 'secrets/shop/configmap-backend-ca.yaml';

describe('--write-secrets', () => {
  it('writes what has to be made of a Secret, with its data, for its owner alone', async () => {
    const result = await written(`${WEB}---\n${SECRETS}`);
    const file = join(result.out, CONFIG_MAP);
    expect(parse(readFileSync(file, 'utf8'))).toEqual({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'backend-ca', namespace: 'shop' },
      data: { 'ca.crt': authority },
    });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(join(result.out, 'secrets')).mode & 0o777).toBe(0o700);
    expect(readFileSync(file, 'utf8')).not.toContain(key);
    clean(result);
    expect(readFileSync(join(result.out, 'report.json'), 'utf8')).toContain('"secrets/written"');
  });

  it('is off unless asked for, and an earlier file goes when it is no longer asked for', async () => {
    const { folder, out } = await written(`${WEB}---\n${SECRETS}`);
    const again = ['convert', join(folder, 'in.yaml'), '--out-dir', out, '--fail-on', 'never', '--no-config'];
    const diff = await gateshift([...again, '--diff']);
    clean(diff);
    expect(diff.stderr).toContain(`${CONFIG_MAP}: no longer produced`);
    const result = await gateshift(again);
    clean(result);
    expect(() => statSync(join(out, CONFIG_MAP))).toThrow();
    const off = await written(`${WEB}---\n${SECRETS}`, []);
    expect(() => statSync(join(off.out, 'secrets'))).toThrow();
  });

  it('shows no value in a diff, whether it would be added or changed', async () => {
    const { folder, out } = await written(`${WEB}---\n${SECRETS}`);
    writeFileSync(join(folder, 'in.yaml'), `${WEB}---\n${SECRETS.replaceAll(base64(authority), base64('hunter2-new'))}`);
    const args = ['convert', join(folder, 'in.yaml'), '--out-dir', out, '--fail-on', 'never', '--no-config', '--write-secrets'];
    const diff = await gateshift([...args, '--diff', '-v']);
    clean(diff);
    expect(diff.stderr).toContain('1 changed');
    expect((await gateshift(args)).stderr).toContain('1 changed');
    expect(statSync(join(out, CONFIG_MAP)).mode & 0o777).toBe(0o600);
    const first = temporaryFolder();
    clean(await gateshift(['convert', join(folder, 'in.yaml'), '--out-dir', first, '--no-config', '--write-secrets', '--diff', '-v']));
  });

  it('says what it cannot make: of a Secret that is not there, or cannot be read', async () => {
    const codes = async (text: string) => {
      const { out } = await written(text);
      const { findings } = JSON.parse(readFileSync(join(out, 'report.json'), 'utf8'));
      return findings.map(({ code }: { code: string }) => code).filter((code: string) => code.startsWith('secrets/'));
    };
    expect(await codes(WEB)).toEqual(['secrets/not-in-input']);
    expect(await codes(`${WEB}---\n${SECRETS.replace(base64(authority), '"!!hunter2"')}`)).toEqual(['secrets/not-in-input']);
    expect(await codes(ingress('web'))).toEqual([]);
  });

  it('needs a folder: nothing prints values', async () => {
    const { code, stderr } = await gateshift(['convert', '-', '--write-secrets'], { stdin: `${WEB}---\n${SECRETS}` });
    expect([code, stderr]).toEqual([2, expect.stringContaining('--out-dir')]);
  });

  it('never reads Secrets of its own output as input', async () => {
    const { folder, out } = await written(`${WEB}---\n${SECRETS}`);
    mkdirSync(join(folder, 'more'));
    const result = await gateshift(['check', folder, '--no-config', '--fail-on', 'never', '-v']);
    clean(result);
    expect(result.stdout).toContain('1 Ingress in 1 file');
    expect(out).toContain(folder);
  });
});

describe('values of Secrets', () => {
  const broken = [
    `${WEB}---\n${SECRETS}`,
    `${WEB}---\n${SECRETS}  tls: [${password}\n`,
    `${WEB}---\n${SECRETS}  ${password}: *${password}\n`,
  ];

  it.each(broken)('are in no report, no diff and no other output (%#)', async (text) => {
    const folder = temporaryFolder({ 'in.yaml': text });
    const input = join(folder, 'in.yaml');
    for (const format of REPORT_FORMATS) clean(await gateshift(['check', input, '--no-config', '-v', '--report', format]));
    const json = join(folder, 'verify.json');
    clean(await gateshift(['verify', input, '--no-config', '-v', '--json', json]));
    clean({ code: 0, stdout: readFileSync(json, 'utf8'), stderr: '' });
    clean(await gateshift(['convert', input, '--no-config', '-v']));
    for (const format of ['table', 'json', 'markdown'])
      clean(await gateshift(['compare', input, '--no-config', '-v', '--format', format, '--targets', 'standard,aws-alb']));
    const out = join(folder, 'out');
    clean(await gateshift(['convert', input, '--no-config', '-v', '--out-dir', out, '--write-secrets']));
    for (const report of ['report.md', 'report.json']) clean({ code: 0, stdout: readFileSync(join(out, report), 'utf8'), stderr: '' });
  });
});
