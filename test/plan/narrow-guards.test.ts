import { describe, expect, it } from 'vitest';
import { backend, host, httpsRedirect, ingress, plan, rule, table } from './tables.ts';

const web = ingress();
const unresolved = { action: { kind: 'forward' as const, backends: [backend(web, 'web', { port: null })], rewrite: null } };
const told = (...rules: ReturnType<typeof rule>[]) =>
  plan(table([host('a.test', rules)])).findings.flatMap(({ code, args }) =>
    code === 'plan/answered-by-another' || code === 'plan/redirect-not-expressible' ? [[code, args]] : [],
  );

describe('what stands in the place of a rule that is not served', () => {
  it('takes as much as the rule did', () => {
    expect(told(rule(web, '/foo', unresolved))).toEqual([]);
    expect(told(rule(web, '/foo', { ...unresolved, httpsRedirect: httpsRedirect(web) }))).toEqual([]);
  });

  it('leaves to another what it does not take', () => {
    const code = 'plan/answered-by-another';
    expect(told(rule(web, '~/foo', unresolved), rule(web, '/'))).toEqual([[code, expect.objectContaining({ other: '/' })]]);
  });

  it('leads less to https than the rule did', () => {
    const code = 'plan/redirect-not-expressible';
    const redirecting = rule(web, '~/foo', { ...unresolved, httpsRedirect: httpsRedirect(web) });
    expect(told(redirecting)).toEqual([[code, { why: expect.stringContaining('/foo') }]]);
  });
});
