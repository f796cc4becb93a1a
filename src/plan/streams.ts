import { apiVersionOf } from '../gateway/fields.ts';
import type { GatewayApiVersion, Release } from '../gateway/release.ts';
import type { TCPRoute, UDPRoute } from '../gateway/types.ts';
import type { Finding } from '../ledger/finding.ts';
import { comparePositions, compareText, placeText } from '../model/position.ts';
import type { RoutingTable, Stream } from '../route/table.ts';
import type { Target } from '../targets/contract.ts';
import type { StreamPolicy } from '../targets/dialect.ts';
import type { PolicyTarget } from '../targets/policy.ts';
import { backendProblem } from './backends.ts';
import { converted, type Statement } from './draft.ts';
import { planFindings } from './findings.ts';
import { type GatewayPlan, parentRef } from './gateways.ts';
import type { ListenerDraft } from './listeners.ts';
import type { PlannedObject } from './plan.ts';
import { policyObject } from './policies.ts';
import type { Placed } from './settle.ts';
import { streamSources } from './stream-sources.ts';

/** A TCP or UDP port of a load balancer: a listener of its own with a route, or the reason why not. */
export interface StreamPlan {
  readonly stream: Stream;
  /** Unique over the run. */
  readonly identity: string;
  readonly problem: { readonly finding: Finding; readonly outcome: 'unmapped' | 'manual' } | null;
  /** What holds for its route, and what became of the list of addresses that it stands for. */
  readonly policy: StreamPolicy | null;
  readonly sources: readonly Statement[];
  readonly release: Release;
}

interface StreamContext {
  readonly release: Release;
  readonly target: Target;
  readonly onSecurityLoss: 'withhold' | 'emit';
}

/** `gateway`: `namespace/name`. */
export function planStreams(table: RoutingTable, gateway: string, context: StreamContext): readonly StreamPlan[] {
  const taken = new Set([
    ...table.hosts.flatMap(({ ports }) => ports.map(({ port }) => port)),
    ...(table.hosts.some(({ passthrough }) => passthrough !== null) ? [443] : []),
  ]);
  const streams = table.streams ?? [];
  return streams.map((stream): StreamPlan => {
    const { protocol, port, backend, loadBalancer } = stream;
    const found = problemOf(stream, streams, taken, context);
    const sources = found === null ? streamSources(stream, context) : { policy: null, statements: [], problem: null };
    const problem = found ?? (sources.problem === null ? null : { finding: sources.problem, outcome: 'unmapped' as const });
    // Services may ask for the same port: each has a plan, all but none of them a listener.
    const own = loadBalancer === undefined ? '' : `|${backend.namespace}/${backend.service}`;
    return {
      stream,
      identity: `${gateway}|${protocol}|${port}${own}`,
      problem,
      policy: sources.policy,
      sources: sources.statements,
      release: context.release,
    };
  });
}

function problemOf(
  stream: Stream,
  all: readonly Stream[],
  taken: ReadonlySet<number>,
  { release, target }: StreamContext,
): StreamPlan['problem'] {
  const { protocol, port, backend, loadBalancer } = stream;
  const [entry] = loadBalancer === undefined ? [...backend.entries].sort((a, b) => comparePositions(a.at, b.at)) : backend.entries;
  const place = { at: entry?.at ?? null, ingress: null };
  const service = serviceOf(stream);
  const told = (why: string) =>
    loadBalancer === undefined
      ? planFindings.stream({ protocol, port, why }, place)
      : planFindings['load-balancer-port']({ protocol, port, service, why }, place);
  const lacking = (why: string) => ({ finding: told(why), outcome: 'unmapped' as const });
  const { streams: served, whyNot } = target.dialect ?? {};
  if (served === false) return lacking(whyNot?.streams ?? 'the load balancers of this target speak HTTP alone');
  if (served !== undefined && served !== protocol) return lacking(whyNot?.streams ?? `this target has no ${kindOf(protocol)}`);
  if (apiVersionOf(release, kindOf(protocol)) === null)
    return lacking(`${kindOf(protocol)} is not in the chosen release and channel of Gateway API`);
  // Before 1.6 they were v1alpha2 alone, which CRDs of the standard channel do not serve.
  const built = builtFor(target);
  if (release.channel === 'standard' && built !== null && built !== '1.6')
    return lacking(`${target.title} reads ${kindOf(protocol)}s as v1alpha2, which only the experimental channel serves`);
  // UDP has ports of its own.
  if (protocol === 'TCP' && taken.has(port)) {
    const why = 'HTTP is served on the same port of the Gateway';
    return loadBalancer === undefined ? lacking(why) : { finding: told(why), outcome: 'manual' };
  }
  const others = all.filter((other) => other !== stream && other.protocol === protocol && other.port === port);
  // What the controller serves has the port today already; of several Services none has more right to it than another.
  if (loadBalancer !== undefined && others.length > 0) {
    const names = others
      .map((other) => (other.loadBalancer === undefined ? `ingress-nginx for ${serviceOf(other)}` : serviceOf(other)))
      .sort(compareText);
    return { finding: told(`the same port of the shared Gateway is asked for by ${[...new Set(names)].join(', ')}`), outcome: 'manual' };
  }
  const finding = backendProblem([backend], place);
  return finding === null ? null : { finding, outcome: 'manual' };
}

