import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { keyOf } from '../../src/cli/config/effective.ts';
import { findConfig } from '../../src/cli/config/find-config.ts';
import { readConfig } from '../../src/cli/config/read-config.ts';
import { configJsonSchema, configSchema } from '../../src/cli/config/schema.ts';
import { configSchemaText } from '../tools/config-schema.mjs';
import { gateshift, ingress, temporaryFolder } from './session.ts';

const UNMAPPED = ingress('web', { 'proxy-body-size': '8m' });
const ROOT = join(import.meta.dirname, '../..');

/** The settings that are used, as --print-config tells them. */
async function settings(config: string, args: readonly string[] = [], env: Readonly<Record<string, string>> = {}, command = 'check') {
  const cwd = temporaryFolder({ 'gateshift.yaml': config });
  const { code, stdout, stderr } = await gateshift([command, ...args, '--print-config'], { cwd, env });
  expect([code, stderr]).toEqual([0, '']);
  return parse(stdout);
}

describe('precedence', () => {
  it('is flag, environment, file, default', async () => {
    const file = 'channel: experimental';
    const variable = { GATESHIFT_CHANNEL: 'standard' };
    expect((await settings('')).channel).toBe('standard');
    expect((await settings(file)).channel).toBe('experimental');
    expect((await settings(file, [], variable)).channel).toBe('standard');
    expect((await settings(file, ['--channel', 'experimental'], variable)).channel).toBe('experimental');
    expect((await settings(file, ['--no-config'])).channel).toBe('standard');
  });

  it('keeps the defaults of each command', async () => {
    expect((await settings('', [], {}, 'check')).failOn).toBe('unmapped');
    expect((await settings('', [], {}, 'convert')).failOn).toBe('withheld');
    expect((await settings('failOn: manual', [], {}, 'convert')).failOn).toBe('manual');
  });

  it('lets -q and -v beat each other from nearer', async () => {
    expect(await settings('quiet: true', ['-v'])).toMatchObject({ verbose: true });
    expect(await settings('quiet: true', ['-v'])).not.toHaveProperty('quiet');
    expect(await settings('verbose: true', [], { GATESHIFT_QUIET: '1' })).not.toHaveProperty('verbose');
    expect(await settings('quiet: true', [], { GATESHIFT_QUIET: '' })).toMatchObject({ quiet: true });
  });

  it('takes lists and maps', async () => {
    expect(await settings('classes: {internal: nginx}\nreport: [json=a.json, text]\n')).toMatchObject({
      classes: { internal: 'nginx' },
      report: ['json=a.json', 'text'],
    });
    expect(await settings('', [], { GATESHIFT_CLASS: 'a=nginx, b=kubernetes', GATESHIFT_REPORT: 'json' })).toMatchObject({
      classes: { a: 'nginx', b: 'kubernetes' },
      report: ['json'],
    });
  });

  it('prints settings that can be used again', async () => {
    const config = 'gatewayApi: 1.5\nclasses: {a: nginx}\nwaivers: [{code: a/b/c, reason: x, until: 2027-01-01}]\npaths: [k8s]\n';
    const cwd = temporaryFolder({ 'gateshift.yaml': config });
    const { stdout } = await gateshift(['check', '--print-config'], { cwd });
    expect(configSchema.parse(parse(stdout))).toMatchObject({
      gatewayApi: '1.5',
      classes: { a: 'nginx' },
      paths: ['k8s'],
      waivers: [{ code: 'a/b/c', reason: 'x', until: '2027-01-01' }],
    });
    expect(stdout).toContain('gatewayApi: "1.5" # gateshift.yaml:1\n');
  });
});

