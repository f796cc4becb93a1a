import { describe, expect, it } from 'vitest';
import type { Gateway } from '../../src/gateway/types.ts';
import type { Intent } from '../../src/intent/intent.ts';
import type { Lowering, RuleParts, Target } from '../../src/targets/contract.ts';
import { asWritten, type PolicyKind } from '../../src/targets/policy.ts';
import { portable } from './portable-target.ts';
import { allowList, backend, codes, gateways, grants, host, ingress, plan, routes, rule, secret, table } from './tables.ts';

const front: PolicyKind = {
  apiVersion: 'test.io/v1',
  kind: 'Front',
  role: 'routes',
  write: (spec, [target], name) => ({ ...spec, to: target?.name ?? '', port: target?.port ?? 0, wire: name }),
};
const wire: PolicyKind = { apiVersion: 'test.io/v1', kind: 'Wire', role: 'routes', write: asWritten };
const check: PolicyKind = { apiVersion: 'test.io/v1', kind: 'Check', role: 'routes', write: asWritten };

/** Writes what is given for every intent. */
function writing(parts: RuleParts, more: Partial<Target> = {}): Target {
  return { ...portable, ...more, lower: (): Lowering => ({ as: 'written', outcome: 'converted', finding: null, parts }) };
}

function compression(of: ReturnType<typeof ingress>): Intent {
  return { ...allowList(of), kind: 'compression', enabled: true };
}

const web = ingress();

describe('objects in the place of Services', () => {
  const parts: RuleParts = {
    policies: [
      { policy: front, on: { to: 'backend', as: 'reference' }, spec: { a: 1 } },
      { policy: wire, on: { to: 'backend', as: 'companion' }, spec: { b: 2 } },
    ],
  };

  it('are named by the rule, and have one name with their companions', () => {
    const made = plan(table([host('a.test', [rule(web, '/', { intents: [compression(web)] })])]), { target: writing(parts) });
    expect(routes(made)[0]?.spec.rules[0]?.backendRefs).toEqual([{ group: 'test.io', kind: 'Front', name: 'web-web' }]);
    const own = made.objects.flatMap(({ object }) =>
      object.apiVersion === 'test.io/v1' && 'spec' in object ? [[object.kind, object.spec]] : [],
    );
    expect(own).toEqual([
      ['Front', { a: 1, to: 'web', port: 80, wire: 'web-web' }],
      ['Wire', { b: 2 }],
    ]);
  });

  it('stand beside the Service, and are granted', () => {
    const action = {
      kind: 'forward',
      backends: [backend(web), backend(web, 'far', { namespace: 'one', weight: 3 })],
      rewrite: null,
    } as const;
    const made = plan(table([host('a.test', [rule(web, '/', { action, intents: [compression(web)] })])]), { target: writing(parts) });
    expect(routes(made)[0]?.spec.rules[0]?.backendRefs).toEqual([
      { group: 'test.io', kind: 'Front', name: 'web-web', weight: 1 },
      { group: 'test.io', kind: 'Front', name: 'web-far', namespace: 'one', weight: 3 },
    ]);
    expect(grants(made).map(({ metadata, spec }) => [metadata.namespace, spec.to])).toEqual([
      ['one', [{ group: 'test.io', kind: 'Front', name: 'web-far' }]],
    ]);
  });
});

describe('patterns', () => {
  it('are written in the dialect of the target, guards included', () => {
    const target: Target = { ...portable, pathPattern: (pattern) => `^${pattern}$` };
    const rules = [rule(web, '~/a[0-9]', { intents: [allowList(web)] }), rule(web, '~/b[0-9]', { service: 'b' }), rule(web, '/', {})];
    const values = routes(plan(table([host('a.test', rules)]), { target })).flatMap(({ spec }) =>
      spec.rules.flatMap(({ matches = [] }) => matches.flatMap(({ path }) => (path?.type === 'RegularExpression' ? [path.value] : []))),
    );
    expect(values.length).toBeGreaterThan(1);
    for (const value of values) expect(value).toMatch(/^\^.*\$$/);
  });

  it('that it cannot read are answered with an error, and told', () => {
    const made = plan(table([host('a.test', [rule(web, '~/a[0-9]')])]), { target: { ...portable, pathPattern: () => null } });
    expect(codes(made)).toContain('plan/path-not-expressible');
  });
});

describe('rules that an implementation may drop', () => {
  const parts: RuleParts = { policies: [{ policy: check, on: { to: 'filter', name: 'check', order: -1 }, spec: {} }] };
  const rulesOf = (target: Target) =>
    routes(plan(table([host('a.test', [rule(web, '/admin', { intents: [allowList(web)] }), rule(web, '/')])]), { target })).flatMap(
      ({ spec }) =>
        spec.rules.map(({ matches, filters, backendRefs }) => [matches?.[0]?.path?.value, filters?.length ?? 0, backendRefs?.length ?? 0]),
    );

  it('are closed behind where they protect', () => {
    expect(rulesOf(writing(parts, { dropsBrokenRules: true }))).toEqual([
      ['/admin', 1, 1],
      ['/admin', 0, 0],
      ['/', 0, 1],
    ]);
  });

  it('stand alone elsewhere', () => {
    expect(rulesOf(writing(parts))).toEqual([
      ['/admin', 1, 1],
      ['/', 0, 1],
    ]);
  });
});

describe('Gateways', () => {
  it('have the options of their HTTPS listeners, host by host', () => {
    const hosts = [
      host('a.test', [rule(web, '/', { intents: [compression(web)] })], { certificate: secret(web) }),
      host('b.test', [rule(web, '/')], { certificate: secret(web) }),
    ];
    const options = ({ spec }: Gateway) => spec.listeners.map(({ name, tls }) => [name, tls?.options]);
    const made = plan(table(hosts), { target: writing({ tlsOptions: { 'test.io/x': 'y' } }) });
    expect(gateways(made).flatMap(options)).toEqual([
      ['http-a-test', undefined],
      ['https-a-test', { 'test.io/x': 'y' }],
      ['http-b-test', undefined],
      ['https-b-test', undefined],
    ]);
  });

  it('are told what they need, once each, by their ports', () => {
    const told: string[] = [];
    const target: Target = {
      ...portable,
      gatewayFindings: ({ name, ports }) => {
        told.push(`${name} ${ports.join()}`);
        return [];
      },
    };
    plan(table([host('a.test', [rule(web, '/')], { certificate: secret(web) }), host('b.test', [rule(web, '/')])]), { target });
    expect(told).toEqual(['shop/public 80,443']);
  });
});
