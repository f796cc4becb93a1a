import { isObject, type JsonObject } from '../../model/json.ts';
import type { LoweringContext, RuleParts } from '../contract.ts';
import { forwardedBackends } from '../envoy/forwarded-backends.ts';
import { asWritten, type PolicyKind, type PolicyReference, withTargetRefs } from '../policy.ts';

const apiVersion = 'gateway.kgateway.dev/v1alpha1';

export const GROUP = 'gateway.kgateway.dev';

export const KGATEWAY = { name: 'kgateway', title: 'kgateway' } as const;

export const trafficPolicy: PolicyKind = { apiVersion, kind: 'TrafficPolicy', role: 'routes', write: withTargetRefs };

/** Of a Service, whichever route sends to it. */
export const backendConfigPolicy: PolicyKind = {
  apiVersion,
  kind: 'BackendConfigPolicy',
  role: 'routes',
  write: (spec, holdsFor) => withTargetRefs(withOneBalancer(spec), holdsFor),
};

export const listenerPolicy: PolicyKind = { apiVersion, kind: 'ListenerPolicy', role: 'gateways', write: withTargetRefs };

export const directResponse: PolicyKind = { apiVersion, kind: 'DirectResponse', role: 'routes', write: asWritten };

/** Of the route of the rule. */
export function traffic(spec: JsonObject): RuleParts {
  return { policies: [{ policy: trafficPolicy, on: { to: 'route' }, spec }] };
}

/** Of each Service that the rule sends to. */
export function backends(spec: JsonObject, context: LoweringContext): RuleParts {
  return {
    policies: forwardedBackends(context).map(({ namespace, service }) => ({
      policy: backendConfigPolicy,
      on: { to: 'service', namespace, service },
      spec,
    })),
  };
}

/** Of the host's listeners with TLS. */
export function listener(spec: JsonObject, references: readonly PolicyReference[] = []): RuleParts {
  return { policies: [{ policy: listenerPolicy, on: { to: 'listener', schemes: ['https'] }, spec: { default: spec }, references }] };
}

/** A Service has one way to choose endpoints and one thing to hash: the first that is asked for, rings before others. */
function withOneBalancer(spec: JsonObject): JsonObject {
  const { loadBalancer } = spec;
  if (!isObject(loadBalancer)) return spec;
  const { ringHash } = loadBalancer;
  const [first] = Object.entries(loadBalancer);
  if (!isObject(ringHash)) return first === undefined ? spec : { ...spec, loadBalancer: Object.fromEntries([first]) };
  const policies = ringHash['hashPolicies'];
  const hashPolicies = Array.isArray(policies) ? policies.slice(0, 1) : [];
  return { ...spec, loadBalancer: { ringHash: { hashPolicies } } };
}
