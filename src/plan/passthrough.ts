import { apiVersionOf } from '../gateway/fields.ts';
import { LIMITS } from '../gateway/limits.ts';
import type { ParentRef, TLSRoute } from '../gateway/types.ts';
import type { Finding } from '../ledger/finding.ts';
import { converted } from './draft.ts';
import { planFindings } from './findings.ts';
import type { HostPlan } from './host-plan.ts';
import type { PlanInput } from './input.ts';
import { listenerName } from './listeners.ts';
import { fit } from './names.ts';
import type { PlannedObject } from './plan.ts';
import { placeOf } from './route-group.ts';
import type { Placed } from './settle.ts';

/** The TLSRoute of a host whose TLS goes to its backend undecrypted; null when it is terminated. */
export function passthroughRoute(
  host: HostPlan,
  input: PlanInput,
  parent: (namespace: string) => Pick<ParentRef, 'name' | 'namespace'>,
  hostNames: ReadonlyMap<string, string>,
): { objects: readonly PlannedObject[]; placed: readonly Placed[]; findings: readonly Finding[] } | null {
  const backend = host.table.passthrough;
  if (backend === null) return null;
  if (backend.port === null) {
    const args = {
      service: `${backend.namespace}/${backend.service}`,
      port: backend.written,
      why: 'the Service is not in the input or has no such port',
    };
    const finding = planFindings['backend-unresolved'](args, placeOf(host));
    return {
      objects: [],
      placed: [{ statement: { entries: backend.entries, outcome: 'manual', finding, field: null }, object: null, base: '' }],
      findings: [],
    };
  }
  const apiVersion = apiVersionOf(input.options.release, 'TLSRoute');
  if (apiVersion === null) {
    const finding = planFindings.passthrough({ host: host.table.host }, placeOf(host));
    return {
      objects: [],
      placed: [{ statement: { entries: backend.entries, outcome: 'unmapped', finding, field: null }, object: null, base: '' }],
      findings: [],
    };
  }
  const name = fit(`${backend.service}-${hostNames.get(host.table.host) ?? 'any-host'}-tls`, LIMITS.name);
  const route: TLSRoute = {
    apiVersion,
    kind: 'TLSRoute',
    metadata: { name, namespace: backend.namespace },
    spec: {
      parentRefs: [
        { ...parent(backend.namespace), sectionName: listenerName({ host: host.table.host, scheme: 'tls', port: 443 }, hostNames) },
      ],
      hostnames: [host.table.host],
      rules: [{ backendRefs: [{ name: backend.service, port: backend.port }] }],
    },
  };
  const origin = host.table.owner === null ? [] : [host.table.owner];
  return {
    objects: [{ object: route, role: 'routes', origin, notes: [] }],
    placed: [
      {
        statement: converted(backend.entries, '.backendRefs[0]'),
        object: { kind: 'TLSRoute', namespace: backend.namespace, name },
        base: 'spec.rules[0]',
      },
    ],
    findings: [],
  };
}
