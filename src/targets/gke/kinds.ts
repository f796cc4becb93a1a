import { isObject, type Json, type JsonObject, member } from '../../model/json.ts';
import type { Backend } from '../../route/table.ts';
import type { RuleParts } from '../contract.ts';
import { asWritten, type PolicyKind, type PolicyPart, type PolicyTarget, withTargetRef, withTargetRefs } from '../policy.ts';

export const GROUP = 'networking.gke.io';

const apiVersion = `${GROUP}/v1`;

/** Everything is logged without a policy; in one, the field's default is off. */
const LOGGED: JsonObject = { enabled: true, sampleRate: 1_000_000 };

export const backendPolicy: PolicyKind = {
  apiVersion,
  kind: 'GCPBackendPolicy',
  role: 'routes',
  write(spec: JsonObject, holdsFor: readonly PolicyTarget[]): JsonObject {
    const settings = member(spec, 'default');
    return withTargetRef(
      { default: { ...(isObject(settings) ? settings : {}), logging: member(settings, 'logging') ?? LOGGED } },
      holdsFor,
    );
  },
};

export const healthCheckPolicy: PolicyKind = {
  apiVersion,
  kind: 'HealthCheckPolicy',
  role: 'routes',
  // Checks that two Ingresses want differently were merged member by member: of what excludes each other the first counts.
  write: (spec, holdsFor) => withTargetRef({ default: consistent(member(spec, 'default')) }, holdsFor),
};

function consistent(settings: Json | undefined): JsonObject {
  if (!isObject(settings)) return {};
  const config = member(settings, 'config');
  const type = member(config, 'type');
  const name = `${String(type).toLowerCase()}HealthCheck`;
  const check = member(config, name);
  const serving = member(check, 'portSpecification') === 'USE_SERVING_PORT';
  const kept = isObject(check) ? Object.fromEntries(Object.entries(check).filter(([key]) => !(serving && key === 'port'))) : {};
  return { ...settings, config: { type: type ?? 'HTTP', [name]: kept } };
}

export const gatewayPolicy: PolicyKind = { apiVersion, kind: 'GCPGatewayPolicy', role: 'gateways', write: withTargetRef };

export const trafficPolicy: PolicyKind = { apiVersion, kind: 'GCPTrafficDistributionPolicy', role: 'routes', write: withTargetRefs };

export const httpFilter: PolicyKind = { apiVersion, kind: 'GCPHTTPFilter', role: 'routes', write: asWritten };

/** A setting of the backend service of each backend. */
export function onBackends(policy: PolicyKind, backends: readonly Backend[], settings: JsonObject): RuleParts {
  return { policies: backends.flatMap((backend) => onBackend(policy, backend, settings)) };
}

export function onBackend(policy: PolicyKind, { namespace, service, port }: Backend, settings: JsonObject): readonly PolicyPart[] {
  return port === null ? [] : [{ policy, on: { to: 'service', namespace, service, port }, spec: { default: settings } }];
}
