import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { jsonReport } from '../../src/report/json.ts';
import { CRDS_PRESENT } from '../check/published-crds.ts';
import { gateshift, ingress, temporaryFolder } from './session.ts';

describe('convert to standard output', () => {
  it('writes manifests alone there, and words to standard error', async () => {
    const { code, stdout, stderr } = await gateshift(['convert', '-'], { stdin: ingress('web') });
    expect(code).toBe(0);
    expect(parseAllDocuments(stdout).map((document) => document.toJS().kind)).toEqual(['Gateway', 'HTTPRoute']);
    expect(stderr).toContain('0 lost');
  });

  it('says errors alone with -q', async () => {
    expect((await gateshift(['convert', '-', '-q'], { stdin: ingress('web', { 'proxy-body-size': '8m' }) })).stderr).toBe('');
    const withheld = await gateshift(['convert', '-', '-q'], { stdin: ingress('web', { 'auth-type': 'basic', 'auth-secret': 'users' }) });
    expect(withheld.stderr).toContain('error[plan/withheld]');
    expect(withheld.stderr).not.toContain('settings carried over');
    expect((await gateshift(['convert', join(temporaryFolder(), 'absent'), '-q'])).stderr).toContain('error[read/path-not-found]');
  });

  it('suggests what was probably meant', async () => {
    const said = async (...args: string[]) => (await gateshift(args, { stdin: '' })).stderr;
    expect(await said('chek', '-')).toContain('Did you mean check?');
    expect(await said('check', '-', '--tagret', 'x')).toContain('Did you mean --target?');
    expect(await said('check', '-', '--target', 'standart')).toContain('did you mean standard?');
    expect(await said('check', '-', '--class', 'x=ngin')).toContain('did you mean nginx?');
    expect(await said('check', '-', '--report', 'jsn')).toContain('did you mean json?');
  });

  it.each([
    [['convert', '-', '--diff']],
    [['convert', '-', '--force']],
    [['convert', '-', '--report', 'json']],
    [['convert', '-', '--report', 'pdf=x']],
    [['convert', '-', '--target', 'nonesuch']],
    [['convert', '-', '--class', 'nginx']],
    [['convert', '-', '--class', 'x=nginxx']],
    [['convert', '-', '--default-certificate', 'justname']],
    [['convert', '-', '--default-certificate', 'shop/Not_A_Name']],
    [['convert', '-', '--gateway-class', 'Not A Class']],
    [['convert', '-', '--gateway-namespace', 'a.b']],
    [['convert', '-', '--class', 'x=nginx', '--class', 'x=kubernetes']],
    [['convert', '-', '--crds', '-']],
    [['convert', '-', '-q', '-v']],
    [['convert', '-', '--out-dir', '']],
    [['convert', '-', '--out-dir', 'out', '--diff', '--report', 'json']],
    [['check', '-', '--report', 'json', '--report', 'text']],
    [['check', '-', '--report', 'json=']],
    [['check', '-', '--out-dir', 'out']],
    [['convert', '-', '--gateway-api', '0.9']],
    [['convert']],
    [['convrt', '-']],
    [['convert', '-', '--nope']],
  ])('exits 2 on %j', async (args) => {
    const { code, stdout, stderr } = await gateshift(args, { stdin: ingress('web') });
    expect([code, stdout, stderr === '']).toEqual([2, '', false]);
  });

  it('exits 1 when a route is withheld, 0 with --fail-on never', async () => {
    const stdin = ingress('web', { 'auth-type': 'basic', 'auth-secret': 'users' });
    expect((await gateshift(['convert', '-'], { stdin })).code).toBe(1);
    expect((await gateshift(['convert', '-', '--fail-on', 'never'], { stdin })).code).toBe(0);
  });

  it('never writes the backend of a withheld route, and does with --on-security-loss emit', async () => {
    const stdin = ingress('web', { 'whitelist-source-range': '10.0.0.0/8' });
    expect((await gateshift(['convert', '-'], { stdin })).stdout).not.toContain('backendRefs');
    const emitted = await gateshift(['convert', '-', '--on-security-loss', 'emit'], { stdin });
    expect(emitted.stdout).toContain('backendRefs');
    expect(emitted.stderr).toContain('plan/protection-lost');
  });
});

