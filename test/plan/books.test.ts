import { describe, expect, it } from 'vitest';
import type { ObjectMetadata } from '../../src/intent/metadata.ts';
import type { IngressRef } from '../../src/model/entry.ts';
import { estateOf } from '../read/estate-of.ts';
import { allowList, codes, entry, gateways, host, ingress, outcomes, plan, routes, rule, secret, table } from './tables.ts';

const [one, two] = [ingress('one', 'one'), ingress('two', 'two')];

function note(of: IngressRef, on: ObjectMetadata['on'], name: string, value: string): ObjectMetadata {
  return { ingress: of, on, name, value, entry: entry(of, name, value), outcome: 'converted', finding: null };
}

describe('metadata', () => {
  const hosts = [host('a.test', [rule(one, '/')], { certificate: secret(one) }), host('b.test', [rule(two, '/')])];

  it('of routes stands on every route of its Ingress and on no other', () => {
    const item = note(one, 'route', 'dns/target', 'x');
    const made = plan(table([...hosts, host('c.test', [rule(one, '/')])]), { metadata: [item] });
    expect(routes(made).map(({ metadata }) => [metadata.namespace, metadata.annotations])).toEqual([
      ['one', { 'dns/target': 'x' }],
      ['one', { 'dns/target': 'x' }],
      ['two', undefined],
    ]);
    expect(
      made.settled.filter((each) => each.entry === item.entry).flatMap(({ wrote }) => wrote.map(({ name, field }) => `${name} ${field}`)),
    ).toEqual(['one-a-test metadata.annotations["dns/target"]', 'one-c-test metadata.annotations["dns/target"]']);
  });

  it('of the Gateway is written when all with a certificate there ask for the same', () => {
    const item = note(one, 'gateway', 'cert/issuer', 'le');
    const made = plan(table(hosts), { metadata: [item] });
    expect(gateways(made)[0]?.metadata.annotations).toEqual({ 'cert/issuer': 'le' });
    expect(outcomes(made, item.entry)).toEqual(['converted']);
  });

  it('of the Gateway is left to a person when they do not', () => {
    const both = [hosts[0] ?? host('', []), host('b.test', [rule(two, '/')], { certificate: secret(two) })];
    const [first, second] = [note(one, 'gateway', 'cert/issuer', 'le'), note(two, 'gateway', 'cert/issuer', 'other')];
    for (const metadata of [[first], [first, second]]) {
      const made = plan(table(both), { metadata });
      expect(gateways(made)[0]?.metadata.annotations).toBeUndefined();
      for (const item of metadata) expect(outcomes(made, item.entry)).toEqual(['manual']);
      expect(codes(made)).toContain('plan/metadata-conflict');
    }
  });

  it.each(['route', 'gateway'] as const)('of a %s that is not written is not said to be converted', (on) => {
    const item = note(one, on, 'x/y', 'z');
    const made = plan(table([host('a.test', [rule(one, '/', { intents: [allowList(one)] })])]), { metadata: [item] });
    expect(outcomes(made, item.entry)).toEqual(['manual']);
  });
});

