import { LIMITS } from '../gateway/limits.ts';
import type { Gateway, Listener, ParametersRef, ParentRef } from '../gateway/types.ts';
import type { Finding } from '../ledger/finding.ts';
import type { Settlement } from '../ledger/outcome.ts';
import type { IngressRef } from '../model/entry.ts';
import type { RoutingTable } from '../route/table.ts';
import type { GatewayLowering, GatewayPart } from '../targets/contract.ts';
import type { Dialect } from '../targets/dialect.ts';
import { planFindings } from './findings.ts';
import { gatewayMetadata } from './gateway-metadata.ts';
import type { GatewayName, PlanInput } from './input.ts';
import { identityOf, type ListenerDraft, listenerNames, sharedListeners, writeListener } from './listeners.ts';
import { hostSlug, shortened, uniqueNames } from './names.ts';
import type { PlannedObject } from './plan.ts';
import { portsOf as portsOfRoute, type RouteGroup } from './route-group.ts';

/** GatewayClass of a Gateway whose Ingresses name no class, until somebody says theirs. */
const NO_CLASS = 'gateway';

/** Which listeners there are, on which Gateway each host's stand, and what binds to them. */
export interface GatewayPlan {
  /** More listeners than one Gateway holds make several. */
  readonly gateways: readonly { readonly name: string; readonly listeners: readonly ListenerDraft[] }[];
  readonly namespace: string;
  readonly nameOf: ReturnType<typeof listenerNames>;
  /** The Gateway on which the listeners of a host stand. */
  readonly gatewayOf: (host: string) => string;
  /** The Gateway on which a listener stands. */
  readonly homeOf: (listener: Pick<ListenerDraft, 'host' | 'scheme' | 'port'>) => string;
}

export interface GatewayPlanning {
  /** Names of other Gateways of the namespace. */
  readonly taken: ReadonlySet<string>;
  readonly dialect: Dialect | undefined;
  readonly part?: GatewayPart;
  /** Hosts that have the listeners of a wildcard. */
  readonly wildcardOf?: ReadonlyMap<string, string>;
  /** How many listeners one Gateway gets: more than it holds where ListenerSets take them. */
  readonly room?: number;
}

export function planGateways(
  gateway: GatewayName,
  perHost: readonly (readonly ListenerDraft[])[],
  { taken, dialect, part = {}, wildcardOf = new Map(), room = LIMITS.listenersPerGateway }: GatewayPlanning,
): GatewayPlan {
  if (dialect?.listeners === 'port') return planShared(gateway, perHost, taken, part);
  const parts = pack(perHost, room);
  const names = parts.map((_, index) => partName(gateway.name, index, taken));
  const homes = parts.flatMap((part, index) => part.map((draft) => ({ draft, name: names[index] ?? gateway.name })));
  const nameByHost = new Map(homes.filter(({ draft }) => !isStream(draft)).map(({ draft, name }) => [draft.host, name]));
  const nameByListener = new Map(homes.map(({ draft, name }) => [identityOf(draft), name]));
  const nameOf = listenerNames(perHost.flat());
  const folded = (draft: Pick<ListenerDraft, 'host' | 'scheme' | 'port'>) =>
    isStream(draft) ? draft : { ...draft, host: wildcardOf.get(draft.host) ?? draft.host };
  return {
    gateways: parts.map((listeners, index) => ({ name: names[index] ?? gateway.name, listeners })),
    namespace: gateway.namespace,
    nameOf: (draft) => nameOf(folded(draft)),
    gatewayOf: (host) => nameByHost.get(wildcardOf.get(host) ?? host) ?? gateway.name,
    homeOf: (listener) => nameByListener.get(identityOf(folded(listener))) ?? gateway.name,
  };
}

function isStream({ scheme }: Pick<ListenerDraft, 'scheme'>): boolean {
  return scheme === 'tcp' || scheme === 'udp';
}

/** All hosts share the listeners of one Gateway, as long as one listener holds their certificates. */
function planShared(
  gateway: GatewayName,
  perHost: readonly (readonly ListenerDraft[])[],
  taken: ReadonlySet<string>,
  { certificates = [] }: GatewayPart,
): GatewayPlan {
  const parts = packCertificates(perHost, certificates);
  const names = parts.map((_, index) => partName(gateway.name, index, taken));
  const nameByHost = new Map(parts.flatMap((drafts, index) => drafts.map(({ host }) => [host, names[index] ?? gateway.name])));
  const shared = listenerNames(sharedListeners(perHost.flat(), certificates));
  return {
    gateways: parts.map((drafts, index) => ({ name: names[index] ?? gateway.name, listeners: sharedListeners(drafts, certificates) })),
    namespace: gateway.namespace,
    nameOf: (draft) => shared({ ...draft, host: draft.scheme === 'tls' ? draft.host : '' }),
    gatewayOf: (host) => nameByHost.get(host) ?? gateway.name,
    homeOf: ({ host }) => nameByHost.get(host) ?? gateway.name,
  };
}

