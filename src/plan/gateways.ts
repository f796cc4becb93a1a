import { LIMITS } from '../gateway/limits.ts';
import type { Gateway, ParentRef } from '../gateway/types.ts';
import type { Finding } from '../ledger/finding.ts';
import type { Settlement } from '../ledger/outcome.ts';
import type { IngressRef } from '../model/entry.ts';
import type { RoutingTable, Scheme } from '../route/table.ts';
import type { CertificatePlan } from './certificates.ts';
import { converted, type Statement } from './draft.ts';
import { planFindings } from './findings.ts';
import { gatewayMetadata } from './gateway-metadata.ts';
import type { CrossReference } from './grants.ts';
import type { HostPlan } from './host-plan.ts';
import type { GatewayName, PlanInput } from './input.ts';
import { type ListenerDraft, listenerName, writeListener } from './listeners.ts';
import { fit } from './names.ts';
import { passthroughRoute } from './passthrough.ts';
import type { PlannedObject } from './plan.ts';
import { placeOf, type RouteGroup } from './route-group.ts';
import type { Placed } from './settle.ts';

/** Which listeners there are, on which Gateway each host's stand, and what binds to them. */
export interface GatewayPlan {
  /** One list per Gateway: more listeners than one holds make several. */
  readonly parts: readonly (readonly ListenerDraft[])[];
  readonly names: readonly string[];
  readonly hostNames: ReadonlyMap<string, string>;
  readonly parentRefs: (group: RouteGroup) => readonly ParentRef[];
  readonly references: readonly CrossReference[];
  readonly placed: readonly Placed[];
  readonly findings: readonly Finding[];
  readonly passthrough: readonly PlannedObject[];
  /** Ingresses whose hosts have a certificate here: cert-manager annotations are theirs to agree on. */
  readonly certified: readonly IngressRef[];
}

interface GatewayPlanInput {
  readonly gateway: GatewayName;
  readonly hosts: readonly HostPlan[];
  readonly certificates: ReadonlyMap<HostPlan, CertificatePlan>;
  readonly groups: readonly RouteGroup[];
  readonly hostNames: ReadonlyMap<string, string>;
  readonly input: PlanInput;
}