describe('the ingress class', () => {
  const classes = (...refs: IngressRef[]) => new Map(refs.map((ref) => [ref, [entry(ref, 'spec.ingressClassName', 'public')]]));
  const of = (made: ReturnType<typeof plan>, all: ReturnType<typeof classes>) =>
    [...all.values()].map(([each]) => (each === undefined ? [] : outcomes(made, each)));

  it('becomes the GatewayClass, of which one entry says that it is to be named', () => {
    const all = classes(one, two);
    const made = plan(table([host('a.test', [rule(one, '/x'), rule(two, '/')])]), { classEntries: all });
    expect(of(made, all)).toEqual([['manual'], ['converted']]);
    expect(codes(made)).toContain('plan/gateway-class-assumed');
    expect(gateways(made)[0]?.spec.gatewayClassName).toBe('public');
  });

  it('gives way to --gateway-class', () => {
    const all = classes(one);
    const made = plan(table([host('a.test', [rule(one, '/')])]), { classEntries: all, options: { gatewayClass: 'mine' } });
    expect(of(made, all)).toEqual([['converted']]);
    expect(gateways(made)[0]?.spec.gatewayClassName).toBe('mine');
    expect(codes(made)).not.toContain('plan/gateway-class-assumed');
  });

  it('without a name has a GatewayClass all the same', () => {
    for (const className of [null, '']) {
      expect(gateways(plan(table([host('a.test', [rule(one, '/')])], { className })))[0]?.spec.gatewayClassName).toBe('gateway');
    }
  });

  it('of Ingresses of which nothing is written is not said to be converted', () => {
    const all = classes(one, two);
    const made = plan(table([host('a.test', [rule(one, '/', { intents: [allowList(one)] })])], { ingresses: [one, two] }), {
      classEntries: all,
    });
    expect(of(made, all)).toEqual([['manual'], ['inert']]);
    expect(made.objects).toEqual([]);
  });

  it('of two vendors with one name makes two Gateways', () => {
    const made = plan([
      table([host('a.test', [rule(one, '/')])], { vendor: 'nginx' }),
      table([host('b.test', [rule(one, '/')])], { vendor: 'kubernetes' }),
    ]);
    expect(new Set(gateways(made).map(({ metadata }) => metadata.name)).size).toBe(2);
    const byHost = new Map(routes(made).map(({ spec }) => [spec.hostnames?.[0], spec.parentRefs[0]?.name]));
    for (const { metadata, spec } of gateways(made)) expect(byHost.get(spec.listeners[0]?.hostname ?? '')).toBe(metadata.name);
  });
});

describe('the namespace of a Gateway', () => {
  const shared = table([host('a.test', [rule(one, '/x'), rule(two, '/')])]);
  const home = (made: ReturnType<typeof plan>) => [
    gateways(made)[0]?.metadata.namespace,
    ...made.objects.filter(({ object }) => object.kind === 'Namespace').map(({ object }) => `new ${object.metadata.name}`),
  ];

  it('is that of its Ingresses when they have one', () => {
    expect(home(plan(table([host('a.test', [rule(one, '/')])])))).toEqual(['one']);
  });

  it('is one for all, written unless the input has it', () => {
    const made = plan(shared);
    expect(home(made)).toEqual(['gateway-system', 'new gateway-system']);
    expect(codes(made)).toContain('plan/gateway-namespace');
    expect(home(plan(shared, { estate: estateOf('apiVersion: v1\nkind: Namespace\nmetadata:\n  name: gateway-system\n') }))).toEqual([
      'gateway-system',
    ]);
  });

  it('is the one asked for, or the one of its load balancer', () => {
    expect(home(plan(shared, { options: { gatewayNamespace: 'infra' } }))).toEqual(['infra']);
    expect(home(plan(table([host('a.test', [rule(one, '/')])], { namespace: 'own' }), { options: { gatewayNamespace: 'infra' } }))).toEqual(
      ['own'],
    );
  });

  it('is not written for a Gateway that is not', () => {
    const closed = { intents: [allowList(one)] };
    expect(plan(table([host('a.test', [rule(one, '/x', closed), rule(two, '/', closed)])])).objects).toEqual([]);
  });
});

describe('hosts that cannot be written', () => {
  it('take their settings with them, and leave the others', () => {
    const lost = rule(one, '/', {
      entries: [entry(one, 'spec.rules[0].host', '<host>'), entry(one, 'spec.rules[0].http.paths[0].path', '/')],
    });
    const made = plan(table([host('<host>', [lost]), host('a.test', [rule(one, '/')])]));
    expect(routes(made).map(({ spec }) => spec.hostnames)).toEqual([['a.test']]);
    for (const each of lost.entries) expect(outcomes(made, each)).toEqual(['manual']);
    expect(codes(made)).toContain('plan/host-invalid');
  });
});