/** The listeners of one host stay together, and no port gets more certificates than a listener holds. */
function packCertificates(
  perHost: readonly (readonly ListenerDraft[])[],
  first: NonNullable<GatewayPart['certificates']>,
): readonly (readonly ListenerDraft[])[] {
  const parts: { readonly drafts: ListenerDraft[]; readonly names: Set<string> }[] = [];
  for (const drafts of perHost.filter((each) => each.length > 0)) {
    const own = drafts.flatMap(({ certificates }) => certificates.map(({ namespace, name }) => `${namespace}/${name}`));
    const current = parts.at(-1);
    if (current !== undefined && new Set([...current.names, ...own]).size <= LIMITS.certificatesPerListener) {
      current.drafts.push(...drafts);
      for (const name of own) current.names.add(name);
    } else parts.push({ drafts: [...drafts], names: new Set([...first.map(({ namespace, name }) => `${namespace}/${name}`), ...own]) });
  }
  return parts.map(({ drafts }) => drafts);
}

/** Fills Gateways one after another; the listeners of one host stay together. */
function pack(perHost: readonly (readonly ListenerDraft[])[], room: number): readonly (readonly ListenerDraft[])[] {
  const parts: ListenerDraft[][] = [];
  for (const listeners of perHost.filter((each) => each.length > 0)) {
    const current = parts.at(-1);
    if (current === undefined || current.length + listeners.length > room) parts.push([...listeners]);
    else current.push(...listeners);
  }
  return parts;
}

function partName(gateway: string, index: number, taken: ReadonlySet<string>): string {
  if (index === 0) return gateway;
  const others = [...taken].filter((name) => name !== gateway).map((name): [string, string] => [`other ${name}`, name]);
  const identity = `${gateway} part ${index + 1}`;
  return uniqueNames(new Map([...others, [identity, `${gateway}-${index + 1}`]]), GATEWAY_NAME).get(identity) ?? gateway;
}

/** Implementations derive names of Services from the Gateway's. */
export const GATEWAY_NAME = 40;

/** The reference by which a route of `namespace` binds to a listener. */
export function parentRef(plan: GatewayPlan, namespace: string, listener: Pick<ListenerDraft, 'host' | 'scheme' | 'port'>): ParentRef {
  return {
    name: plan.homeOf(listener),
    ...(namespace === plan.namespace ? {} : { namespace: plan.namespace }),
    sectionName: plan.nameOf(listener),
  };
}

export function parentRefs(plan: GatewayPlan, group: RouteGroup): readonly ParentRef[] {
  const { host } = group.host.table;
  return portsOfRoute(group).map(({ scheme, port }) => parentRef(plan, group.ingress.namespace, { host, scheme, port }));
}

/** The GatewayClass that the user or the target names; null where neither does. */
export function chosenClass({ loadBalancer }: RoutingTable, { options, target }: PlanInput): string | null {
  return options.gatewayClass ?? target.classFor?.(loadBalancer) ?? target.gatewayClassName;
}

export interface GatewayExtras {
  /** Ingresses whose hosts have a certificate here; cert-manager annotations are theirs to agree on. */
  readonly certified: readonly IngressRef[];
  readonly parameters: ParametersRef | null;
  readonly part: GatewayPart;
  /** Without routes, on the first Gateway. */
  readonly listeners: NonNullable<GatewayLowering['listeners']>;
  /** That the target asks for. */
  readonly annotations: Readonly<Record<string, string>>;
}

