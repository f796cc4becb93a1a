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
});
