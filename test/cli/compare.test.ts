import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { TARGET_NAMES } from '../../src/targets/index.ts';
import { gateshift, ingress, temporaryFolder } from './session.ts';

const ALLOW = { 'whitelist-source-range': '10.0.0.0/8' };
const json = async (args: readonly string[], stdin: string) => {
  const { code, stdout } = await gateshift(['compare', '-', '--no-config', '--format', 'json', ...args], { stdin });
  return { code, report: JSON.parse(stdout) };
};

describe('compare', () => {
  it('takes every target unless some are named, and losses are no failure', async () => {
    const { code, report } = await json([], ingress('web', ALLOW));
    const names: string[] = report.targets.map(({ name }: { name: string }) => name);
    expect([code, names.toSorted()]).toEqual([0, TARGET_NAMES.toSorted()]);
    const some = await json(['--targets', 'standard, aws-alb', '--targets', 'standard'], ingress('web', ALLOW));
    expect(some.report.targets).toHaveLength(2);
  });

  it('knows the options of the input', async () => {
    const standard = async (args: readonly string[], text: string) =>
      (await json(['--targets', 'standard', ...args], text)).report.targets[0].ingresses;
    const inside = ingress('web').replace('ingressClassName: nginx', 'ingressClassName: inside');
    expect(await standard([], inside)).toMatchObject({ skipped: 1, fully: 0 });
    expect(await standard(['--class', 'inside=nginx'], inside)).toMatchObject({ skipped: 0, fully: 1 });
    expect(await standard([], ingress('web', ALLOW))).toMatchObject({ withheld: 1, losing: 0 });
    expect(await standard(['--on-security-loss', 'emit'], ingress('web', ALLOW))).toMatchObject({ withheld: 0, losing: 1 });
  });

  it('takes targets, paths and waivers from the configuration', async () => {
    const config = `paths: [web.yaml]
target: vpc-lattice
targets: [standard, aws-alb]
waivers: [{code: standard/body-size/no-field, reason: known}]
`;
    const cwd = temporaryFolder({ 'gateshift.yaml': config, 'web.yaml': ingress('web', { 'proxy-body-size': '8m' }) });
    const here = process.cwd();
    process.chdir(cwd);
    try {
      const { code, stdout } = await gateshift(['compare', '--format', 'json'], { cwd });
      const { targets } = JSON.parse(stdout);
      expect(code).toBe(0);
      expect(targets.map(({ name }: { name: string }) => name).toSorted()).toEqual(['aws-alb', 'standard']);
      expect(targets.find(({ name }: { name: string }) => name === 'standard').ingresses).toMatchObject({ losing: 0, fully: 1 });
      const printed = await gateshift(['compare', '--print-config'], { cwd });
      expect(printed.stdout).toContain('targets: ["standard","aws-alb"] # gateshift.yaml:3');
    } finally {
      process.chdir(here);
    }
  });

  it('says what is wrong: exit 2 for names that do not exist, 3 for input that could not be read', async () => {
    const stdin = ingress('web');
    const wrong = await gateshift(['compare', '-', '--targets', 'standrad'], { stdin });
    expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('did you mean standard?')]);
    expect((await gateshift(['compare', '-', '--targets', 'standard,'], { stdin })).code).toBe(2);
    expect((await gateshift(['compare', '-', '--format', 'csv'], { stdin })).code).toBe(2);
    const broken = await gateshift(['compare', '-', '--targets', 'standard'], { stdin: `${stdin}---\nkind: [\n` });
    expect([broken.code, broken.stderr]).toEqual([3, expect.stringMatching(/^error\[read\/[a-z-]+\] <stdin>:\d+:\d+: /)]);
    expect(broken.stdout).toContain('1 Ingress');
    const nothing = await gateshift(['compare', join(temporaryFolder(), 'no'), '--targets', 'standard']);
    expect(nothing.code).toBe(3);
  });

  it('compares versions of one target', async () => {
    const { report } = await json(['--targets', 'aws-alb,aws-alb@v3.4.1'], ingress('web', ALLOW));
    const named = report.targets.map(({ name, version }: { name: string; version: string }) => [name, version]);
    expect(named.toSorted()).toEqual([
      ['aws-alb', '3.5'],
      ['aws-alb@3.4', '3.4'],
    ]);
  });
});

describe('--target NAME@VERSION', () => {
  const stdin = ingress('web');
  const check = (target: string) => gateshift(['check', '-', '--no-config', '--target', target, '--fail-on', 'never'], { stdin });

  it('is named in the report, and a version nobody knows is a usage error with those that are', async () => {
    expect((await check('aws-alb@3.4')).stdout).toContain('target aws-alb@3.4\n');
    const wrong = await check('aws-alb@9.9');
    expect([wrong.code, wrong.stderr]).toEqual([2, 'gateshift: no version "9.9" of aws-alb is known (known: 3.5, 3.4, 3.3)\n']);
    const none = await check('standard@1.0');
    expect([none.code, none.stderr]).toEqual([2, 'gateshift: the target standard has no versions: name it without "@1.0"\n']);
    expect((await check('aws-albs@3.4')).stderr).toContain('did you mean aws-alb?');
  });

  it('can stand in the configuration, where a wrong one has its place', async () => {
    const good = temporaryFolder({ 'gateshift.yaml': 'target: aws-alb@3.4\n' });
    expect((await gateshift(['check', '-', '--report', 'json', '--fail-on', 'never'], { stdin, cwd: good })).stdout).toContain(
      '"version": "3.4"',
    );
    const bad = temporaryFolder({ 'gateshift.yaml': 'target: aws-alb@9.9\n' });
    const { code, stderr } = await gateshift(['check', '-'], { stdin, cwd: bad });
    expect([code, stderr]).toEqual([2, expect.stringMatching(/^gateshift: gateshift.yaml:1:9: target has to be one of .*aws-alb@3.5/)]);
  });
});
