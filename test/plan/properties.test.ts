import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkConstraints } from '../../src/gateway/constraints/check-constraints.ts';
import { CHANNELS, GATEWAY_API_VERSIONS } from '../../src/gateway/release.ts';
import type { BackendObjectRef } from '../../src/gateway/types.ts';
import { balance } from '../../src/ledger/ledger.ts';
import { DEFAULT_OPTIONS } from '../../src/options.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { verify } from '../../src/prove/verify.ts';
import type { RoutingTable } from '../../src/route/table.ts';
import type { Target } from '../../src/targets/contract.ts';
import { estateOf } from '../read/estate-of.ts';
import { anyTables, entriesOf } from './any-table.ts';
import { portable } from './portable-target.ts';
import { gateways, grants, plan, routes, tlsRoutes } from './tables.ts';

const targets = fc.constantFrom<Target>(portable, { ...portable, regexPaths: 'none' }, { ...portable, regexPaths: 'ordered' });
const options = { defaultCertificate: { namespace: 'certs', name: 'default' } };

describe('for any routing tables', () => {
  it('every entry ends somewhere', () => {
    fc.assert(
      fc.property(anyTables, targets, fc.constantFrom(DEFAULT_OPTIONS, options), (tables, target, chosen) => {
        const settled = new Set(plan(tables, { target, options: chosen }).settled.map(({ entry }) => entry));
        expect(
          entriesOf(tables)
            .filter((entry) => !settled.has(entry))
            .map(({ key, at }) => `${key} ${at.line}`),
        ).toEqual([]);
      }),
      { numRuns: 300, seed: 7 },
    );
  });

  it('every object keeps the constraints of its release, under a name of its own', () => {
    fc.assert(
      fc.property(anyTables, fc.constantFrom(...GATEWAY_API_VERSIONS), fc.constantFrom(...CHANNELS), (tables, version, channel) => {
        const release = { version, channel };
        const { objects } = plan(tables, { options: { ...options, release } });
        for (const { object } of objects) expect(checkConstraints(object, release)).toEqual([]);
        const names = objects.map(({ object: { kind, metadata } }) => `${kind} ${metadata.namespace}/${metadata.name}`);
        expect(new Set(names).size).toBe(names.length);
      }),
      { numRuns: 300, seed: 7 },
    );
  });

  it('the order of tables and hosts does not matter', () => {
    fc.assert(
      fc.property(anyTables, (tables) => {
        const turned = [...tables].reverse().map((table) => ({ ...table, hosts: [...table.hosts].reverse() }));
        const made = ({ objects, withheld }: Plan) => JSON.stringify([objects, withheld.map(({ host, path }) => host + path)]);
        expect(made(plan(turned, { options }))).toBe(made(plan(tables, { options })));
      }),
      { numRuns: 200, seed: 7 },
    );
  });

  it('every route binds to listeners that admit it, and no listener stands or admits for nothing', () => {
    fc.assert(
      fc.property(anyTables, (tables) => {
        const made = plan(tables, { options });
        const bound = [...routes(made), ...tlsRoutes(made)].flatMap(({ metadata, spec }) =>
          spec.parentRefs.map(
            ({ name, namespace = metadata.namespace, sectionName }) => `${namespace}/${name} ${sectionName} ${metadata.namespace}`,
          ),
        );
        const admitted = gateways(made).flatMap(({ metadata, spec }) =>
          spec.listeners.flatMap(({ name, allowedRoutes }) => {
            const from = allowedRoutes?.namespaces ?? { from: 'Same' };
            const names =
              from.from === 'Selector'
                ? [
                    ...Object.values(from.selector.matchLabels ?? {}),
                    ...(from.selector.matchExpressions?.flatMap(({ values = [] }) => values) ?? []),
                  ]
                : [metadata.namespace];
            return names.map((namespace) => `${metadata.namespace}/${metadata.name} ${name} ${namespace}`);
          }),
        );
        expect(new Set(bound)).toEqual(new Set(admitted));
        expect(new Set(admitted).size).toBe(admitted.length);
      }),
      { numRuns: 300, seed: 7 },
    );
  });

  it('grants are exactly the references that cross namespaces', () => {
    fc.assert(
      fc.property(anyTables, (tables) => {
        const made = plan(tables, { options });
        const services = routes(made).flatMap(({ metadata: { namespace }, spec }) =>
          spec.rules.flatMap(({ backendRefs = [] }) => backendRefs.map((ref) => reference('HTTPRoute', namespace, 'Service', ref))),
        );
        const secrets = gateways(made).flatMap(({ metadata: { namespace }, spec }) =>
          spec.listeners.flatMap(({ tls }) => (tls?.certificateRefs ?? []).map((ref) => reference('Gateway', namespace, 'Secret', ref))),
        );
        const granted = grants(made).flatMap(({ metadata, spec }) =>
          spec.from.flatMap((from) => spec.to.map((to) => `${from.kind} ${from.namespace} ${to.kind} ${metadata.namespace}/${to.name}`)),
        );
        expect(granted.toSorted()).toEqual([...new Set([...services, ...secrets].filter((text) => text !== ''))].sort());
      }),
      { numRuns: 300, seed: 7 },
    );
  });

  it('no difference goes unannounced, and nothing is served past a protection', () => {
    fc.assert(
      fc.property(anyTables, targets, (tables, target) => {
        expect(silent(tables, target)).toEqual([]);
      }),
      { numRuns: 400, seed: 7 },
    );
  });
});

/** '' where no namespace is left. */
function reference(from: string, home: string | undefined, to: string, { name, namespace = home }: BackendObjectRef): string {
  return namespace === home ? '' : `${from} ${home} ${to} ${namespace}/${name}`;
}

/** The first requests that are answered otherwise, of which no finding tells. */
function silent(tables: readonly RoutingTable[], target: Target) {
  const made = plan(tables, { target, options });
  const entries = balance(entriesOf(tables), made.settled);
  const findings = [
    ...new Set([
      ...made.findings,
      // As a conversion tells them.
      ...made.settled.flatMap(({ finding, outcome }) => (outcome === 'approximated' && finding !== null ? [finding] : [])),
      ...entries.flatMap(({ finding, outcome }) => (finding === null || outcome === 'inert' ? [] : [finding])),
    ]),
  ];
  const conversion = {
    options: { ...DEFAULT_OPTIONS, ...options },
    estate: estateOf(''),
    tables,
    satellites: [],
    implementation: target,
    plan: made,
    ledger: { entries, findings, ingresses: [] },
  };
  const { discrepancies } = verify(
    conversion,
    made.objects.map(({ object }) => object),
  );
  return discrepancies
    .filter(({ explained }) => explained === null)
    .slice(0, 2)
    .map(({ differences, request, before, after, beforeSource, afterSource }) => ({
      differences,
      request,
      before,
      after,
      beforeSource,
      afterSource,
    }));
}