export function planGateways({ gateway, hosts, certificates, groups, hostNames, input }: GatewayPlanInput): GatewayPlan {
  const perHost = hosts.map((host) => listenersOf(host, certificates, groups));
  const parts = pack(perHost);
  const names = parts.map((_, index) => (index === 0 ? gateway.name : fit(`${gateway.name}-${index + 1}`, 40)));
  const gatewayOf = (host: string) =>
    names[
      Math.max(
        0,
        parts.findIndex((part) => part.some((draft) => draft.host === host)),
      )
    ] ?? gateway.name;
  const ref = (name: string, namespace: string): Pick<ParentRef, 'name' | 'namespace'> =>
    namespace === gateway.namespace ? { name } : { name, namespace: gateway.namespace };
  const findings: Finding[] = [];
  const placed: Placed[] = [];
  const references: CrossReference[] = [];
  const passthrough: PlannedObject[] = [];
  const certified = new Set<IngressRef>();
  let silent = 0;
  for (const host of hosts) {
    const served = perHost[hosts.indexOf(host)] ?? [];
    const certificate = certificates.get(host) ?? { kind: 'absent', finding: null };
    const entries = host.table.certificate.kind === 'none' ? [] : host.table.certificate.entries;
    const https = served.find((draft) => draft.scheme === 'https');
    const object = { kind: 'Gateway', namespace: gateway.namespace, name: gatewayOf(host.table.host) };
    if (certificate.kind === 'secret' && https !== undefined) {
      placed.push({
        statement: converted(entries, `["${listenerName(https, hostNames)}"].tls.certificateRefs`),
        object,
        base: 'spec.listeners',
      });
      references.push({
        fromKind: 'Gateway',
        fromNamespace: gateway.namespace,
        toKind: 'Secret',
        toNamespace: certificate.namespace,
        toName: certificate.name,
      });
      for (const entry of entries) if (entry.ingress !== null) certified.add(entry.ingress);
    } else if (certificate.kind === 'shared') {
      const finding = planFindings['certificate-shared'](
        { host: host.table.host, listener: certificate.listener === '' ? 'any host' : certificate.listener },
        placeOf(host),
      );
      findings.push(finding);
      placed.push({ statement: { entries, outcome: 'approximated', finding, field: null, weak: true }, object: null, base: '' });
    } else if (certificate.kind === 'absent') {
      const finding = certificate.finding;
      if (finding !== null) findings.push(finding);
      else if (host.table.certificate.kind === 'default' && served.length > 0) silent++;
      const statement: Statement = {
        entries,
        outcome: finding === null ? 'inert' : 'manual',
        finding: finding ?? planFindings.unused({}, placeOf(host)),
        field: null,
        weak: true,
      };
      placed.push({ statement, object: null, base: '' });
    } else {
      placed.push({
        statement: { entries, outcome: 'inert', finding: planFindings.unused({}, placeOf(host)), field: null, weak: true },
        object: null,
        base: '',
      });
    }
    if (host.table.wildcard === 'one-label' && host.table.host.startsWith('*.') && served.length > 0) {
      const example = `a.b${host.table.host.slice(1)}`;
      const finding = planFindings['wildcard-depth']({ host: host.table.host, example }, placeOf(host));
      const hostEntries = host.table.rules.flatMap((rule) =>
        rule.entries.filter((entry) => entry.name.endsWith('.host') && entry.value.toLowerCase() === host.table.host),
      );
      findings.push(finding);
      placed.push({
        statement: { entries: [...new Set(hostEntries)], outcome: 'approximated', finding, field: '' },
        object,
        base: 'spec.listeners',
      });
    }
    const tls = passthroughRoute(host, input, (namespace) => ref(gatewayOf(host.table.host), namespace), hostNames);
    if (tls !== null) {
      passthrough.push(...tls.objects);
      placed.push(...tls.placed);
      findings.push(...tls.findings);
    }
  }
  if (silent > 0) findings.push(planFindings['certificate-default']({ gateway: `${gateway.namespace}/${gateway.name}`, hosts: silent }));
  const listeners = parts.reduce((sum, part) => sum + part.length, 0);
  if (parts.length > 1)
    findings.push(planFindings['gateway-split']({ gateway: `${gateway.namespace}/${gateway.name}`, listeners, parts: parts.length }));
  return {
    parts,
    names,
    hostNames,
    parentRefs: (group) =>
      group.host.table.ports
        .filter((port) => group.schemes.includes(port.scheme))
        .map((port) => {
          const host = listenerHost(group.host, port.scheme, certificates);
          return {
            ...ref(gatewayOf(host), group.ingress.namespace),
            sectionName: listenerName({ host, scheme: port.scheme, port: port.port }, hostNames),
          };
        }),
    references,
    placed,
    findings,
    passthrough,
    certified: [...certified],
  };
}

function listenersOf(
  host: HostPlan,
  certificates: ReadonlyMap<HostPlan, CertificatePlan>,
  groups: readonly RouteGroup[],
): readonly ListenerDraft[] {
  const certificate = certificates.get(host);
  const listeners = host.table.ports.flatMap(({ scheme, port }): ListenerDraft[] => {
    if (scheme === 'https' && certificate?.kind !== 'secret') return [];
    const bound = groups.filter(
      (group) => group.schemes.includes(scheme) && listenerHost(group.host, scheme, certificates) === host.table.host,
    );
    if (!bound.some((group) => group.host === host)) return [];
    const secret =
      scheme === 'https' && certificate?.kind === 'secret' ? { namespace: certificate.namespace, name: certificate.name } : null;
    return [{ host: host.table.host, scheme, port, certificate: secret, namespaces: bound.map((group) => group.ingress.namespace) }];
  });
  const passthrough = host.table.passthrough;
  if (passthrough === null || passthrough.port === null) return listeners;
  const tls: ListenerDraft = { host: host.table.host, scheme: 'tls', port: 443, certificate: null, namespaces: [passthrough.namespace] };
  return [...listeners.filter((listener) => listener.scheme !== 'https'), tls];
}

