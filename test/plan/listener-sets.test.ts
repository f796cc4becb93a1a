import { describe, expect, it } from 'vitest';
import { checkConstraints } from '../../src/gateway/constraints/check-constraints.ts';
import type { ListenerSet } from '../../src/gateway/types.ts';
import { DEFAULT_OPTIONS } from '../../src/options.ts';
import { estateOf } from '../read/estate-of.ts';
import { portable } from './portable-target.ts';
import { codes, gateways, grants, host, ingress, plan, routes, rule, secret, table } from './tables.ts';

const SETS = { listeners: 'listenerset', gatewayNamespace: 'infra' } as const;
const setsOf = (made: ReturnType<typeof plan>) =>
  made.objects.map(({ object }) => object).filter((object): object is ListenerSet => object.kind === 'ListenerSet');
const names = (made: ReturnType<typeof plan>) =>
  setsOf(made).map(({ metadata, spec }) => `${metadata.namespace}/${metadata.name} ${spec.listeners.length}`);
const numbered = (count: number, namespace: string, prefix = namespace) => {
  const of = ingress('web', namespace);
  return Array.from({ length: count }, (_, index) =>
    host(`${prefix}${String(index).padStart(2, '0')}.test`, [rule(of, '/')], { certificate: secret(of, `s${index}`) }),
  );
};
const shared = (count: number) => {
  const [one, two] = [ingress('one', 'one'), ingress('two', 'two')];
  return Array.from({ length: count }, (_, index) =>
    host(`x${String(index).padStart(2, '0')}.test`, [rule(one, '/one'), rule(two, '/')], { certificate: secret(one, `s${index}`) }),
  );
};
/** Every reference of a route leads to a listener, and the server takes every object. */
const expectWhole = (made: ReturnType<typeof plan>) => {
  const places = new Set(
    [...gateways(made), ...setsOf(made)].flatMap(({ kind, metadata, spec }) =>
      spec.listeners.map(({ name }) => `${kind} ${metadata.namespace}/${metadata.name} ${name}`),
    ),
  );
  for (const { metadata, spec } of routes(made))
    for (const { kind = 'Gateway', namespace = metadata.namespace, name, sectionName } of spec.parentRefs)
      expect(places).toContain(`${kind} ${namespace}/${name} ${sectionName}`);
  for (const { object } of made.objects) expect(checkConstraints(object, DEFAULT_OPTIONS.release)).toEqual([]);
};

describe('ListenerSets', () => {
  it('keep one Gateway and one address however many listeners there are', () => {
    const made = plan(table([...numbered(40, 'shop'), ...numbered(5, 'blog')]), { options: SETS });
    expect(gateways(made).map(({ metadata, spec }) => [metadata.name, spec.listeners.map(({ name }) => name)])).toEqual([
      ['public', ['placeholder']],
    ]);
    expect(names(made)).toEqual(['blog/public 10', 'shop/public 64', 'shop/public-part02 16']);
    expect(codes(made)).not.toContain('plan/gateway-split');
    expectWhole(made);
  });

  it('take what several namespaces serve where the Gateway has no room left, with grants of their own', () => {
    const made = plan(table(shared(40)), { options: SETS });
    expect(gateways(made).map(({ spec }) => spec.listeners.length)).toEqual([64]);
    expect(gateways(made)[0]?.spec.allowedListeners).toEqual({ namespaces: { from: 'Same' } });
    expect(names(made)).toEqual(['infra/public 16']);
    const granted = (kind: string) =>
      grants(made)
        .filter(({ spec }) => spec.from[0]?.kind === kind)
        .reduce((sum, { spec }) => sum + spec.to.length, 0);
    expect([granted('Gateway'), granted('ListenerSet')]).toEqual([32, 8]);
    expectWhole(made);
  });

  it('leave listeners alone that other objects speak of, and then several Gateways are needed', () => {
    const policy = {
      apiVersion: 'x.test/v1',
      kind: 'Policy',
      role: 'gateways',
      write: (spec: object, holdsFor: readonly object[]) => ({ ...spec, targetRefs: holdsFor }),
    } as const;
    const target = {
      ...portable,
      gateway: () => ({ policies: [{ policy, on: { to: 'gateway', as: 'target' }, spec: {} }], objects: [], findings: [] }),
    } as unknown as typeof portable;
    const made = plan(table(numbered(40, 'shop')), { options: SETS, target });
    expect(setsOf(made)).toEqual([]);
    expect(gateways(made).map(({ spec }) => spec.listeners.length)).toEqual([64, 16]);
    expect(codes(made)).toEqual(expect.arrayContaining(['plan/listeners-stay', 'plan/gateway-split']));
  });

  it.each([
    ['that the implementation does not read', { ...portable, dialect: { listenerSets: false } }, 'plan/listener-sets-unread'],
    ['where one listener serves all hosts', { ...portable, dialect: { listeners: 'port' } }, 'plan/listeners-shared'],
  ] as const)('are not written %s', (_, target, code) => {
    const made = plan(table(numbered(2, 'shop')), { options: SETS, target });
    expect(setsOf(made)).toEqual([]);
    expect(codes(made)).toContain(code);
  });

  it('of two Gateways with one name have names of their own', () => {
    const tables = ['a', 'b'].map((namespace) =>
      table([host(`${namespace}.test`, [rule(ingress('web', 'shop'), '/')])], { name: 'public', namespace, ingresses: [] }),
    );
    const made = plan(tables, { options: { listeners: 'listenerset' } });
    expect(new Set(names(made)).size).toBe(2);
    expectWhole(made);
  });

  it('never take the place of one in the input that holds something else', () => {
    const there = (listener: string) => `apiVersion: gateway.networking.k8s.io/v1
kind: ListenerSet
metadata: {name: public, namespace: shop}
spec:
  parentRef: {name: public, namespace: infra}
  listeners: [{name: ${listener}, hostname: shop00.test, port: 80, protocol: HTTP}]
`;
    const made = (listener: string) => names(plan(table(numbered(1, 'shop')), { options: SETS, estate: estateOf(there(listener)) }));
    expect(made('http-shop00-test')).toEqual(['shop/public 2']);
    expect(made('theirs')).toEqual([expect.stringMatching(/^shop\/public-[0-9a-f]{8} 2$/)]);
  });
});

