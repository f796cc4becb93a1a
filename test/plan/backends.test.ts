import { describe, expect, it } from 'vitest';
import type { Backend } from '../../src/route/table.ts';
import { backend, codes, entry, host, ingress, outcomes, plan, routes, rule, served, table } from './tables.ts';

const web = ingress();
const to = (more: Partial<Backend>) => {
  const wanted = backend(web, 'web', more);
  const rules = [rule(web, '/x', { action: { kind: 'forward', backends: [wanted], rewrite: null } }), rule(web, '/')];
  return { made: plan(table([host('a.test', rules)])), wanted: wanted.entries[0] ?? entry(web, 'none') };
};

describe('backends', () => {
  it.each<[string, Partial<Backend>, string]>([
    ['not in the input', { port: null, problem: 'service-not-in-input' }, 'plan/backend-unresolved'],
    ['without the port', { port: null, problem: 'no-such-port' }, 'plan/backend-unresolved'],
    ['outside the cluster', { port: 443, problem: 'external-name' }, 'plan/backend-external-name'],
  ])('%s leave an error in place of the rule, for a person to settle', (_, more, code) => {
    const { made, wanted } = to(more);
    expect(served(made)).toEqual(['a.test [http] /x → error', 'a.test [http] / → web']);
    expect(codes(made)).toContain(code);
    expect(outcomes(made, wanted)).toEqual(['manual']);
    expect(made.objects.flatMap(({ notes }) => notes)).toEqual([`rules[0]: answers with an error: ${code}`]);
    expect(made.withheld).toEqual([]);
  });

  it('whose port was assumed are written and told', () => {
    const { made, wanted } = to({ problem: 'assumed-port' });
    expect(served(made)).toEqual(['a.test [http] /x → web', 'a.test [http] / → web']);
    expect(codes(made)).toContain('plan/backend-assumed');
    expect(outcomes(made, wanted)).toContain('approximated');
  });

  it('share by weight; one alone has none', () => {
    const backends = [backend(web, 'one', { weight: 90 }), backend(web, 'two', { weight: 10 })];
    const made = plan(table([host('a.test', [rule(web, '/', { action: { kind: 'forward', backends, rewrite: null } })])]));
    expect(served(made)).toEqual(['a.test [http] / → one*90 two*10']);
    expect(made.settled.find((each) => each.entry === backends[1]?.entries[0])?.wrote).toMatchObject([
      { kind: 'HTTPRoute', field: 'spec.rules[0].backendRefs[1]' },
    ]);
  });

  it('of other namespaces are named with it', () => {
    const { made } = to({ namespace: 'far' });
    expect(routes(made)[0]?.spec.rules[0]?.backendRefs).toEqual([{ name: 'web', namespace: 'far', port: 80 }]);
  });

  it('bring their policies, once for all routes; who asks for another is told', () => {
    const tls = (protocol: 'HTTPS' | 'GRPCS', of = web) => ({
      intents: [{ kind: 'backendProtocol' as const, protocol, entries: [entry(of, 'x/protocol')] }],
    });
    const other = ingress('other');
    const policies = (rules: ReturnType<typeof rule>[]) => {
      const made = plan(table([host('a.test', rules)]));
      return {
        origins: made.objects.filter(({ object }) => object.kind === 'BackendTLSPolicy').map(({ origin }) => origin),
        codes: codes(made),
      };
    };
    const same = policies([rule(web, '/x', tls('HTTPS')), rule(other, '/', tls('HTTPS', other))]);
    expect(same.origins).toEqual([[web, other]]);
    expect(same.codes).not.toContain('plan/policy-conflict');
    expect(policies([rule(web, '/x', tls('HTTPS')), rule(other, '/', tls('GRPCS', other))]).codes).toContain('plan/policy-conflict');
  });
});