describe('input that cannot be read', () => {
  it('exits 3 for a path that is not there', async () => {
    expect((await gateshift(['convert', join(temporaryFolder(), 'absent')])).code).toBe(3);
  });

  it('exits 3 and says so when there is no Ingress', async () => {
    const { code, stderr } = await gateshift(['check', '-'], { stdin: 'apiVersion: v1\nkind: Service\nmetadata: {name: a}\n' });
    expect([code, stderr]).toEqual([3, '']);
    expect((await gateshift(['check', '-'], { stdin: '' })).stdout).toContain('0 Ingresses found');
  });

  it.each([
    ['a broken document', 'kind: Ingress\nmetadata: [\n'],
    ['a template that was not rendered', 'kind: Ingress\nmetadata:\n  name: {{ .Release.Name }}\n'],
    [
      'an Ingress without a name',
      'apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {}\nspec: {defaultBackend: {service: {name: a, port: {number: 80}}}}\n',
    ],
    ['an Ingress of an unknown version', 'apiVersion: networking.k8s.io/v9\nkind: Ingress\nmetadata: {name: a}\n'],
    ['two documents that became one', 'kind: Ingress\n\u0007: 1\n'],
  ])('exits 3 for %s', async (_, broken) => {
    const { code, stdout } = await gateshift(['convert', '-', '--fail-on', 'never'], { stdin: `${ingress('web')}---\n${broken}` });
    expect([code, stdout.includes('web.example.com')]).toEqual([3, true]);
  });

  it('still converts everything else', async () => {
    const broken = `${ingress('a')}---\nkind: Ingress\nmetadata: [\n---\n${ingress('b')}`;
    const { stdout, stderr } = await gateshift(['convert', '-'], { stdin: broken });
    expect(stdout).toContain('a.example.com');
    expect(stdout).toContain('b.example.com');
    expect(stderr).toMatch(/<stdin>:\d+:\d+/);
  });
});

describe('convert to a folder', () => {
  it('splits by role, and a second run changes nothing', async () => {
    const out = temporaryFolder();
    const input = temporaryFolder({ 'web.yaml': ingress('web') });
    await gateshift(['convert', input, '--out-dir', out]);
    expect(readdirSync(out).sort()).toEqual(['gateways', 'report.json', 'report.md', 'routes']);
    const route = join(out, 'routes/shop/httproute-web-web-example-com.yaml');
    const before = statSync(route).mtimeMs;
    const reports = [statSync(join(out, 'report.json')).mtimeMs, statSync(join(out, 'report.md')).mtimeMs];
    const again = await gateshift(['convert', input, '--out-dir', out]);
    expect(again.stderr).toContain('No file changes');
    expect(statSync(route).mtimeMs).toBe(before);
    expect([statSync(join(out, 'report.json')).mtimeMs, statSync(join(out, 'report.md')).mtimeMs]).toEqual(reports);
  });

  it('leaves foreign and edited files alone, overwrites edited ones with --force, removes what is no longer written', async () => {
    const out = temporaryFolder();
    const input = temporaryFolder({ 'web.yaml': ingress('web'), 'old.yaml': ingress('old') });
    await gateshift(['convert', input, '--out-dir', out]);
    const route = join(out, 'routes/shop/httproute-web-web-example-com.yaml');
    const old = join(out, 'routes/shop/httproute-old-old-example-com.yaml');
    const foreign = join(out, 'routes/shop/mine.yaml');
    writeFileSync(foreign, 'kind: Mine\n');
    writeFileSync(route, `${readFileSync(route, 'utf8')}# edited\n`);
    writeFileSync(join(input, 'old.yaml'), 'kind: Nothing\n');
    const kept = await gateshift(['convert', input, '--out-dir', out]);
    expect(kept.stderr).toContain('edited since');
    expect(readFileSync(route, 'utf8')).toContain('# edited');
    expect(existsSync(old)).toBe(false);
    await gateshift(['convert', input, '--out-dir', out, '--force']);
    expect(readFileSync(route, 'utf8')).not.toContain('# edited');
    expect(readFileSync(foreign, 'utf8')).toBe('kind: Mine\n');
  });

  it('leaves a report alone that it did not write', async () => {
    const out = temporaryFolder({ 'report.md': '# mine\n', 'report.json': '{"mine":true}' });
    const { stderr } = await gateshift(['convert', '-', '--out-dir', out], { stdin: ingress('web') });
    expect([readFileSync(join(out, 'report.md'), 'utf8'), readFileSync(join(out, 'report.json'), 'utf8')]).toEqual([
      '# mine\n',
      '{"mine":true}',
    ]);
    expect(stderr).toContain('report.md: not written by gateshift');
  });

  it('--diff shows the changes and writes nothing', async () => {
    const out = temporaryFolder();
    const { stdout, stderr } = await gateshift(['convert', '-', '--out-dir', out, '--diff'], { stdin: ingress('web') });
    expect(stdout).toContain('+++ b/routes/shop/httproute-web-web-example-com.yaml');
    expect(stderr).toContain('2 manifests would be added, 0 changed, 0 removed; report.json and report.md would be written');
    expect(readdirSync(out)).toEqual([]);
  });

  it('the JSON report keeps its contract', async () => {
    const out = temporaryFolder();
    await gateshift(['convert', '-', '--out-dir', out], { stdin: ingress('web', { 'proxy-body-size': '8m', 'made-up': 'x' }) });
    const report = jsonReport.parse(JSON.parse(readFileSync(join(out, 'report.json'), 'utf8')));
    const total = Object.values(report.summary.entries).reduce((sum, count) => sum + count, 0);
    expect(total).toBe(report.entries.length);
    expect(report.entries.map(({ key, outcome }) => [key, outcome])).toContainEqual(['nginx.ingress.kubernetes.io/made-up', 'unknown']);
    expect(report.ingresses).toEqual([
      expect.objectContaining({ namespace: 'shop', name: 'web', vendor: 'nginx', status: 'partial', line: 1 }),
    ]);
  });
});

