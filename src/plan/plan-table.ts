import { GATEWAY_API_GROUP } from '../gateway/fields.ts';
import type { Finding } from '../ledger/finding.ts';
import type { Settlement } from '../ledger/outcome.ts';
import type { Entry, IngressRef } from '../model/entry.ts';
import { compareText } from '../model/position.ts';
import type { RoutingTable } from '../route/table.ts';
import { type Certificates, planCertificates } from './certificates.ts';
import { coveringGroups } from './covered-hosts.ts';
import { pathText } from './entries.ts';
import { planFindings } from './findings.ts';
import { writeGatewayPolicies } from './gateway-policies.ts';
import { type GatewayPlan, parentRef, planGateways, writeGateways } from './gateways.ts';
import type { CrossReference } from './grants.ts';
import { grpcGroups } from './grpc-routes.ts';
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
import { type RouteGroup, routeGroups } from './route-group.ts';
import { sealHosts } from './sealing.ts';
import type { ServiceUser } from './service-policies.ts';
import { type Placed, settle } from './settle.ts';
import { planStreams, type StreamPlan, streamListener, streamName, writeStream } from './streams.ts';
import { withholdWildcards } from './wildcards.ts';
import { writeGroup } from './write-group.ts';

export interface TablePlan {
  readonly gateway: GatewayName;
  /** Route identity → `namespace/name`, to be made unique over all tables. */
  readonly wantedNames: ReadonlyMap<string, string>;
  readonly write: (names: ReadonlyMap<string, string>) => WrittenTable;
}

export interface WrittenTable {
  readonly objects: readonly PlannedObject[];
  readonly references: readonly CrossReference[];
  readonly settled: readonly Settlement[];
  readonly findings: readonly Finding[];
  readonly withheld: readonly WithheldRule[];
  /** Every rule that was written, for the policies of the Services they send to. */
  readonly users: readonly ServiceUser[];
}

interface Naming {
  /** Names of all Gateways of the same namespace. */
  readonly taken: ReadonlySet<string>;
  /** Unique over the run. */
  readonly nameOf: (ingress: IngressRef) => string;
}

export function planTable(table: RoutingTable, gateway: GatewayName, { taken, nameOf }: Naming, input: PlanInput): TablePlan {
  const { target, estate, options } = input;
  const common = { target, estate, table, release: options.release, onSecurityLoss: options.onSecurityLoss };
  const sorted = [...table.hosts].sort((a, b) => Number(a.host === '') - Number(b.host === '') || compareText(a.host, b.host));
  const planned = withholdWildcards(
    sorted.map((host) => planHost(withoutTls(host), common)),
    options.onSecurityLoss,
  );
  const certificates = planCertificates(planned, table, input);
  const reading = { release: options.release, dialect: target.dialect };
  const hosts = sealHosts(planned, certificates, reading);
  const label = `${gateway.namespace}/${gateway.name}`;
  const named = (ingress: IngressRef) => `${label}|${nameOf(ingress)}`;
  const { dialect } = target;
  const groups =
    dialect?.routes === 'host'
      ? hosts.flatMap((host) => hostGroups(host, certificates, named, dialect))
      : coveringGroups(
          hosts.flatMap((host) => routeGroups(host, certificates, named)),
          dialect,
        );
  const wanted = groups.map(({ identity, ingress, wanted: name }): [string, string] => [identity, `${ingress.namespace}/${name}`]);
  const tls = hosts.flatMap((host) => {
    const name = passthroughName(host, label);
    return name === null ? [] : [name];
  });
  const streams = planStreams(table, label, options.release, target.dialect);
  return {
    gateway,
    wantedNames: new Map([...wanted, ...tls, ...groups.flatMap(filterNames), ...streams.map(streamName)]),
    write: (names) => {
      const listeners = new Map(hosts.map((host) => [host, listenersOf(host, certificates, groups, reading)]));
      const plan = planGateways(gateway, [...perHost(listeners), ...streams.map(streamListener)], taken, target.dialect);
      return writeTable({ table, gateway, hosts, certificates, groups, listeners, plan, streams, names, input });
    },
  };
}

function filterNames({ rules }: RouteGroup): readonly [string, string][] {
  return rules.flatMap(({ answer }) =>
    extensionFilters(answer).map(({ identity, wanted }): [string, string] => [identity, `${answer.ingress.namespace}/${wanted}`]),
  );
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
  readonly listeners: ReadonlyMap<HostPlan, readonly ListenerDraft[]>;
  readonly plan: GatewayPlan;
  readonly streams: readonly StreamPlan[];
  readonly names: ReadonlyMap<string, string>;
  readonly input: PlanInput;
}

function writeTable({ table, gateway, hosts, certificates, groups, listeners, plan, streams, names, input }: TableInput): WrittenTable {
  const { dialect } = input.target;
  const notes = hosts.map((host) => hostNotes(host, listeners.get(host) ?? [], certificates, plan));
  const loadBalancer = planLoadBalancer(table, gateway, plan, input);
  const grpc = grpcGroups(groups, dialect);
  const routes = groups.map((group) =>
    writeGroup(group, { annotations: loadBalancer.routeAnnotations, isGrpc: grpc.groups.has(group) }, names, plan, input),
  );
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
  const gateways = writeGateways(
    plan,
    gateway,
    table,
    { certified, parameters: policies.parameters, annotations: loadBalancer.annotations, listeners: loadBalancer.listeners },
    input,
  );
  const left = dialect?.routes === 'host' ? hosts.map((host) => unrouted(host, groups, certificates)) : [];
  const loose = [...hosts, ...left].flatMap((part) => part.statements).map((statement): Placed => ({ statement, object: null, base: '' }));
  const placed = [...routes, ...notes, ...tls, ...forwarded, loadBalancer].flatMap((part) => part.placed);
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
      ...(silent > 0 ? [planFindings['certificate-default']({ gateway: `${gateway.namespace}/${gateway.name}`, hosts: silent })] : []),
      ...gateways.findings,
      ...grpc.findings,
      ...left.flatMap((part) => part.findings),
      ...loadBalancer.findings,
      ...(input.target.review?.({ ...loadBalancer.context, objects: objects.map(({ object }) => object) }) ?? []),
      ...(table.vendor === 'nginx' || table.vendor === 'nginx-inc' ? [planFindings['path-encoding']({})] : []),
    ],
    withheld: hosts.flatMap(withheldRules),
    users: routes.flatMap((route) => route.users),
  };
}

/** The Secrets of all listeners. */
function certificateReferences(plan: GatewayPlan, table: RoutingTable): readonly CrossReference[] {
  return plan.gateways
    .flatMap(({ listeners }) => listeners)
    .flatMap(({ host, certificate }): readonly CrossReference[] => {
      if (certificate === null) return [];
      const { namespace, name } = certificate;
      const wanted = table.hosts.find((each) => each.host === host)?.certificate;
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

function withheldRules({ table, lowered }: HostPlan): readonly WithheldRule[] {
  return lowered.flatMap((each) =>
    each.kind === 'blocked' && each.withheld
      ? [{ ingress: each.rule.ingress, host: table.host, path: pathText(each.rule), reason: each.reason }]
      : [],
  );
}