/** The host whose listener serves this one: its own, or the broader one it shares. */
function listenerHost(host: HostPlan, scheme: Scheme, certificates: ReadonlyMap<HostPlan, CertificatePlan>): string {
  const certificate = certificates.get(host);
  return scheme === 'https' && certificate?.kind === 'shared' ? certificate.listener : host.table.host;
}

/** Fills Gateways one after another; the listeners of one host stay together. */
function pack(perHost: readonly (readonly ListenerDraft[])[]): readonly (readonly ListenerDraft[])[] {
  const parts: ListenerDraft[][] = [[]];
  for (const listeners of perHost) {
    const current = parts.at(-1);
    if (current === undefined || current.length + listeners.length > LIMITS.listenersPerGateway) parts.push([...listeners]);
    else current.push(...listeners);
  }
  return parts.filter((part) => part.length > 0);
}

export function writeGateways(
  plan: GatewayPlan,
  { gateway, table, input }: { readonly gateway: GatewayName; readonly table: RoutingTable; readonly input: PlanInput },
): { objects: readonly PlannedObject[]; settled: readonly Settlement[]; findings: readonly Finding[] } {
  const { options, target } = input;
  const assumed = options.gatewayClass === null && target.gatewayClassName === null;
  const className = options.gatewayClass ?? target.gatewayClassName ?? table.loadBalancer.className ?? 'gateway';
  const label = `${gateway.namespace}/${gateway.name}`;
  const first = table.loadBalancer.ingresses[0] ?? null;
  const findings: Finding[] = [];
  const objects: PlannedObject[] = [...plan.passthrough];
  const settled: Settlement[] = [];
  const classFinding = assumed
    ? planFindings['gateway-class-assumed']({ gateway: label, class: className }, { at: first?.at ?? null, ingress: first })
    : null;
  if (classFinding !== null && plan.parts.length > 0) findings.push(classFinding);
  const namespaces = new Set(table.loadBalancer.ingresses.map((ref) => ref.namespace));
  if (namespaces.size > 1 && options.gatewayNamespace === null && table.loadBalancer.namespace === null) {
    findings.push(planFindings['gateway-namespace']({ gateway: label, namespace: gateway.namespace, namespaces: namespaces.size }));
  }
  const onGateway = input.metadata.filter((item) => item.on === 'gateway' && table.loadBalancer.ingresses.includes(item.ingress));
  plan.parts.forEach((listeners, index) => {
    const name = plan.names[index] ?? gateway.name;
    const ref = { kind: 'Gateway', namespace: gateway.namespace, name };
    const metadata = gatewayMetadata(onGateway, plan.certified, { ...ref, field: '' });
    settled.push(...metadata.settled);
    const object: Gateway = {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'Gateway',
      metadata: {
        name,
        namespace: gateway.namespace,
        ...(Object.keys(metadata.annotations).length === 0 ? {} : { annotations: metadata.annotations }),
      },
      spec: { gatewayClassName: className, listeners: listeners.map((draft) => writeListener(draft, plan.hostNames, gateway.namespace)) },
    };
    objects.push({ object, role: 'gateways', origin: table.loadBalancer.ingresses, notes: [] });
  });
  let told = classFinding === null;
  for (const ingress of table.loadBalancer.ingresses) {
    for (const entry of input.classEntries.get(ingress) ?? []) {
      const wrote = plan.names
        .slice(0, 1)
        .map((name) => ({ kind: 'Gateway', namespace: gateway.namespace, name, field: 'spec.gatewayClassName' }));
      // One entry says that a person has to name the class; the others only follow it.
      settled.push(
        told || classFinding === null
          ? { entry, outcome: 'converted', finding: null, wrote }
          : { entry, outcome: 'manual', finding: classFinding, wrote },
      );
      told = true;
    }
  }
  return { objects, settled, findings };
}
