import { isObject, type JsonObject, member } from '../../model/json.ts';
import type { RuleParts } from '../contract.ts';
import { asWritten, type PolicyKind, type PolicyReference, withTargetRefs } from '../policy.ts';

const API_VERSION = 'gateway.envoyproxy.io/v1alpha1';

export const GROUP = 'gateway.envoyproxy.io';

export const ENVOY_GATEWAY = { name: 'envoy-gateway', title: 'Envoy Gateway' } as const;

export const securityPolicy: PolicyKind = { apiVersion: API_VERSION, kind: 'SecurityPolicy', role: 'routes', write: withTargetRefs };

export const backendTrafficPolicy: PolicyKind = {
  apiVersion: API_VERSION,
  kind: 'BackendTrafficPolicy',
  role: 'routes',
  write: (spec, holdsFor) => withTargetRefs(withOneBalancer(spec), holdsFor),
};

export const clientTrafficPolicy: PolicyKind = {
  apiVersion: API_VERSION,
  kind: 'ClientTrafficPolicy',
  role: 'gateways',
  write: (spec, holdsFor) => withTargetRefs(withoutIdleCiphers(spec), holdsFor),
};

export const httpRouteFilter: PolicyKind = { apiVersion: API_VERSION, kind: 'HTTPRouteFilter', role: 'routes', write: asWritten };

/** What rules name in place of a Service of the same namespace, by its DNS name. */
export const backend: PolicyKind = {
  apiVersion: API_VERSION,
  kind: 'Backend',
  role: 'routes',
  write: ({ namespace, ...spec }, [service]) => ({
    ...spec,
    endpoints: [{ fqdn: { hostname: `${service?.name}.${String(namespace)}.svc.cluster.local`, port: service?.port ?? 0 } }],
  }),
};

/** Who may do what on the route of the rule. The policy of a route takes the place of its Gateway's as a whole. */
export function security(spec: JsonObject, references: readonly PolicyReference[] = []): RuleParts {
  return { policies: [{ policy: securityPolicy, on: { to: 'route' }, spec, references }] };
}

/** How requests of the route of the rule are passed on. */
export function traffic(spec: JsonObject): RuleParts {
  return { policies: [{ policy: backendTrafficPolicy, on: { to: 'route' }, spec }] };
}

/** Of the host's listeners with TLS. Those in clear text share one policy a port, so nothing is written for them. */
export function client(spec: JsonObject, references: readonly PolicyReference[] = []): RuleParts {
  return { policies: [{ policy: clientTrafficPolicy, on: { to: 'listener', schemes: ['https'] }, spec, references }] };
}

/** What keeps clients on an endpoint decides over how else one is chosen, and of several ways the first. */
function withOneBalancer(spec: JsonObject): JsonObject {
  const hash = member(member(spec, 'loadBalancer'), 'consistentHash');
  if (!isObject(hash)) return spec;
  const own = HASH_MEMBERS.get(String(hash['type']));
  const kept = Object.fromEntries(Object.entries(hash).filter(([key]) => key === 'type' || key === own));
  return { ...spec, loadBalancer: { type: 'ConsistentHash', consistentHash: kept } };
}

const HASH_MEMBERS: ReadonlyMap<string, string> = new Map([
  ['Cookie', 'cookie'],
  ['Header', 'header'],
  ['QueryParams', 'queryParams'],
]);

/** TLS 1.3 has ciphers of its own: beside it as the lowest version the API server takes no list. */
function withoutIdleCiphers(spec: JsonObject): JsonObject {
  const { tls } = spec;
  if (!isObject(tls) || tls['minVersion'] !== '1.3') return spec;
  return { ...spec, tls: Object.fromEntries(Object.entries(tls).filter(([key]) => key !== 'ciphers')) };
}
