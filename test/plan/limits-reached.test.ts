import { describe, expect, it } from 'vitest';
import { checkConstraints } from '../../src/gateway/constraints/check-constraints.ts';
import type { LIMITS } from '../../src/gateway/limits.ts';
import type { Intent } from '../../src/intent/intent.ts';
import { DEFAULT_OPTIONS } from '../../src/options.ts';
import type { Action, HostTable, Match, RoutingTable } from '../../src/route/table.ts';
import { targetNamed } from '../../src/targets/index.ts';
import {
  backend,
  codes,
  EXPERIMENTAL,
  entry,
  gateways,
  grants,
  host,
  httpsRedirect,
  ingress,
  type PlanSetting,
  plan,
  routes,
  rule,
  secret,
  table,
} from './tables.ts';

const web = ingress('web', 'shop');
const many = (count: number) => Array.from({ length: count }, (_, index) => String(index).padStart(4, '0'));
type Made = ReturnType<typeof plan>;

interface Case {
  readonly of: RoutingTable | HostTable;
  readonly setting?: PlanSetting;
  /** That nothing was lost in silence: what of it was split, or told. */
  readonly shows: (made: Made) => void;
}

const standard = targetNamed('standard');
const intents = (...some: readonly Intent[]): HostTable => host('a.test', [rule(web, '/', { intents: some })]);
const matching = (match: Partial<Match>): HostTable => host('a.test', [rule(web, '/', { match })]);
const values = (count: number) => many(count).map((name) => ({ name: `x-${name}`, value: '1', kind: 'exact' as const }));
const tells = (code: string) => (made: Made) => expect(codes(made)).toContain(code);
const entries = [entry(web, 'x/y', 'z')];
const forward = (backends: Extract<Action, { kind: 'forward' }>['backends']): Action => ({ kind: 'forward', backends, rewrite: null });
const cors = (more: object): Intent =>
  ({
    kind: 'cors',
    origins: ['https://a.test'],
    methods: ['GET'],
    headers: [],
    exposeHeaders: [],
    credentials: false,
    maxAgeSeconds: 1,
    entries,
    ...more,
  }) as Intent;
const long = 'l'.repeat(63);

