import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { gateshift, ingress, temporaryFolder } from './session.ts';

const LOST = { 'proxy-body-size': '8m' };
const file = () => join(temporaryFolder(), 'baseline.json');
const check = (stdin: string, ...args: string[]) => gateshift(['check', '-', '--gateway-class', 'eg', ...args], { stdin });

describe('check --baseline', () => {
  it('fails for what is new alone', async () => {
    const baseline = file();
    expect((await check(ingress('web', LOST), '--baseline', baseline, '--update-baseline')).code).toBe(0);
    expect((await check(ingress('web', LOST), '--baseline', baseline)).code).toBe(0);
    expect((await check(`# moved\n\n${ingress('web', LOST)}`, '--baseline', baseline)).code).toBe(0);
    expect((await check(ingress('web', { ...LOST, 'limit-rps': '5' }), '--baseline', baseline)).code).toBe(1);
    expect((await check(ingress('api', LOST), '--baseline', baseline)).code).toBe(1);
    expect((await check(ingress('web', { 'proxy-body-size': '9m' }), '--baseline', baseline)).code).toBe(1);
  });

  it('knows withheld routes, and fails for another one', async () => {
    const baseline = file();
    const closed = { 'auth-type': 'basic', 'auth-secret': 'users' };
    await check(ingress('web', closed), '--baseline', baseline, '--update-baseline');
    expect((await check(ingress('web', closed), '--baseline', baseline)).code).toBe(0);
    expect((await check(ingress('web', closed, '/admin'), '--baseline', baseline, '--fail-on', 'withheld')).code).toBe(1);
  });

  it('tells what is gone, and does not fail for it', async () => {
    const baseline = file();
    await check(ingress('web', LOST), '--baseline', baseline, '--update-baseline');
    const { code, stdout } = await check(ingress('web'), '--baseline', baseline);
    expect([code, stdout]).toEqual([0, expect.stringContaining('gone: shop/web  standard/body-size/no-field')]);
    const { stderr } = await check(ingress('web'), '--baseline', baseline, '--update-baseline');
    expect(stderr).toContain('with 0 findings: 0 added, 1 removed');
  });

  it('leaves known findings out of what people read, and marks them in what programs read', async () => {
    const baseline = file();
    await check(ingress('web', LOST), '--baseline', baseline, '--update-baseline');
    const said = async (format: string) => (await check(ingress('web', LOST), '--baseline', baseline, '--report', format)).stdout;
    for (const format of ['text', 'github', 'markdown']) expect(await said(format)).not.toContain('standard/body-size');
    const json = JSON.parse(await said('json'));
    expect(json.baseline).toEqual({ file: baseline, known: 1, new: 0, gone: [] });
    expect(json.findings.map((each: { code: string; baseline: string }) => [each.code, each.baseline])).toContainEqual([
      'standard/body-size/no-field',
      'known',
    ]);
    expect(await said('junit')).toContain('failures="0"');
    expect(JSON.parse(await said('sarif')).runs[0].results.map((each: { baselineState: string }) => each.baselineState)).toContain(
      'unchanged',
    );
  });

  it('is not written when not everything could be read', async () => {
    const baseline = file();
    const { code, stderr } = await check(`${ingress('web', LOST)}---\nkind: [\n`, '--baseline', baseline, '--update-baseline');
    expect([code, existsSync(baseline)]).toEqual([3, false]);
    expect(stderr).toContain('was left as it is');
  });

  it('is never written over anything else', async () => {
    const other = join(temporaryFolder({ 'values.json': '{"mine":true}' }), 'values.json');
    const { code } = await check(ingress('web'), '--baseline', other, '--update-baseline');
    expect([code, readFileSync(other, 'utf8')]).toEqual([2, '{"mine":true}']);
  });

  it('may lie in the folder that is checked', async () => {
    const folder = temporaryFolder({ 'web.yaml': ingress('web', LOST) });
    const baseline = join(folder, 'baseline.json');
    const runIt = (...args: string[]) => gateshift(['check', folder, '--baseline', baseline, ...args]);
    await runIt('--update-baseline');
    const before = readFileSync(baseline, 'utf8');
    const { code, stdout } = await runIt('--update-baseline');
    expect([code, stdout.includes('in 1 file'), readFileSync(baseline, 'utf8')]).toEqual([0, true, before]);
    writeFileSync(baseline, before.replace('"gateshiftBaseline": 1', '"gateshiftBaseline": 2'));
    expect((await runIt()).code).toBe(2);
  });
});