describe('colour', () => {
  const stdin = ingress('web');
  it.each([
    [{}, [], true, true],
    [{ NO_COLOR: '1' }, [], true, false],
    [{ NO_COLOR: '1' }, ['--color', 'always'], false, true],
    [{ FORCE_COLOR: '1' }, [], false, true],
    [{}, [], false, false],
    [{}, ['--color', 'never'], true, false],
  ])('env %j, flags %j, terminal %s → %s', async (env, flags, terminal, coloured) => {
    const { stdout } = await gateshift(['check', '-', ...flags], { stdin, env, terminal });
    expect(stdout.includes('\u001b[')).toBe(coloured);
  });
});

describe('hostile text', () => {
  it('reaches neither terminal nor workflow commands raw', async () => {
    const stdin = ingress('web', { 'evil\\u001b[2Jname': 'x' })
      .replace('evil\\\\u001b', 'evil\\u001b')
      .replace('nginx.ingress.kubernetes.io/evil', '"nginx.ingress.kubernetes.io/evil')
      .replace('name: "x"', 'name": "x\\n::error::pwned"');
    const text = await gateshift(['check', '-', '-v'], { stdin });
    expect(text.stdout.includes('\u001b')).toBe(false);
    const github = await gateshift(['check', '-', '--report', 'github'], { stdin });
    expect(github.stdout.split('\n').filter((line) => line.startsWith('::error::pwned'))).toEqual([]);
  });
});

describe.skipIf(!CRDS_PRESENT)('--crds (skipped where ../shared/crds is absent)', () => {
  const crds = (version: string) => join(import.meta.dirname, `../../../shared/crds/gateway-api-${version}/standard`);

  it('accepts the output for the release it was written for', async () => {
    const { stdout } = await gateshift(['check', '-', '--crds', crds('v1.6.1')], { stdin: ingress('web', { 'enable-cors': 'true' }) });
    expect(stdout).not.toContain('check/crd');
  });

  it('reports fields that an older release lacks', async () => {
    const { stdout } = await gateshift(['check', '-', '--crds', crds('v1.4.1')], { stdin: ingress('web', { 'enable-cors': 'true' }) });
    expect(stdout).toContain('check/crd');
  });
});
