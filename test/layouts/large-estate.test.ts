import { describe, expect, it } from 'vitest';
import { type Conversion, convert } from '../../src/convert.ts';
import { layout, stream } from '../../src/emit/layout.ts';
import type { Gateway, HTTPRoute, Listener, ListenerSet } from '../../src/gateway/types.ts';
import { type ConvertOptions, DEFAULT_OPTIONS } from '../../src/options.ts';
import { outputOf } from '../../src/output.ts';
import { verify } from '../../src/prove/verify.ts';
import { largeEstate, NAMESPACES } from './large-estate.ts';

const NAMED = { gateway: { kind: 'named', namespace: 'infra', name: 'main' } } as const;
const LAYOUTS = {
  default: {},
  'per-namespace': { gateway: { kind: 'per-namespace' } },
  'per-ingress': { gateway: { kind: 'per-ingress' } },
  shared: { gateway: { kind: 'shared' } },
  named: NAMED,
  'listener sets': { ...NAMED, listeners: 'listenerset' },
  folded: { foldWildcards: ['*.wild.example.org', '*.example.com'] },
  'folded across namespaces, in listener sets': {
    ...NAMED,
    listeners: 'listenerset',
    foldWildcards: ['*.wild.example.org'],
    foldAcrossNamespaces: true,
  },
  'by team': { ...NAMED, allowedRoutes: { kind: 'label', key: 'team', value: null } },
  'by label, in listener sets': { ...NAMED, listeners: 'listenerset', allowedRoutes: { kind: 'label', key: 'gateway', value: 'public' } },
  'for all': { ...NAMED, allowedRoutes: { kind: 'all' } },
} as const satisfies Readonly<Record<string, Partial<ConvertOptions>>>;
const TARGETS = ['standard', 'envoy-gateway', 'gke'] as const;

const estate = largeEstate();
const optionsOf = (target: string, more: Partial<ConvertOptions>): ConvertOptions => ({
  ...DEFAULT_OPTIONS,
  ...more,
  target,
  classes: { public: 'nginx', internal: 'nginx' },
});

function ofKind<T>(made: Conversion, kind: string): readonly T[] {
  return made.plan.objects.flatMap(({ object }) => (object.kind === kind ? [object as unknown as T] : []));
}

/** How many of what there are, and the sizes of Gateways and ListenerSets. */
function sizes(made: Conversion) {
  const gateways = ofKind<Gateway>(made, 'Gateway');
  const sets = ofKind<ListenerSet>(made, 'ListenerSet');
  const listeners = (some: readonly { readonly spec: { readonly listeners: readonly Listener[] } }[]) =>
    some.reduce((sum, { spec }) => sum + spec.listeners.length, 0);
  return [gateways.length, listeners(gateways), sets.length, listeners(sets), ofKind<HTTPRoute>(made, 'HTTPRoute').length];
}

describe.each(TARGETS)('70 hosts with TLS, 40 namespaces and 200 rules of one host for %s', (target) => {
  it.each(Object.entries(LAYOUTS))('are what they were, and within every limit: %s', (_, more: Partial<ConvertOptions>) => {
    const made = convert(estate, optionsOf(target, more));
    expect(outputOf(made).refused).toEqual([]);
    const verified = verify(
      made,
      made.plan.objects.map(({ object }) => object),
    );
    expect(verified.requests.length).toBeGreaterThan(1000);
    expect(verified.discrepancies.filter(({ explained, differences }) => explained === null || differences.includes('protection'))).toEqual(
      [],
    );
    for (const { spec } of ofKind<HTTPRoute>(made, 'HTTPRoute')) expect(spec.rules.length).toBeLessThanOrEqual(16);
    for (const { spec } of [...ofKind<Gateway>(made, 'Gateway'), ...ofKind<ListenerSet>(made, 'ListenerSet')])
      expect(spec.listeners.length).toBeLessThanOrEqual(64);
    expect(made.ledger.findings.filter(({ code }) => code.startsWith('rights/'))).toEqual([]);
  });

  const orders = Object.entries(LAYOUTS).filter(([name]) => target === 'standard' || name === 'listener sets');
  it.each(orders)('do not depend on the order of files: %s', (_, more: Partial<ConvertOptions>) => {
    const written = (turn: number) => {
      const made = convert(largeEstate(turn), optionsOf(target, more));
      return {
        text: stream(made.plan.objects),
        files: [...layout(made.plan.objects)],
        findings: made.ledger.findings.map(({ message }) => message),
      };
    };
    expect(written(97)).toEqual(written(0));
  });
});

describe('a label that namespaces outside of the input have to get', () => {
  it('is taken to be there, as the report asks', () => {
    const made = convert(
      largeEstate(0, 'namespace.yaml'),
      optionsOf('standard', { ...NAMED, allowedRoutes: { kind: 'label', key: 'gateway', value: 'public' } }),
    );
    expect(JSON.stringify(ofKind<Gateway>(made, 'Gateway'))).not.toContain('kubernetes.io/metadata.name');
    expect(made.ledger.findings.map(({ code }) => code)).toContain('plan/admits-labelled');
    const { discrepancies } = verify(
      made,
      made.plan.objects.map(({ object }) => object),
    );
    expect(discrepancies.filter(({ explained }) => explained === null)).toEqual([]);
  });
});

describe('the numbers', () => {
  // Gateways, their listeners, ListenerSets, theirs, HTTPRoutes. One more Gateway is that of the GKE Ingress.
  it.each([
    ['default', [5, 157, 0, 0, 170]],
    ['per-namespace', [46, 157, 0, 0, 170]],
    ['per-ingress', [81, 157, 0, 0, 170]],
    ['shared', [5, 157, 0, 0, 170]],
    ['named', [5, 157, 0, 0, 170]],
    ['listener sets', [3, 4, 46, 155, 170]],
    ['folded', [5, 153, 0, 0, 170]],
    ['folded across namespaces, in listener sets', [3, 4, 46, 151, 170]],
  ] as const)('of %s', (name, expected) => {
    const made = convert(estate, optionsOf('envoy-gateway', LAYOUTS[name]));
    expect(sizes(made)).toEqual(expected);
  });

  it('of one listener for each port', () => {
    const made = convert(estate, optionsOf('gke', {}));
    const gateways = ofKind<Gateway>(made, 'Gateway');
    expect(gateways.map(({ spec }) => spec.listeners.map(({ tls }) => tls?.certificateRefs?.length ?? 0))).toEqual([
      [0, 64],
      [0, 9],
      [0, 1],
    ]);
    expect(made.ledger.findings.map(({ code }) => code)).toContain('plan/certificates-split');
  });

  it('of listeners that admit only namespaces with routes on them', () => {
    const made = convert(estate, optionsOf('standard', NAMED));
    const routes = ofKind<HTTPRoute>(made, 'HTTPRoute');
    for (const { metadata, spec } of ofKind<Gateway>(made, 'Gateway'))
      for (const { name, allowedRoutes } of spec.listeners) {
        const bound = routes.filter(({ spec: route }) =>
          route.parentRefs.some((ref) => ref.name === metadata.name && ref.sectionName === name),
        );
        const text = JSON.stringify(allowedRoutes);
        const admitted = NAMESPACES.filter((namespace) => text.includes(`"${namespace}"`));
        expect(admitted).toEqual([...new Set(bound.map(({ metadata: { namespace = '' } }) => namespace))].sort());
      }
  });
});