describe('a Gateway of the input', () => {
  const existing = (count: number, more = '') => `apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: main, namespace: infra}
spec:
  gatewayClassName: theirs
${more}  listeners:
${Array.from({ length: count }, (_, index) => `    - {name: t${index}, hostname: ${index === 0 ? 'shop00.test' : `t${index}.test`}, port: 80, protocol: HTTP, allowedRoutes: {namespaces: {from: All}}}\n`).join('')}`;
  const NAMED = { gateway: { kind: 'named', namespace: 'infra', name: 'main' } } as const;

  it('that has no room is kept whole: what does not fit goes to another of its class, host by host', () => {
    const made = plan(table(numbered(5, 'shop')), { options: NAMED, estate: estateOf(existing(60)) });
    const [main, further] = gateways(made);
    expect(main?.spec.listeners.filter(({ name }) => name.startsWith('t'))).toHaveLength(60);
    expect(main?.spec.listeners.slice(60).map(({ name }) => name)).toEqual(['https-shop00-test', 'http-shop01-test', 'https-shop01-test']);
    expect([further?.metadata.name, further?.spec.gatewayClassName, further?.spec.listeners.length]).toEqual(['main-2', 'theirs', 6]);
    expect(made.findings.find(({ code }) => code === 'plan/gateway-full')?.args).toMatchObject({
      further: 'infra/main-2',
      hosts: 'shop02.test, shop03.test, shop04.test',
    });
    expectWhole(made);
  });

  it('that is full takes no half of a host', () => {
    const made = plan(table(numbered(1, 'shop')), { options: NAMED, estate: estateOf(existing(64)) });
    expect(gateways(made).map(({ metadata, spec }) => [metadata.name, spec.listeners.length])).toEqual([
      ['main', 64],
      ['main-2', 2],
    ]);
    expect(routes(made).flatMap(({ spec }) => spec.parentRefs.map(({ name }) => name))).toEqual(['main-2', 'main-2']);
    expectWhole(made);
  });

  it('that is full is continued over several', () => {
    const made = plan(table(numbered(40, 'shop')), { options: NAMED, estate: estateOf(existing(64)) });
    expect(gateways(made).map(({ metadata, spec }) => [metadata.name, spec.listeners.length])).toEqual([
      ['main', 64],
      ['main-2', 16],
      ['main-3', 64],
    ]);
    expectWhole(made);
  });

  it('keeps its own listeners when ours go to ListenerSets, and whose ListenerSets it took', () => {
    const theirs = '  allowedListeners: {namespaces: {from: Selector, selector: {matchLabels: {kubernetes.io/metadata.name: others}}}}\n';
    const made = plan(table(numbered(2, 'shop')), {
      options: { ...NAMED, listeners: 'listenerset' },
      estate: estateOf(existing(64, theirs)),
    });
    const [main] = gateways(made);
    expect(main?.spec.listeners).toHaveLength(64);
    expect(main?.spec.listeners.some(({ name }) => name === 'placeholder')).toBe(false);
    expect(JSON.stringify(main?.spec.allowedListeners)).toContain('"values":["others","shop"]');
    expect(names(made)).toEqual(['shop/main 3']);
    expectWhole(made);
  });

  it('whose owner admits ListenerSets in a way of his own is left as it is, and that is told', () => {
    const theirs = '  allowedListeners: {namespaces: {from: Selector, selector: {matchLabels: {team: a}}}}\n';
    const made = plan(table(numbered(1, 'shop')), {
      options: { ...NAMED, listeners: 'listenerset' },
      estate: estateOf(existing(1, theirs)),
    });
    expect(JSON.stringify(gateways(made)[0]?.spec.allowedListeners)).toContain('"team":"a"');
    expect(codes(made)).toContain('plan/sets-admitted');
  });
});
