import { describe, expect, it } from 'vitest';
import { gateshift, ingress } from './session.ts';

const CASES = {
  converted: {},
  approximated: { 'enable-cors': 'true' },
  unmapped: { 'proxy-body-size': '8m' },
  unknown: { 'made-up': 'x' },
  withheld: { 'auth-type': 'basic', 'auth-secret': 'users' },
} as const;

/** Exit codes by --fail-on. The GatewayClass is named, since that alone is a manual step. */
describe('check --fail-on', () => {
  it.each([
    ['converted', 'approximated', 0],
    ['approximated', 'manual', 0],
    ['approximated', 'approximated', 1],
    ['unmapped', 'withheld', 0],
    ['unmapped', 'unmapped', 1],
    ['unmapped', 'approximated', 1],
    ['unknown', 'unmapped', 1],
    ['unknown', 'withheld', 0],
    ['withheld', 'never', 0],
    ['withheld', 'withheld', 1],
    ['withheld', 'manual', 1],
  ] as const)('%s setting, --fail-on %s → %i', async (name, failOn, code) => {
    const result = await gateshift(['check', '-', '--gateway-class', 'eg', '--fail-on', failOn], { stdin: ingress('web', CASES[name]) });
    expect(result.code).toBe(code);
  });

  it('defaults to unmapped', async () => {
    expect((await gateshift(['check', '-'], { stdin: ingress('web', CASES.unmapped) })).code).toBe(1);
    expect((await gateshift(['check', '-'], { stdin: ingress('web', CASES.approximated) })).code).toBe(0);
  });

  it('prints workflow commands with file, line and column', async () => {
    const { stdout } = await gateshift(['check', '-', '--report', 'github'], { stdin: ingress('web', CASES.unmapped) });
    expect(stdout).toMatch(/^::warning file=<stdin>,line=7,col=5,title=standard\/body-size\/[a-z-]+::/m);
  });
});

describe('verify', () => {
  it('exits 0 when every difference was announced', async () => {
    const { code, stdout } = await gateshift(['verify', '-'], { stdin: ingress('web', { 'enable-cors': 'true' }) });
    expect(code).toBe(0);
    expect(stdout).toMatch(/requests compared/);
  });
});
