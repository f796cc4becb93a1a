import type { JsonObject } from '../../model/json.ts';
import { asWritten, type PolicyKind, type PolicyPart, withTargetRef, withTargetRefs } from '../policy.ts';

export const GROUP = 'gateway.nginx.org';

const apiVersion = `${GROUP}/v1alpha1`;

export const authenticationFilter: PolicyKind = { apiVersion, kind: 'AuthenticationFilter', role: 'routes', write: asWritten };

/** One target. */
const clientSettings: PolicyKind = { apiVersion, kind: 'ClientSettingsPolicy', role: 'routes', write: withTargetRef };

const proxySettings: PolicyKind = { apiVersion, kind: 'ProxySettingsPolicy', role: 'routes', write: withTargetRefs };

/** Routes inherit from it what they do not say themselves. */
const proxyDefaults: PolicyKind = { ...proxySettings, role: 'gateways' };

const rateLimits: PolicyKind = { apiVersion, kind: 'RateLimitPolicy', role: 'routes', write: withTargetRefs };

const upstreamSettings: PolicyKind = { apiVersion, kind: 'UpstreamSettingsPolicy', role: 'routes', write: withTargetRefs };

const observability: PolicyKind = {
  apiVersion: `${GROUP}/v1alpha2`,
  kind: 'ObservabilityPolicy',
  role: 'routes',
  write: withTargetRefs,
};

const nginxProxy: PolicyKind = { apiVersion: `${GROUP}/v1alpha2`, kind: 'NginxProxy', role: 'infrastructure', write: asWritten };

/** Policies hold for whole routes: rules that differ in one stand in routes of their own. */
const ROUTE_POLICIES = { client: clientSettings, proxy: proxySettings, rate: rateLimits, tracing: observability } as const;

export function routePart(policy: keyof typeof ROUTE_POLICIES, spec: JsonObject): PolicyPart {
  return { policy: ROUTE_POLICIES[policy], on: { to: 'route' }, spec };
}

export function upstreamPart(service: { readonly namespace: string; readonly service: string }, spec: JsonObject): PolicyPart {
  return { policy: upstreamSettings, on: { to: 'service', namespace: service.namespace, service: service.service }, spec };
}

export function gatewayDefaults(spec: JsonObject): PolicyPart {
  return { policy: proxyDefaults, on: { to: 'gateway', as: 'target' }, spec };
}

export function parametersPart(spec: JsonObject): PolicyPart {
  return { policy: nginxProxy, on: { to: 'gateway', as: 'parameters' }, spec };
}