describe('the configuration file', () => {
  it('is the nearest one upward, up to the root of the repository', () => {
    const root = temporaryFolder({ 'gateshift.yaml': '' });
    const deep = join(root, 'a/b');
    mkdirSync(deep, { recursive: true });
    expect(findConfig(deep)).toBe(join(root, 'gateshift.yaml'));
    writeFileSync(join(root, 'a/gateshift.yml'), '');
    expect(findConfig(deep)).toBe(join(root, 'a/gateshift.yml'));
    mkdirSync(join(deep, '.git'));
    expect(findConfig(deep)).toBeNull();
  });

  it('names paths relative to itself', async () => {
    const root = temporaryFolder({ 'gateshift.yaml': 'paths: [web.yaml]\nreport: [json=out.json, text]\n', 'web.yaml': UNMAPPED });
    mkdirSync(join(root, 'deep'));
    const { code, stdout } = await gateshift(['check', '--print-config'], { cwd: join(root, 'deep') });
    expect([code, parse(stdout)]).toMatchObject([0, { paths: ['../web.yaml'], report: ['json=../out.json', 'text'] }]);
  });

  it('says what to read, and a path on the command line is read instead', async () => {
    const folder = temporaryFolder({ 'web.yaml': UNMAPPED });
    const cwd = temporaryFolder({ 'gateshift.yaml': `paths: [${join(folder, 'web.yaml')}]` });
    expect((await gateshift(['check', '-q'], { cwd })).code).toBe(1);
    expect((await gateshift(['check', '-', '-q'], { cwd, stdin: ingress('web') })).code).toBe(0);
    expect((await gateshift(['check'], { cwd: temporaryFolder() })).stderr).toContain("missing required argument 'path'");
  });

  it.each([
    ['a word too few', 'target', /^gateshift: gateshift\.yaml:1:1: the file has to be a set of keys and values$/m],
    ['broken YAML', 'target: [', /^gateshift: gateshift\.yaml:1:\d+: /m],
    ['a key twice', 'target: standard\ntarget: standard', /^gateshift: gateshift\.yaml:2:1: Map keys must be unique$/m],
    [
      'a key of another style',
      'gateway-api: "1.5"',
      /^gateshift: gateshift\.yaml:1:1: there is no setting "gateway-api"; did you mean gatewayApi\?$/m,
    ],
    ['a key nobody knows', 'zzz: 1', /no setting "zzz" \(known: paths, target,/],
    [
      'a wrong target',
      'target: standart',
      /gateshift\.yaml:1:9: target has to be one of .*standard.*not "standart"; did you mean standard\?/,
    ],
    ['a text for a list', 'report: json', /gateshift\.yaml:1:9: report has to be a list/],
    ['a number for a text', 'gatewayClass: 7', /gateshift\.yaml:1:15: gatewayClass has to be a text/],
    ['a name that cannot be', 'gatewayNamespace: A_b', /gatewayNamespace: no namespace can be called that/],
    [
      'a day that is none',
      'waivers:\n  - {code: a/b/c, reason: x, until: "2026-02-30"}',
      /gateshift\.yaml:2:37: waivers\[0\]\.until: it is no day/,
    ],
    ['no reason', 'waivers:\n  - code: a/b/c', /gateshift\.yaml:2:5: waivers\[0\]\.reason is missing/],
    ['an empty reason', 'waivers:\n  - {code: a/b/c, reason: " "}', /gateshift\.yaml:2:27: waivers\[0\]\.reason: a reason is needed/],
    ['everything waived', 'waivers:\n  - {code: "*", reason: x}', /waivers\[0\]\.code: it is no code/],
  ])('with %s is refused', async (_, config, said) => {
    const { code, stdout, stderr } = await gateshift(['check', '-'], {
      cwd: temporaryFolder({ 'gateshift.yaml': config }),
      stdin: UNMAPPED,
    });
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(said);
  });

  it('that asks for a report on standard output leaves that of convert to the manifests', async () => {
    const cwd = temporaryFolder({ 'gateshift.yaml': 'report: [text]' });
    const { code, stdout, stderr } = await gateshift(['convert', '-'], { cwd, stdin: ingress('web') });
    expect([code, stdout.includes('kind: HTTPRoute'), stderr.includes('0 lost')]).toEqual([0, true, true]);
    expect((await gateshift(['convert', '-', '--report', 'text'], { cwd, stdin: ingress('web') })).code).toBe(2);
  });

  it('is no input, and is shown where it is wrong', async () => {
    const cwd = temporaryFolder({ 'gateshift.yaml': 'waivers:\n  - {code: a/b/c, reason: x}\n' });
    const { stdout } = await gateshift(['check', '-'], { cwd, stdin: ingress('web') });
    expect(stdout).toContain('  --> gateshift.yaml:2:5\n  2 |   - {code: a/b/c, reason: x}\n    |     ^\n');
    expect(stdout).toContain('1 Ingress in 1 file');
  });

  it('may be empty', () => {
    expect([readConfig('f', '').config, readConfig('f', '# nothing\n').config]).toEqual([{}, {}]);
  });

  it('keeps a version as it is written', () => {
    expect(readConfig('f', 'gatewayApi: 1.5').config).toEqual({ gatewayApi: '1.5' });
    expect(() => readConfig('f', 'gatewayApi: 1.50')).toThrow('not "1.50"');
  });
});

describe('--nginx-flag', () => {
  it('with a slip in a flag that matters is a usage error; any other flag of a controller may be given', async () => {
    const run = (flag: string) => gateshift(['check', '-', '-q', '--nginx-flag', flag], { stdin: ingress('web') });
    expect(await run('enable-ssl-pasthrough')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('did you mean enable-ssl-passthrough?'),
    });
    for (const flag of [
      'enable-ssl-chain-completion',
      'default-backend-service=a/b',
      'election-id=x',
      '--configmap=shop/none',
      'default-server-port=8181',
    ])
      expect((await run(flag)).code).not.toBe(2);
  });
});

