import { GATEWAY_API_GROUP } from '../gateway/fields.ts';
import type { Finding } from '../ledger/finding.ts';
import type { Settlement } from '../ledger/outcome.ts';
import type { Entry, IngressRef } from '../model/entry.ts';
import { groupBy } from '../model/group-by.ts';
import { compareText } from '../model/position.ts';
import type { HostTable, RoutingTable } from '../route/table.ts';
import type { GatewayPart } from '../targets/contract.ts';
import { routesAcrossHosts } from './across-hosts.ts';
import { backendObjects } from './backend-objects.ts';
import { type Certificates, planCertificates } from './certificates.ts';
import { coveringGroups } from './covered-hosts.ts';
import type { DraftRule } from './draft.ts';
import { pathText } from './entries.ts';
import { planFindings } from './findings.ts';
import { folded } from './folding.ts';
import { gatewayPart } from './gateway-parts.ts';
import { writeGatewayPolicies } from './gateway-policies.ts';
import { chosenClass, type GatewayPlan, parentRef, planGateways, writeGateways } from './gateways.ts';
import { hasListenerSets, isGateway, isGoverned } from './governed.ts';
import type { CrossReference } from './grants.ts';
import { withGrpcRoutes } from './grpc-routes.ts';
import { type HostPlan, planHost } from './host-plan.ts';
import { hostGroups, unrouted } from './host-routes.ts';
import { hostNotes } from './host-statements.ts';
import type { GatewayName, PlanInput } from './input.ts';
import { type ListenerDraft, listenersOf } from './listeners.ts';
import { planLoadBalancer } from './load-balancer.ts';
import { passthroughName, passthroughRoute, withoutTls } from './passthrough.ts';
import type { PlannedObject, WithheldRule } from './plan.ts';
import { extensionFilters } from './policies.ts';
import { orderFindings } from './precedence.ts';
import { dividedByPorts, type RouteGroup, routeGroups } from './route-group.ts';
import { sealHosts } from './sealing.ts';
import { secretsOf, type WantedSecret } from './secret-copies.ts';
import type { ServiceUser } from './service-policies.ts';
import { type Placed, settle } from './settle.ts';
import { planStreams, type StreamPlan, streamListener, streamName, streamNotes, writeStream } from './streams.ts';
import { withholdBroaderHosts, withholdWildcards } from './wildcards.ts';
import { writeGroup } from './write-group.ts';

export interface TablePlan {
  readonly gateway: GatewayName;
  /** Route identity → `namespace/name`, to be made unique over all tables. */
  readonly wantedNames: ReadonlyMap<string, string>;
  /** Every rule that is written, for the copies of the Services they send to. */
  readonly drafts: readonly DraftRule[];
  readonly write: (names: ReadonlyMap<string, string>) => WrittenTable;
}

export interface WrittenTable {
  readonly objects: readonly PlannedObject[];
  readonly references: readonly CrossReference[];
  readonly settled: readonly Settlement[];
  readonly findings: readonly Finding[];
  readonly withheld: readonly WithheldRule[];
  readonly secrets: readonly WantedSecret[];
  /** Every rule that was written, for the policies of the Services they send to. */
  readonly users: readonly ServiceUser[];
}

interface Surroundings {
  /** Names of all Gateways of the same namespace. */
  readonly taken: ReadonlySet<string>;
  /** Unique over the run. */
  readonly nameOf: (ingress: IngressRef) => string;
  /** Hosts that were taken out of the table because the implementation takes none such. */
  readonly refused: readonly HostTable[];
}