/** The newest Gateway API that the target's version knows; null for a target without versions. */
function builtFor({ version, versions }: Target): GatewayApiVersion | null {
  const own = versions?.known.find((each) => each.version === version) ?? versions?.known[0];
  return own?.gatewayApi ?? null;
}

function serviceOf({ backend }: Stream): string {
  return `${backend.namespace}/${backend.service}`;
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

/** Said once of each Service that has a port on the Gateway from now on. */
export function streamNotes(plans: readonly StreamPlan[], { dialect }: Target): readonly Finding[] {
  const first = plans.find(({ problem }) => problem === null);
  const needs = dialect?.streamsNeed;
  const [at] = first?.stream.backend.entries ?? [];
  return [
    ...(first === undefined || needs === undefined ? [] : [planFindings['stream-needs']({ needs }, { at: at?.at ?? null })]),
    ...stayingServices(plans),
  ];
}

function stayingServices(plans: readonly StreamPlan[]): readonly Finding[] {
  const written = plans.filter(({ problem, stream }) => problem === null && stream.loadBalancer !== undefined);
  return [...new Set(written.map(({ stream }) => serviceOf(stream)))].map((service) => {
    const own = written.filter(({ stream }) => serviceOf(stream) === service).map(({ stream }) => stream);
    const ports = own.map(({ protocol, port }) => `${protocol} port ${port}`).join(', ');
    const [entry] = own.flatMap(({ backend }) => backend.entries);
    return planFindings['load-balancer-stays']({ service, ports }, { at: entry?.at ?? null });
  });
}

/** The route stands beside its Service, so that nothing has to be granted. */
export function writeStream(
  { stream, identity, problem, release, policy, sources }: StreamPlan,
  names: ReadonlyMap<string, string>,
  plan: GatewayPlan,
): { readonly objects: readonly PlannedObject[]; readonly placed: readonly Placed[] } {
  const { protocol, backend, loadBalancer } = stream;
  const { namespace, service, port, entries } = backend;
  if (problem !== null || port === null) {
    const finding = problem?.finding ?? null;
    const all = [...entries, ...(loadBalancer?.entries ?? [])];
    const statement: Statement = { entries: all, outcome: problem?.outcome ?? 'manual', finding, field: null };
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
  const target = { group: 'gateway.networking.k8s.io', kind, name: metadata.name };
  const guards = policy === null ? [] : [guardOf(policy, stream, { metadata, target }, plan)];
  return {
    objects: [
      { object, role: 'routes', origin: [], notes },
      ...guards.map((guard): PlannedObject => ({ object: guard, role: policy?.policy.role ?? 'routes', origin: [], notes: [] })),
    ],
    placed: [
      { statement: converted(entries, '.backendRefs[0]'), object: { kind, ...metadata }, base: 'spec.rules[0]' },
      ...sources.map(
        (statement): Placed => ({
          statement,
          object: guards[0] === undefined ? null : { kind: guards[0].kind, namespace, ...guards[0].metadata },
          base: 'spec',
        }),
      ),
    ],
  };
}

/** Beside the route, or beside the Gateway where it holds for a port of that. */
function guardOf(
  { policy, spec, on = 'route' }: StreamPolicy,
  stream: Stream,
  route: { readonly metadata: { readonly name: string; readonly namespace: string }; readonly target: PolicyTarget },
  plan: GatewayPlan,
) {
  if (on === 'route') return policyObject(policy, route.metadata, spec, [route.target]);
  const gateway = plan.homeOf(listenerOf(stream));
  const metadata = { name: `${gateway}-${stream.protocol.toLowerCase()}-${stream.port}`, namespace: plan.namespace };
  return policyObject(policy, metadata, spec, [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: gateway }]);
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