describe('GATESHIFT_*', () => {
  it.each([
    [
      { GATESHIFT_FAIL_ON: 'approximate' },
      'GATESHIFT_FAIL_ON: Allowed choices are never, withheld, unmapped, manual, approximated. Did you mean approximated?',
    ],
    [{ GATESHIFT_QUIET: 'maybe' }, 'GATESHIFT_QUIET has to be true or false, not "maybe"'],
    [{ GATESHIFT_CONFIG: 'absent.yaml' }, 'cannot read the configuration absent.yaml'],
  ])('%j is a usage error', async (env, said) => {
    const { code, stderr } = await gateshift(['check', '-'], { env, stdin: UNMAPPED, cwd: temporaryFolder() });
    expect([code, stderr]).toEqual([2, expect.stringContaining(said)]);
  });

  it('that looks like a slip is told; that of somebody else is not', async () => {
    const said = async (name: string) => (await gateshift(['check', '-'], { env: { [name]: 'x' }, stdin: ingress('web') })).stderr;
    expect(await said('GATESHIFT_FAILON')).toContain('did you mean GATESHIFT_FAIL_ON?');
    expect(await said('GATESHIFT_RELEASE_PIPELINE')).toBe('');
  });

  it('of one command is no slip in another', async () => {
    expect((await gateshift(['check', '-', '-q'], { env: { GATESHIFT_OUT_DIR: 'out' }, stdin: ingress('web') })).stderr).toBe('');
  });
});

describe('the schema', () => {
  it('has every option but those of a single run', async () => {
    const keys = Object.keys(configSchema.shape);
    const help = (await Promise.all(['convert', 'check'].map(async (name) => (await gateshift([name, '--help'])).stdout))).join('\n');
    const options = [...help.matchAll(/^ {2}(?:-\w, )?--([a-z-]+)/gm)].map(([, name = '']) => name);
    const single = [
      'cluster',
      'against',
      'output',
      'force',
      'diff',
      'write-secrets',
      'update-baseline',
      'config',
      'no-config',
      'print-config',
      'help',
    ];
    const camel = (name: string) => keyOf(name.replace(/-[a-z]/g, (part) => part.slice(1).toUpperCase()));
    for (const name of options.filter((each) => !single.includes(each))) expect(keys).toContain(camel(name));
  });

  it('is published, and says the same as the check', async () => {
    expect(JSON.parse(await configSchemaText())).toEqual(JSON.parse(JSON.stringify(configJsonSchema())));
    const { exports, files } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
    expect([exports['./gateshift.schema.json'], files.includes('dist')]).toEqual(['./dist/gateshift.schema.json', true]);
    const isConfig = new Ajv2020({ strict: false }).compile(configJsonSchema());
    const good = { target: 'standard', classes: { a: 'nginx' }, waivers: [{ code: 'a/b/c', reason: 'x' }], report: ['html=a.html'] };
    expect([isConfig(good), configSchema.safeParse(good).success]).toEqual([true, true]);
    for (const bad of [{ tagret: 'x' }, { target: 'x' }, { waivers: [{ code: 'a/b/c' }] }, { quiet: 'yes' }, { gatewayNamespace: 'A' }]) {
      expect([isConfig(bad), configSchema.safeParse(bad).success]).toEqual([false, false]);
    }
  });
});

describe('a bare gateshift', () => {
  it('shows the first steps', async () => {
    const { code, stderr } = await gateshift([]);
    expect([code, stderr]).toEqual([2, expect.stringContaining('gateshift check ./manifests')]);
  });

  it('takes the clock from outside', async () => {
    const accepted = ingress('web', { 'proxy-body-size': '8m' }).replace(
      '  annotations:\n',
      '  annotations:\n    gateshift.dev/accept: standard/body-size/no-field; x; 2026-06-30\n',
    );
    const codeOn = async (today: string) => (await gateshift(['check', '-', '-q'], { stdin: accepted, today })).code;
    expect([await codeOn('2026-06-30'), await codeOn('2026-07-01')]).toEqual([0, 1]);
  });
});
