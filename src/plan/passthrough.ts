import { apiVersionOf } from '../gateway/fields.ts';
import type { Release } from '../gateway/release.ts';
import type { ParentRef, TLSRoute } from '../gateway/types.ts';
import type { Finding } from '../ledger/finding.ts';
import type { HostTable } from '../route/table.ts';
import type { Dialect } from '../targets/dialect.ts';
import { backendProblem } from './backends.ts';
import { converted, type Statement } from './draft.ts';
import { planFindings } from './findings.ts';
import type { HostPlan } from './host-plan.ts';
import { hostSlug } from './names.ts';
import { placeOf } from './places.ts';
import type { PlannedObject } from './plan.ts';
import type { Placed } from './settle.ts';

/** TLS of such a host never meets its rules. */
export function withoutTls(table: HostTable): HostTable {
  return table.passthrough === null ? table : { ...table, ports: table.ports.filter((port) => port.scheme !== 'https') };
}

/** Whether TLS of the host goes to its backend undecrypted, and a TLSRoute can say so. */
export function isPassedThrough(table: HostTable, release: Release, dialect: Dialect | undefined): boolean {
  return table.passthrough !== null && problemOf(table, release, dialect) === null;
}

function problemOf(table: HostTable, release: Release, dialect: Dialect | undefined): Finding | null {
  if (table.passthrough === null) return null;
  const place = { at: table.passthrough.entries[0]?.at ?? table.owner?.at ?? null, ingress: table.owner, host: table.host };
  if (dialect?.passthrough === false) {
    const why = dialect.whyNot?.passthrough ?? 'this target terminates TLS itself';
    return planFindings['passthrough-unsupported']({ host: table.host || 'any host', why }, place);
  }
  if (apiVersionOf(release, 'TLSRoute') === null || table.host === '')
    return planFindings.passthrough({ host: table.host || 'any host' }, place);
  return backendProblem([table.passthrough], place);
}

/** Identity and wanted name of the TLSRoute, as of other routes. */
export function passthroughName({ table }: HostPlan, gateway: string): readonly [identity: string, wanted: string] | null {
  const backend = table.passthrough;
  return backend === null ? null : [`${gateway}|tls|${table.host}`, `${backend.namespace}/${backend.service}-${hostSlug(table.host)}-tls`];
}

/** The TLSRoute of a host whose TLS is passed through, and what became of the entries behind it. */
export function passthroughRoute(
  host: HostPlan,
  name: string,
  parentRef: (namespace: string) => ParentRef,
  { release, dialect }: { readonly release: Release; readonly dialect: Dialect | undefined },
): { readonly objects: readonly PlannedObject[]; readonly placed: readonly Placed[] } {
  const { passthrough: backend, host: hostname, owner } = host.table;
  const apiVersion = apiVersionOf(release, 'TLSRoute');
  if (backend === null) return { objects: [], placed: [] };
  const problem = problemOf(host.table, release, dialect);
  if (problem !== null || apiVersion === null || backend.port === null) {
    const finding = problem ?? planFindings.passthrough({ host: hostname }, placeOf(host));
    const outcome = LACKING.includes(finding.code) ? 'unmapped' : 'manual';
    const statement: Statement = { entries: backend.entries, outcome, finding, field: null };
    return { objects: [], placed: [{ statement, object: null, base: '' }] };
  }
  const route: TLSRoute = {
    apiVersion,
    kind: 'TLSRoute',
    metadata: { name, namespace: backend.namespace },
    spec: {
      parentRefs: [parentRef(backend.namespace)],
      hostnames: [hostname],
      rules: [{ backendRefs: [{ name: backend.service, port: backend.port }] }],
    },
  };
  const statement = converted(backend.entries, '.backendRefs[0]');
  return {
    objects: [{ object: route, role: 'routes', origin: owner === null ? [] : [owner], notes: [] }],
    placed: [{ statement, object: { kind: 'TLSRoute', namespace: backend.namespace, name }, base: 'spec.rules[0]' }],
  };
}

/** The target or the release has no such thing. */
const LACKING: readonly string[] = [planFindings.passthrough.code, planFindings['passthrough-unsupported'].code];