/** An estate beyond each limit; null: nothing in an estate leads to such a list, as only so many are ever written. */
const CASES: Readonly<Record<keyof typeof LIMITS, Case | null>> = {
  parentRefsPerRoute: {
    of: host('a.test', [rule(web, '/')], { ports: many(40).map((_, index) => ({ scheme: 'http', port: 8000 + index })) }),
    shows: (made) => expect(routes(made).map(({ spec }) => spec.parentRefs.length)).toEqual([32, 8]),
  },
  // One host a route.
  hostnamesPerRoute: {
    of: table(many(40).map((name) => host(`h${name}.test`, [rule(web, '/')]))),
    shows: (made) => expect(routes(made).every(({ spec }) => spec.hostnames?.length === 1)).toBe(true),
  },
  rulesPerRoute: {
    of: host(
      'a.test',
      many(200).map((name) => rule(web, `/${name}`)),
    ),
    shows: (made) => expect(routes(made).map(({ spec }) => spec.rules.length)).toEqual([...Array.from({ length: 12 }, () => 16), 8]),
  },
  matchesPerRule: {
    of: host(
      'a.test',
      many(130).map((name) => rule(web, `/${name}`, { httpsRedirect: httpsRedirect(web) })),
      { certificate: secret(web) },
    ),
    shows: (made) => expect(routes(made).flatMap(({ spec }) => spec.rules.flatMap(({ matches = [] }) => matches)).length).toBe(260),
  },
  matchesPerRoute: {
    of: host(
      'a.test',
      many(400).map((name) => rule(web, `/${name}`, { httpsRedirect: httpsRedirect(web) })),
      { certificate: secret(web) },
    ),
    shows: (made) => expect(routes(made).flatMap(({ spec }) => spec.rules.flatMap(({ matches = [] }) => matches)).length).toBe(800),
  },
  headersPerMatch: { of: matching({ headers: values(17) }), shows: tells('plan/match-not-expressible') },
  queryParamsPerMatch: { of: matching({ queryParams: values(17) }), shows: tells('plan/match-not-expressible') },
  // One of each type, and as many mirrors as an Ingress has: one.
  filtersPerRule: null,
  backendRefsPerRule: {
    of: host('a.test', [rule(web, '/', { action: forward(many(17).map((name) => backend(web, `s${name}`))) })]),
    shows: tells('plan/backends-too-many'),
  },
  headersPerModifier: {
    of: intents({
      kind: 'responseHeaders',
      set: many(18).map((name) => ({ name: `x-${name}`, value: '1' })),
      add: [],
      remove: [],
      entries,
    } as Intent),
    setting: { target: standard },
    shows: (made) =>
      expect(
        made.settled.some(({ entry: each, outcome, finding }) => each === entries[0] && outcome !== 'converted' && finding !== null),
      ).toBe(true),
  },
  corsOrigins: {
    of: intents(cors({ origins: many(70).map((name) => `https://${name}.test`) })),
    setting: { target: standard },
    shows: (made) => expect(made.settled.find(({ entry: each }) => each === entries[0])?.finding).not.toBeNull(),
  },
  corsHeaders: {
    of: intents(cors({ headers: many(70).map((name) => `x-${name}`) })),
    setting: { target: standard },
    shows: (made) => expect(made.settled.find(({ entry: each }) => each === entries[0])?.finding).not.toBeNull(),
  },
  corsMethods: {
    of: intents(cors({ methods: ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', 'PATCH', 'GET'] })),
    setting: { target: standard },
    shows: (made) => expect(routes(made)).toHaveLength(1),
  },
  // The filter for external authentication is never written.
  authHeaders: null,
  listenersPerGateway: {
    of: table(many(70).map((name) => host(`h${name}.test`, [rule(web, '/')], { certificate: secret(web) }))),
    shows: (made) => {
      tells('plan/gateway-split')(made);
      expect(gateways(made).map(({ spec }) => spec.listeners.length)).toEqual([64, 64, 12]);
    },
  },
  certificatesPerListener: {
    of: table(many(70).map((name) => host(`h${name}.test`, [rule(web, '/')], { certificate: secret(web, `s${name}`) }))),
    setting: { target: targetNamed('gke') },
    shows: (made) => {
      tells('plan/certificates-split')(made);
      expect(gateways(made).map(({ spec }) => spec.listeners.map(({ tls }) => tls?.certificateRefs?.length ?? 0))).toEqual([
        [0, 64],
        [0, 6],
      ]);
    },
  },
  // What an implementation knows of TLS settings for a listener: a handful.
  optionsPerListener: null,
  // Never written: the protocol says which kinds a listener takes.
  kindsPerListener: null,
  // Never written: client certificates are asked for by policies of the implementations.
  frontendPorts: null,
  // One reserved address a load balancer.
  addressesPerGateway: null,
  // Never written.
  infrastructureLabels: null,
  grantsPerList: {
    of: table(many(40).map((name) => host(`h${name}.test`, [rule(web, '/')], { certificate: secret(web, `s${name}`) }))),
    setting: { options: { gatewayNamespace: 'infra' } },
    shows: (made) => expect(grants(made).map(({ spec }) => spec.to.length)).toEqual([16, 16, 8]),
  },
  // A BackendTLSPolicy is for one Service.
  targetRefsPerPolicy: null,
  // Of one Secret, with the one name that the controller verifies.
  backendCaCertificates: null,
  subjectAltNames: null,
  optionsPerPolicy: null,
  pathValue: { of: host('a.test', [rule(web, `/${'p'.repeat(1100)}`), rule(web, '/')]), shows: tells('plan/path-not-expressible') },
  headerValue: {
    of: matching({ headers: [{ name: 'x', value: 'v'.repeat(5000), kind: 'exact' }] }),
    shows: tells('plan/match-not-expressible'),
  },
  queryParamValue: {
    of: matching({ queryParams: [{ name: 'x', value: 'v'.repeat(1100), kind: 'exact' }] }),
    shows: tells('plan/match-not-expressible'),
  },
  name: {
    of: host('a.test', [rule(ingress('n'.repeat(253), 'shop'), '/')]),
    shows: (made) => expect(routes(made)[0]?.metadata.name.length).toBeLessThanOrEqual(253),
  },
  hostname: {
    of: table([host(`${long}.${long}.${long}.${long}.test`, [rule(web, '/')]), host('a.test', [rule(web, '/')])]),
    shows: (made) => expect([routes(made).length, codes(made).length > 0]).toEqual([1, true]),
  },
  label: {
    of: host('a.test', [rule(web, '/')], { certificate: secret(web, 'tls', 'n'.repeat(63)) }),
    setting: { options: { gatewayNamespace: 'g'.repeat(63) } },
    shows: (made) => expect(grants(made).every(({ metadata }) => metadata.name.length <= 63)).toBe(true),
  },
  sessionName: {
    of: intents({
      kind: 'sessionAffinity',
      by: 'cookie',
      cookie: {
        name: 'c'.repeat(200),
        path: null,
        domain: null,
        maxAgeSeconds: null,
        expiresSeconds: null,
        secure: null,
        sameSite: null,
        conditionalSameSiteNone: false,
        partitioned: false,
        changeOnFailure: false,
      },
      mode: 'balanced',
      canary: 'sticky',
      entries,
    } as unknown as Intent),
    setting: { target: standard, options: { release: EXPERIMENTAL } },
    shows: (made) => expect(made.settled.some(({ entry: each, outcome }) => each === entries[0] && outcome !== 'converted')).toBe(true),
  },
  weight: {
    of: host('a.test', [
      rule(web, '/', { action: forward([backend(web, 'one', { weight: 9_000_000 }), backend(web, 'two', { weight: 3 })]) }),
    ]),
    shows: (made) => expect(routes(made)[0]?.spec.rules[0]?.backendRefs?.map(({ weight }) => weight)).toEqual([1_000_000, 1]),
  },
};

describe('every limit of the API', () => {
  it.each(Object.entries(CASES).flatMap(([name, each]) => (each === null ? [] : [[name, each] as const])))(
    '%s is met by splitting, or told',
    (_, { of, setting = {}, shows }) => {
      const made = plan('hosts' in of ? of : table([of]), setting);
      const release = setting.options?.release ?? DEFAULT_OPTIONS.release;
      for (const { object } of made.objects) expect(checkConstraints(object, release)).toEqual([]);
      shows(made);
    },
  );

  it('of policies is met where a load balancer has many Gateways', () => {
    const hosts = many(600).map((name) => host(`h${name}.test`, [rule(web, '/')], { certificate: secret(web) }));
    const made = plan(table(hosts, { vendor: 'nginx' }), { target: targetNamed('envoy-gateway') });
    expect(gateways(made).length).toBeGreaterThan(16);
    for (const { object } of made.objects) {
      const refs = 'spec' in object ? Object(object.spec ?? {})['targetRefs'] : undefined;
      if (Array.isArray(refs)) expect(refs.length).toBeLessThanOrEqual(16);
    }
  });
});
