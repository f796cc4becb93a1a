import type { JsonObject } from '../../model/json.ts';
import { isObject } from '../../model/json.ts';
import { compareText } from '../../model/position.ts';
import type { Backend } from '../../route/table.ts';
import { type PolicyKind, type PolicyPart, withTargetRefs } from '../policy.ts';

export const SECURITY_GROUP = 'security.istio.io';

/** Beside the Gateway: no policy of Istio can be attached to a route. */
export const authorizationPolicy: PolicyKind = {
  apiVersion: `${SECURITY_GROUP}/v1`,
  kind: 'AuthorizationPolicy',
  role: 'gateways',
  write: withTargetRefs,
};

/**
 * Its fragments are `host` and `ports`, an object by port number: what stands at one port replaces what would hold for all, so
 * that everything stands there.
 */
const destinationRule: PolicyKind = {
  apiVersion: 'networking.istio.io/v1',
  kind: 'DestinationRule',
  role: 'routes',
  write: ({ host, ports }) => ({
    host: host ?? '',
    trafficPolicy: {
      portLevelSettings: Object.entries(isObject(ports) ? ports : {})
        .sort(([a], [b]) => Number(a) - Number(b) || compareText(a, b))
        .map(([number, settings]) => ({ port: { number: Number(number) }, ...(isObject(settings) ? withOneBalancer(settings) : {}) })),
    },
  }),
};

/** The API server takes one way to choose endpoints and one thing to hash: what keeps clients on one comes first, a cookie before all. */
function withOneBalancer(settings: JsonObject): JsonObject {
  const { loadBalancer } = settings;
  if (!isObject(loadBalancer) || !isObject(loadBalancer['consistentHash'])) return settings;
  const { consistentHash } = loadBalancer;
  const key = HASH_KEYS.find((name) => consistentHash[name] !== undefined);
  const kept = key === undefined ? {} : { [key]: consistentHash[key] ?? null };
  return { ...settings, loadBalancer: { consistentHash: kept } };
}

const HASH_KEYS = ['httpCookie', 'httpHeaderName', 'httpQueryParameterName', 'useSourceIp'] as const;

/** Requests that are refused, whatever else lets them pass. */
export function denyPart(source: JsonObject, operation: JsonObject): PolicyPart {
  return {
    policy: authorizationPolicy,
    on: { to: 'gateway', as: 'target' },
    spec: { action: 'DENY', rules: [{ from: [{ source }], to: [{ operation }] }] },
  };
}

/** How the mesh speaks to a port of a Service; holds for all who call it, not for this route alone. */
export function destinationParts(backends: readonly Backend[], settings: JsonObject): readonly PolicyPart[] {
  return backends.flatMap(({ namespace, service, port }): readonly PolicyPart[] =>
    port === null
      ? []
      : [
          {
            policy: destinationRule,
            on: { to: 'service', namespace, service },
            spec: { host: `${service}.${namespace}.svc.cluster.local`, ports: { [port]: settings } },
          },
        ],
  );
}