export function planTable(
  table: RoutingTable,
  gateway: GatewayName,
  { taken, nameOf, refused }: Surroundings,
  input: PlanInput,
): TablePlan {
  const { target, estate, options } = input;
  const gatewayClass = chosenClass(table, input);
  const common = { target, estate, table, gatewayClass, release: options.release, onSecurityLoss: options.onSecurityLoss };
  const sorted = [...table.hosts].sort((a, b) => Number(a.host === '') - Number(b.host === '') || compareText(a.host, b.host));
  const { onSecurityLoss } = options;
  const alone = sorted.map((host) => planHost(withoutTls(host), common));
  const planned = withholdBroaderHosts(withholdWildcards(alone, onSecurityLoss, target.dialect), refused, {
    onSecurityLoss,
    dialect: target.dialect,
  });
  const certificates = planCertificates(planned, table, { ...input, gatewayClass });
  const part = gatewayPart(planned);
  const reading = { release: options.release, dialect: target.dialect };
  const grpc = withGrpcRoutes(sealHosts(planned, certificates, reading), target);
  const { hosts } = grpc;
  const label = `${gateway.namespace}/${gateway.name}`;
  const named = (ingress: IngressRef) => `${label}|${nameOf(ingress)}`;
  const { dialect } = target;
  const across = routesAcrossHosts(hosts, certificates, named, target.rankAcrossHosts);
  const whole =
    dialect?.routes === 'host'
      ? hosts.flatMap((host) => hostGroups(host, certificates, named, dialect))
      : [
          ...coveringGroups(
            hosts.flatMap((host) => routeGroups(host, certificates, named)),
            dialect,
          ),
          ...across.groups,
        ];
  const groups = whole.flatMap(dividedByPorts);
  const wanted = groups.map(({ identity, ingress, wanted: name }): [string, string] => [identity, `${ingress.namespace}/${name}`]);
  const tls = hosts.flatMap((host) => {
    const name = passthroughName(host, label);
    return name === null ? [] : [name];
  });
  const streams = planStreams(table, label, { release: options.release, target, onSecurityLoss: options.onSecurityLoss });
  return {
    gateway,
    wantedNames: new Map([
      ...wanted,
      ...tls,
      ...groups.flatMap(objectNames),
      ...streams.filter(({ problem }) => problem === null).map(streamName),
    ]),
    drafts: groups.flatMap(({ rules }) => rules.map(({ answer }) => answer)),
    write: (names) => {
      const ofHost = groupBy(groups, ({ host }) => host);
      const listeners = new Map(hosts.map((host) => [host, listenersOf(host, certificates, ofHost.get(host) ?? [], reading)]));
      const folding = folded(perHost(listeners), hosts, gateway, input);
      const drafts = [...folding.perHost, ...streams.map(streamListener)];
      const written = (room: number | null) => {
        const planning = { taken, dialect, part, wildcardOf: folding.wildcardOf, ...(room === null ? {} : { room }) };
        return writeTable({
          table,
          gateway,
          hosts,
          certificates,
          groups,
          found: [...across.findings, ...folding.findings, ...grpc.findings],
          listeners,
          plan: planGateways(gateway, drafts, planning),
          streams,
          names,
          part,
          input,
        });
      };
      if (options.listeners !== 'listenerset' || !hasListenerSets(options.release, dialect)) return written(null);
      // One Gateway, as ListenerSets take what it has no room for, unless its listeners have to stay on it.
      const onOne = written(Number.POSITIVE_INFINITY);
      return onOne.objects.some(({ object }) => isGateway(object) && isGoverned(object, onOne.objects)) ? written(null) : onOne;
    },
  };
}

function objectNames({ rules }: RouteGroup): readonly [string, string][] {
  return rules.flatMap(({ answer }): readonly [string, string][] => [
    ...extensionFilters(answer).map(({ identity, wanted }): [string, string] => [identity, `${answer.ingress.namespace}/${wanted}`]),
    ...backendObjects(answer).map(({ identity, wanted, backend }): [string, string] => [identity, `${backend.namespace}/${wanted}`]),
  ]);
}

/** The listeners of a host, whatever the part it stands in. */
function perHost(listeners: ReadonlyMap<HostPlan, readonly ListenerDraft[]>): readonly (readonly ListenerDraft[])[] {
  const byHost = new Map<string, readonly ListenerDraft[]>();
  for (const [{ table }, drafts] of listeners) byHost.set(table.host, [...(byHost.get(table.host) ?? []), ...drafts]);
  return [...byHost.values()];
}

interface TableInput {
  readonly table: RoutingTable;
  readonly gateway: GatewayName;
  readonly hosts: readonly HostPlan[];
  readonly certificates: Certificates;
  readonly groups: readonly RouteGroup[];
  /** Of rules that compete with those of other hosts, and of those that speak gRPC. */
  readonly found: readonly Finding[];
  readonly listeners: ReadonlyMap<HostPlan, readonly ListenerDraft[]>;
  readonly plan: GatewayPlan;
  readonly streams: readonly StreamPlan[];
  readonly names: ReadonlyMap<string, string>;
  readonly part: GatewayPart;
  readonly input: PlanInput;
}

