import { isObject, type Json, type JsonObject, member } from '../../model/json.ts';
import { compareText } from '../../model/position.ts';
import { asWritten, type PolicyKind, type PolicyTarget } from '../policy.ts';
import { strictest } from './security-policies.ts';

export const GROUP = 'gateway.k8s.aws';
const apiVersion = `${GROUP}/v1`;

/**
 * Fragments have maps where the object has lists, so that settings of several rules meet by their key: `attributes` by key,
 * `listeners` by `HTTPS:443` with `attributes` of their own. Of `idleTimeouts` the longest and of `sslPolicies` the strictest counts.
 */
export const loadBalancerConfiguration: PolicyKind = {
  apiVersion,
  kind: 'LoadBalancerConfiguration',
  role: 'gateways',
  write: ({ attributes, listeners, idleTimeouts, ...spec }) => {
    const longest = Math.max(0, ...keysOf(idleTimeouts).map(Number));
    const all = { ...(longest === 0 ? {} : { [IDLE_TIMEOUT]: String(longest) }), ...(isObject(attributes) ? attributes : {}) };
    return {
      ...spec,
      ...(keysOf(listeners).length === 0 ? {} : { listenerConfigurations: keysOf(listeners).map((key) => listenerOf(key, listeners)) }),
      ...(keysOf(all).length === 0 ? {} : { loadBalancerAttributes: pairsOf(all) }),
    };
  },
};

const IDLE_TIMEOUT = 'idle_timeout.timeout_seconds';

function listenerOf(protocolPort: string, listeners: Json | undefined): JsonObject {
  const listener = member(listeners, protocolPort);
  const { attributes, sslPolicies, ...rest } = isObject(listener) ? listener : {};
  const policy = strictest(keysOf(sslPolicies));
  return {
    protocolPort,
    ...(policy === null ? {} : { sslPolicy: policy }),
    ...rest,
    ...(keysOf(attributes).length === 0 ? {} : { listenerAttributes: pairsOf(attributes) }),
  };
}

/** Of a Service: the target groups that routes to it get. `routes` has what single routes want instead, by `namespace/name`. */
export const targetGroupConfiguration: PolicyKind = {
  apiVersion,
  kind: 'TargetGroupConfiguration',
  role: 'routes',
  write: (spec, [service]: readonly PolicyTarget[]) => ({
    targetReference: { name: service?.name ?? '' },
    defaultConfiguration: targetGroup(spec),
  }),
  perRoute: (specs, [service]: readonly PolicyTarget[]) => ({
    targetReference: { name: service?.name ?? '' },
    routeConfigurations: specs.map(({ route, spec }) => ({
      routeIdentifier: { kind: route.kind, namespace: route.namespace, name: route.name },
      targetGroupProps: targetGroup(spec),
    })),
  }),
};

function targetGroup({ attributes, ...spec }: JsonObject): JsonObject {
  return { ...spec, ...(keysOf(attributes).length === 0 ? {} : { targetGroupAttributes: pairsOf(attributes) }) };
}

/** At most one a rule, so all fragments of a rule have the same name. */
export const listenerRuleConfiguration: PolicyKind = { apiVersion, kind: 'ListenerRuleConfiguration', role: 'routes', write: asWritten };

function keysOf(map: Json | undefined): readonly string[] {
  return isObject(map) ? Object.keys(map).sort(compareText) : [];
}

function pairsOf(map: Json | undefined): readonly JsonObject[] {
  return keysOf(map).map((key) => ({ key, value: member(map, key) ?? '' }));
}
