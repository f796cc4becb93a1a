import { describe, expect, test } from 'vitest';
import { checkObject } from '../../src/check/crds.ts';
import { checkConstraints } from '../../src/gateway/constraints/check-constraints.ts';
import { LIMITS, limitsOf } from '../../src/gateway/limits.ts';
import type { Release } from '../../src/gateway/release.ts';
import type { ExtensionObject } from '../../src/gateway/types.ts';
import { CRDS_PRESENT, publishedCrds } from '../check/published-crds.ts';
import { EXPERIMENTAL, many, minimal, STANDARD } from './invalid-examples.ts';

const service = { name: 'web', port: 80 };
const rule = (fields: Readonly<Record<string, unknown>>) => minimal.HTTPRoute({ rules: [fields] });
const headers = (count: number) => many(count, (i) => ({ name: `h${i}`, value: 'v' }));
const map = (count: number) => Object.fromEntries(many(count, (i) => [`a.b/${i}`, 'v']));

/** An object at each limit, made from its size: taken there, refused one above. */
type Row = readonly [name: string, limit: number, make: (size: number) => ExtensionObject, installed?: Release];

const ROWS: readonly Row[] = [
  ['parentRefsPerRoute', LIMITS.parentRefsPerRoute, (n) => minimal.HTTPRoute({ parentRefs: many(n, (i) => ({ name: `g${i}` })) })],
  ['hostnamesPerRoute', LIMITS.hostnamesPerRoute, (n) => minimal.GRPCRoute({ hostnames: many(n, (i) => `h${i}`) })],
  ['hostnamesPerTlsRoute', limitsOf(STANDARD).hostnamesPerTlsRoute, (n) => minimal.TLSRoute({ hostnames: many(n, (i) => `h${i}`) })],
  ['rulesPerRoute', LIMITS.rulesPerRoute, (n) => minimal.HTTPRoute({ rules: many(n, () => ({ backendRefs: [service] })) })],
  ['matchesPerRule', LIMITS.matchesPerRule, (n) => rule({ matches: many(n, () => ({ method: 'GET' })) })],
  [
    'matchesPerRoute',
    LIMITS.matchesPerRoute,
    (n) => minimal.HTTPRoute({ rules: [60, 60, n - 120].map((count) => ({ matches: many(count, () => ({ method: 'GET' })) })) }),
  ],
  ['headersPerMatch', LIMITS.headersPerMatch, (n) => rule({ matches: [{ headers: headers(n) }] })],
  ['queryParamsPerMatch', LIMITS.queryParamsPerMatch, (n) => rule({ matches: [{ queryParams: headers(n) }] })],
  [
    'filtersPerRule',
    LIMITS.filtersPerRule,
    (n) => rule({ filters: many(n, (i) => ({ type: 'ExtensionRef', extensionRef: { group: '', kind: 'F', name: `f${i}` } })) }),
  ],
  ['backendRefsPerRule', LIMITS.backendRefsPerRule, (n) => minimal.UDPRoute({ rules: [{ backendRefs: many(n, () => service) }] })],
  [
    'headersPerModifier',
    LIMITS.headersPerModifier,
    (n) => rule({ filters: [{ type: 'RequestHeaderModifier', requestHeaderModifier: { set: headers(n) } }] }),
  ],
  [
    'corsOrigins',
    LIMITS.corsOrigins,
    (n) => rule({ filters: [{ type: 'CORS', cors: { allowOrigins: many(n, (i) => `https://h${i}`) } }] }),
  ],
  ['corsHeaders', LIMITS.corsHeaders, (n) => rule({ filters: [{ type: 'CORS', cors: { exposeHeaders: many(n, (i) => `h${i}`) } }] })],
  [
    'authHeaders',
    LIMITS.authHeaders,
    (n) =>
      rule({
        filters: [
          {
            type: 'ExternalAuth',
            externalAuth: { protocol: 'GRPC', grpc: { allowedHeaders: many(n, (i) => `h${i}`) }, backendRef: service },
          },
        ],
      }),
    EXPERIMENTAL,
  ],
  [
    'listenersPerGateway',
    LIMITS.listenersPerGateway,
    (n) => minimal.Gateway({ listeners: many(n, (i) => ({ name: `l${i}`, port: i + 1, protocol: 'HTTP' })) }),
  ],
  [
    'certificatesPerListener',
    LIMITS.certificatesPerListener,
    (n) =>
      minimal.Gateway({
        listeners: [{ name: 'l', port: 1, protocol: 'HTTPS', tls: { certificateRefs: many(n, (i) => ({ name: `s${i}` })) } }],
      }),
  ],
  [
    'optionsPerListener',
    LIMITS.optionsPerListener,
    (n) => minimal.Gateway({ listeners: [{ name: 'l', port: 1, protocol: 'HTTPS', tls: { options: map(n) } }] }),
  ],
  [
    'kindsPerListener',
    LIMITS.kindsPerListener,
    (n) =>
      minimal.Gateway({
        listeners: [{ name: 'l', port: 1, protocol: 'HTTP', allowedRoutes: { kinds: many(n, (i) => ({ kind: `K${i}` })) } }],
      }),
  ],
  [
    'frontendPorts',
    LIMITS.frontendPorts,
    (n) => minimal.Gateway({ tls: { frontend: { default: {}, perPort: many(n, (i) => ({ port: i + 1, tls: {} })) } } }),
  ],
  [
    'frontendCaCertificates',
    limitsOf(STANDARD).frontendCaCertificates,
    (n) =>
      minimal.Gateway({
        tls: {
          frontend: { default: { validation: { caCertificateRefs: many(n, (i) => ({ group: '', kind: 'ConfigMap', name: `c${i}` })) } } },
        },
      }),
  ],
  ['addressesPerGateway', LIMITS.addressesPerGateway, (n) => minimal.Gateway({ addresses: many(n, (i) => ({ value: `192.0.2.${i}` })) })],
  ['infrastructureLabels', LIMITS.infrastructureLabels, (n) => minimal.Gateway({ infrastructure: { labels: map(n) } })],
  [
    'infrastructureAnnotations',
    limitsOf(STANDARD).infrastructureAnnotations,
    (n) => minimal.Gateway({ infrastructure: { annotations: map(n) } }),
  ],
  [
    'grantsPerList',
    LIMITS.grantsPerList,
    (n) => minimal.ReferenceGrant({ to: many(n, (i) => ({ group: '', kind: 'Service', name: `s${i}` })) }),
  ],
  [
    'targetRefsPerPolicy',
    LIMITS.targetRefsPerPolicy,
    (n) => minimal.BackendTLSPolicy({ targetRefs: many(n, (i) => ({ group: '', kind: 'Service', name: `s${i}` })) }),
  ],
  [
    'backendCaCertificates',
    LIMITS.backendCaCertificates,
    (n) =>
      minimal.BackendTLSPolicy({
        validation: { hostname: 'a', caCertificateRefs: many(n, (i) => ({ group: '', kind: 'ConfigMap', name: `c${i}` })) },
      }),
  ],
  [
    'subjectAltNames',
    LIMITS.subjectAltNames,
    (n) =>
      minimal.BackendTLSPolicy({
        validation: {
          hostname: 'a',
          wellKnownCACertificates: 'System',
          subjectAltNames: many(n, (i) => ({ type: 'Hostname', hostname: `h${i}` })),
        },
      }),
  ],
  ['optionsPerPolicy', LIMITS.optionsPerPolicy, (n) => minimal.BackendTLSPolicy({ options: map(n) })],
  ['pathValue', LIMITS.pathValue, (n) => rule({ matches: [{ path: { type: 'Exact', value: `/${'a'.repeat(n - 1)}` } }] })],
  ['headerValue', LIMITS.headerValue, (n) => rule({ matches: [{ headers: [{ name: 'a', value: 'a'.repeat(n) }] }] })],
  ['queryParamValue', LIMITS.queryParamValue, (n) => rule({ matches: [{ queryParams: [{ name: 'a', value: 'a'.repeat(n) }] }] })],
  ['name', LIMITS.name, (n) => rule({ name: 'a'.repeat(n) })],
  ['hostname', LIMITS.hostname, (n) => minimal.HTTPRoute({ hostnames: [`${'a.'.repeat(125)}${'b'.repeat(n - 250)}`] })],
  ['label', LIMITS.label, (n) => minimal.HTTPRoute({ parentRefs: [{ name: 'g', namespace: 'a'.repeat(n) }] })],
  ['sessionName', LIMITS.sessionName, (n) => rule({ sessionPersistence: { sessionName: 'a'.repeat(n) } }), EXPERIMENTAL],
  ['weight', LIMITS.weight, (n) => rule({ backendRefs: [{ ...service, weight: n }] })],
];

const AT = ROWS.map(([name, limit, make, installed = STANDARD]) => ({ name, limit, make, installed }));

describe('limits', () => {
  test.each(AT)('$name ($limit) is taken, one more is not', ({ limit, make, installed }) => {
    expect(checkConstraints(make(limit), installed)).toEqual([]);
    expect(checkConstraints(make(limit + 1), installed).length).toBeGreaterThan(0);
  });

  test.skipIf(!CRDS_PRESENT).each(AT)(
    '$name ($limit) is the limit of the published CRDs (skipped without ../shared/crds)',
    ({ limit, make, installed }) => {
      const taken = [limit, limit + 1].map((size) => {
        const result = checkObject(publishedCrds(installed), make(size));
        return result.kind === 'checked' && result.violations.length === 0;
      });
      expect(taken).toEqual([true, false]);
    },
  );

  test('none is left out', () => {
    const named = new Set(AT.map(({ name }) => name));
    // Nine methods and `*` alone are the whole enum: there is no tenth to be refused.
    expect(Object.keys(LIMITS).filter((name) => !named.has(name))).toEqual(['corsMethods']);
  });
});