export function writeGateways(
  plan: GatewayPlan,
  gateway: GatewayName,
  table: RoutingTable,
  { certified, parameters, part, annotations: ofTarget, listeners: more }: GatewayExtras,
  input: PlanInput,
): { readonly objects: readonly PlannedObject[]; readonly settled: readonly Settlement[]; readonly findings: readonly Finding[] } {
  const { ingresses } = table.loadBalancer;
  const chosen = chosenClass(table, input);
  const className = chosen ?? (table.loadBalancer.className || NO_CLASS);
  const own = new Set(ingresses);
  const onGateway = input.metadata.filter((item) => item.on === 'gateway' && own.has(item.ingress));
  const settled: Settlement[] = [];
  const [whole] = plan.gateways;
  const room = LIMITS.listenersPerGateway - (whole?.listeners.length ?? 0);
  const left = more.slice(room).map(({ hostname }) => hostname);
  const objects = plan.gateways.map(({ name, listeners }, index): PlannedObject => {
    const bare = index === 0 ? more.slice(0, room).map(bareListener) : [];
    const metadata = gatewayMetadata(onGateway, certified, { kind: 'Gateway', namespace: gateway.namespace, name, field: '' });
    settled.push(...metadata.settled);
    const annotations = { ...part.annotations, ...metadata.annotations, ...ofTarget };
    const object: Gateway = {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'Gateway',
      metadata: {
        name,
        namespace: gateway.namespace,
        ...(Object.keys(annotations).length === 0 ? {} : { annotations }),
      },
      spec: {
        gatewayClassName: className,
        // No two Gateways have one address.
        ...(part.addresses === undefined || index > 0 ? {} : { addresses: part.addresses }),
        ...(parameters === null ? {} : { infrastructure: { parametersRef: parameters } }),
        listeners: [...listeners.map((draft) => writeListener(draft, plan.nameOf(draft), gateway.namespace)), ...bare],
      },
    };
    return { object, role: 'gateways', origin: ingresses, notes: [] };
  });
  if (plan.gateways.length === 0) return { objects, settled, findings: [] };
  const assumed = chosen === null;
  const classFinding = assumed ? assumedClass(gateway, table.loadBalancer.className ?? '', ingresses) : null;
  return {
    objects,
    settled: [...settled, ...settleClasses(plan, ingresses, classFinding, input)],
    findings: [
      ...(classFinding === null ? [] : [classFinding]),
      ...gatewayFindings(plan, gateway, table, part, input),
      ...(left.length === 0
        ? []
        : [planFindings['certificate-hosts']({ gateway: `${gateway.namespace}/${gateway.name}`, hosts: left.join(', ') })]),
    ],
  };
}

function bareListener({ hostname, port, protocol }: GatewayExtras['listeners'][number]): Listener {
  const name = shortened(`${protocol.toLowerCase()}-${hostSlug(hostname)}-${port}`, LIMITS.name);
  return { name, hostname, port, protocol, allowedRoutes: { namespaces: { from: 'Same' } } };
}

/** `ingressClass` as the Ingresses name it; '' where they name none. */
function assumedClass(gateway: GatewayName, ingressClass: string, [first]: readonly IngressRef[]): Finding {
  const args = { gateway: `${gateway.namespace}/${gateway.name}`, class: ingressClass || NO_CLASS, ingressClass };
  return planFindings['gateway-class-assumed'](args, { at: first?.at ?? null, ingress: first ?? null });
}

function gatewayFindings(
  plan: GatewayPlan,
  gateway: GatewayName,
  table: RoutingTable,
  { addresses = [] }: GatewayPart,
  { options, target }: PlanInput,
): readonly Finding[] {
  const label = `${gateway.namespace}/${gateway.name}`;
  const namespaces = new Set(table.loadBalancer.ingresses.map((ref) => ref.namespace)).size;
  const parts = plan.gateways.length;
  return [
    ...(namespaces > 1 && options.gatewayNamespace === null && table.loadBalancer.namespace === null
      ? [planFindings['gateway-namespace']({ gateway: label, namespace: gateway.namespace, namespaces })]
      : []),
    ...(parts > 1 ? [splitFinding(plan, label, target)] : []),
    ...(parts > 1 && addresses.length > 0
      ? [
          planFindings['address-once']({
            gateway: label,
            address: addresses.map(({ value }) => value ?? '').join(', '),
            others: others(plan),
          }),
        ]
      : []),
    ...(target.gatewayFindings?.({ name: label, ports: portsOf(plan) }) ?? []),
  ];
}

function splitFinding(plan: GatewayPlan, gateway: string, { dialect }: PlanInput['target']): Finding {
  const args = { gateway, parts: plan.gateways.length, others: others(plan) };
  const all = plan.gateways.flatMap(({ listeners }) => listeners);
  if (dialect?.listeners !== 'port') return planFindings['gateway-split']({ ...args, listeners: all.length });
  const certificates = new Set(all.flatMap((draft) => draft.certificates.map(({ namespace, name }) => `${namespace}/${name}`)));
  return planFindings['certificates-split']({ ...args, certificates: certificates.size });
}

function others({ gateways: [, ...further] }: GatewayPlan): string {
  return further.map(({ name }) => name).join(', ');
}

function portsOf({ gateways }: GatewayPlan): readonly number[] {
  return [...new Set(gateways.flatMap(({ listeners }) => listeners.map(({ port }) => port)))].sort((a, b) => a - b);
}

/** One entry says that a person has to name the class; the others only follow it. */
function settleClasses(
  plan: GatewayPlan,
  ingresses: readonly IngressRef[],
  finding: Finding | null,
  input: PlanInput,
): readonly Settlement[] {
  const name = plan.gateways[0]?.name ?? '';
  const wrote = [{ kind: 'Gateway', namespace: plan.namespace, name, field: 'spec.gatewayClassName' }];
  return ingresses
    .flatMap((ingress) => input.classEntries.get(ingress) ?? [])
    .map((entry, index) =>
      index > 0 || finding === null ? { entry, outcome: 'converted', finding: null, wrote } : { entry, outcome: 'manual', finding, wrote },
    );
}
