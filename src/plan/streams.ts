import { apiVersionOf } from '../gateway/fields.ts';
import type { Release } from '../gateway/release.ts';
import type { TCPRoute, UDPRoute } from '../gateway/types.ts';
import type { Finding } from '../ledger/finding.ts';
import { comparePositions, placeText } from '../model/position.ts';
import type { RoutingTable, Stream } from '../route/table.ts';
import type { Dialect } from '../targets/dialect.ts';
import { backendProblem } from './backends.ts';
import { converted, type Statement } from './draft.ts';
import { planFindings } from './findings.ts';
import { type GatewayPlan, parentRef } from './gateways.ts';
import type { ListenerDraft } from './listeners.ts';
import type { PlannedObject } from './plan.ts';
import type { Placed } from './settle.ts';

/** A TCP or UDP port of a load balancer: a listener of its own with a route, or the reason why not. */
export interface StreamPlan {
  readonly stream: Stream;
  /** Unique over the run. */
  readonly identity: string;
  readonly problem: Finding | null;
  readonly release: Release;
}

/** `gateway`: `namespace/name`. */
export function planStreams(table: RoutingTable, gateway: string, release: Release, dialect: Dialect | undefined): readonly StreamPlan[] {
  const taken = new Set(table.hosts.flatMap(({ ports }) => ports.map(({ port }) => port)));
  return (table.streams ?? []).map((stream) => ({
    stream,
    identity: `${gateway}|${stream.protocol}|${stream.port}`,
    problem: problemOf(stream, taken, release, dialect),
    release,
  }));
}

function problemOf(
  { protocol, port, backend }: Stream,
  taken: ReadonlySet<number>,
  release: Release,
  dialect: Dialect | undefined,
): Finding | null {
  const [entry] = [...backend.entries].sort((a, b) => comparePositions(a.at, b.at));
  const place = { at: entry?.at ?? null, ingress: null };
  if (dialect?.streams === false)
    return planFindings.stream({ protocol, port, why: 'the load balancers of this target speak HTTP alone' }, place);
  if (apiVersionOf(release, kindOf(protocol)) === null)
    return planFindings.stream(
      { protocol, port, why: `${kindOf(protocol)} is not in the chosen release and channel of Gateway API` },
      place,
    );
  // UDP has ports of its own.
  if (protocol === 'TCP' && taken.has(port))
    return planFindings.stream({ protocol, port, why: 'HTTP is served on the same port of the Gateway' }, place);
  return backendProblem([backend], place);
}

function kindOf(protocol: Stream['protocol']): 'TCPRoute' | 'UDPRoute' {
  return protocol === 'TCP' ? 'TCPRoute' : 'UDPRoute';
}

export function streamListener({ stream, problem }: StreamPlan): readonly ListenerDraft[] {
  return problem === null ? [{ ...listenerOf(stream), certificates: [], namespaces: [stream.backend.namespace] }] : [];
}

function listenerOf({ protocol, port }: Stream): Pick<ListenerDraft, 'host' | 'scheme' | 'port'> {
  return { host: '', scheme: protocol === 'TCP' ? 'tcp' : 'udp', port };
}

/** Identity and wanted name of its route, as of other routes. */
export function streamName({ stream: { protocol, port, backend }, identity }: StreamPlan): [identity: string, wanted: string] {
  return [identity, `${backend.namespace}/${backend.service}-${protocol.toLowerCase()}-${port}`];
}

/** The route stands beside its Service, so that nothing has to be granted. */
export function writeStream(
  { stream, identity, problem, release }: StreamPlan,
  names: ReadonlyMap<string, string>,
  plan: GatewayPlan,
): { readonly objects: readonly PlannedObject[]; readonly placed: readonly Placed[] } {
  const { protocol, backend } = stream;
  const { namespace, service, port, entries } = backend;
  if (problem !== null || port === null) {
    const outcome = problem?.code === planFindings.stream.code ? 'unmapped' : 'manual';
    const statement: Statement = { entries, outcome, finding: problem, field: null };
    return { objects: [], placed: [{ statement, object: null, base: '' }] };
  }
  const kind = kindOf(protocol);
  const metadata = { name: names.get(identity) ?? service, namespace };
  const spec = {
    parentRefs: [parentRef(plan, namespace, listenerOf(stream))],
    rules: [{ backendRefs: [{ name: service, port }] }],
  };
  const [entry] = entries;
  const notes = entry === undefined ? [] : [`from ${placeText(entry.at, 'line')} ${entry.key}`];
  const object = { ...head(kind, release), metadata, spec };
  return {
    objects: [{ object, role: 'routes', origin: [], notes }],
    placed: [{ statement: converted(entries, '.backendRefs[0]'), object: { kind, ...metadata }, base: 'spec.rules[0]' }],
  };
}

function head(
  kind: 'TCPRoute' | 'UDPRoute',
  release: Release,
): Pick<TCPRoute, 'apiVersion' | 'kind'> | Pick<UDPRoute, 'apiVersion' | 'kind'> {
  const latest = 'gateway.networking.k8s.io/v1';
  return kind === 'TCPRoute'
    ? { apiVersion: apiVersionOf(release, kind) ?? latest, kind }
    : { apiVersion: apiVersionOf(release, kind) ?? latest, kind };
}