function writeTable({
  table,
  gateway,
  hosts,
  certificates,
  groups,
  found,
  listeners,
  plan,
  streams,
  names,
  part,
  input,
}: TableInput): WrittenTable {
  const { dialect } = input.target;
  const notes = hosts.map((host) => hostNotes(host, listeners.get(host) ?? [], certificates, plan));
  const loadBalancer = planLoadBalancer(table, gateway, plan, input);
  const metadata = groupBy(
    input.metadata.filter(({ on }) => on === 'route'),
    ({ ingress }) => ingress,
  );
  const annotations = loadBalancer.routeAnnotations;
  const routes = groups.map((group) => writeGroup(group, { metadata: metadata.get(group.ingress) ?? [], annotations }, names, plan));
  const policies = writeGatewayPolicies(hosts, listeners, plan, gateway, loadBalancer.policies);
  const tls = hosts.map((host) => {
    const [identity = '', wanted = ''] = passthroughName(host, `${gateway.namespace}/${gateway.name}`) ?? [];
    const name = names.get(identity) ?? wanted.replace(/^.*\//, '');
    return passthroughRoute(host, name, (namespace) => parentRef(plan, namespace, { host: host.table.host, scheme: 'tls', port: 443 }), {
      release: input.options.release,
      dialect,
    });
  });
  const forwarded = streams.map((stream) => writeStream(stream, names, plan));
  const certified = [...new Set(notes.flatMap((note) => note.certified))];
  const ofHost = groupBy(groups, ({ host }) => host);
  const left = dialect?.routes === 'host' ? hosts.map((host) => unrouted(host, ofHost.get(host) ?? [], certificates)) : [];
  const loose = [...hosts, ...left].flatMap((each) => each.statements).map((statement): Placed => ({ statement, object: null, base: '' }));
  const placed = [...routes, ...notes, ...tls, ...forwarded, loadBalancer].flatMap((each) => each.placed);
  const gateways = writeGateways(
    plan,
    gateway,
    table,
    { certified, parameters: policies.parameters, part, annotations: loadBalancer.annotations, listeners: loadBalancer.listeners },
    input,
  );
  const silent = notes.filter((note) => note.silent).length;
  const objects = [
    ...routes.flatMap((route) => route.objects),
    ...tls.flatMap((route) => route.objects),
    ...forwarded.flatMap((route) => route.objects),
    ...gateways.objects,
    ...policies.objects,
    ...loadBalancer.objects,
  ];
  return {
    objects,
    references: [...policies.references, ...routes.flatMap((route) => route.references), ...certificateReferences(plan, table)],
    settled: [...settle([...placed, ...loose], new Set<Entry>()), ...gateways.settled],
    findings: [
      ...hosts.flatMap((host) => [...host.findings, ...orderFindings(host.table.host, host.lowered, input.target.regexPaths)]),
      ...notes.flatMap((note) => note.findings),
      ...partFindings(groups),
      ...(silent > 0 ? [planFindings['certificate-default']({ gateway: `${gateway.namespace}/${gateway.name}`, hosts: silent })] : []),
      ...gateways.findings,
      ...left.flatMap((each) => each.findings),
      ...found,
      ...loadBalancer.findings,
      ...streamNotes(streams, input.target),
      ...(input.target.review?.({ ...loadBalancer.context, objects: objects.map(({ object }) => object) }) ?? []),
      ...(table.vendor === 'nginx' || table.vendor === 'nginx-inc' ? [planFindings['path-encoding']({})] : []),
    ],
    withheld: hosts.flatMap(withheldRules),
    secrets: hosts.flatMap(({ lowered }) => secretsOf(lowered)),
    users: routes.flatMap((route) => route.users),
  };
}

/** What the target says beside the outcomes: of an Ingress once, however many rules it has. */
function partFindings(groups: readonly RouteGroup[]): readonly Finding[] {
  const all = groups.flatMap(({ rules }) => rules.flatMap(({ answer }) => answer.parts.flatMap(({ findings = [] }) => findings)));
  return [
    ...new Map(
      all.map((finding) => [JSON.stringify([finding.code, finding.args, finding.ingress?.namespace, finding.ingress?.name]), finding]),
    ).values(),
  ];
}

/** The Secrets of all listeners. */
function certificateReferences(plan: GatewayPlan, table: RoutingTable): readonly CrossReference[] {
  const byHost = groupBy(table.hosts, ({ host }) => host);
  return plan.gateways
    .flatMap(({ listeners }) => listeners)
    .flatMap(({ host, hosts = [host], certificates }) => hosts.flatMap((each) => certificates.map((secret) => ({ host: each, secret }))))
    .flatMap(({ host, secret: { namespace, name } }): readonly CrossReference[] => {
      const wanted = byHost.get(host)?.[0]?.certificate;
      const origin = wanted === undefined || wanted.kind === 'none' ? [] : wanted.entries.flatMap((entry) => entry.ingress ?? []);
      return [
        {
          fromGroup: GATEWAY_API_GROUP,
          fromKind: 'Gateway',
          fromNamespace: plan.namespace,
          toKind: 'Secret',
          toNamespace: namespace,
          toName: name,
          origin,
        },
      ];
    });
}

/** Each once: a rule and those of its canary are one route to whoever looks for it. */
function withheldRules({ table, lowered }: HostPlan): readonly WithheldRule[] {
  const all = lowered.flatMap((each) =>
    each.kind === 'blocked' && each.withheld
      ? [{ ingress: each.rule.ingress, host: table.host, path: pathText(each.rule), reason: each.reason }]
      : [],
  );
  return [...new Map(all.map((each) => [JSON.stringify([each.path, each.reason.message, each.reason.at]), each])).values()];
}
