import type { Finding } from '../ledger/finding.ts';
import type { Settlement } from '../ledger/outcome.ts';
import type { Entry, IngressRef, ObjectRef } from '../model/entry.ts';
import type { RoutingTable, Scheme } from '../route/table.ts';
import { type CertificatePlan, planCertificate, shareListeners } from './certificates.ts';
import type { DraftRule, Statement } from './draft.ts';
import { planFindings } from './findings.ts';
import { type GatewayPlan, planGateways, writeGateways } from './gateways.ts';
import { type CrossReference, writeGrants } from './grants.ts';
import { type HostPlan, planHost, sealHosts, withholdWildcards } from './host-plan.ts';
import type { GatewayName, PlanInput } from './input.ts';
import { hostSlug, uniqueNames } from './names.ts';
import type { PlannedObject, WithheldRule } from './plan.ts';
import { orderFindings } from './precedence.ts';
import { placeOf, type RouteGroup } from './route-group.ts';
import { writeRoutes } from './routes.ts';
import { type Placed, settle } from './settle.ts';

export interface TablePlan {
  readonly gateway: GatewayName;
  /** Route identity → `namespace/name`, to be made unique over all tables. */
  readonly wantedNames: ReadonlyMap<string, string>;
  readonly write: (names: ReadonlyMap<string, string>) => WrittenTable;
}

export interface WrittenTable {
  readonly objects: readonly PlannedObject[];
  readonly settled: readonly Settlement[];
  readonly findings: readonly Finding[];
  readonly withheld: readonly WithheldRule[];
}

export function planTable(table: RoutingTable, gateway: GatewayName, input: PlanInput): TablePlan {
  const { target, estate, options } = input;
  const common = { target, estate, release: options.release, onSecurityLoss: options.onSecurityLoss };
  const hosts = sealHosts(withholdWildcards(table.hosts.map((host) => planHost(host, common))));
  const certificates = shareListeners(new Map(hosts.map((host) => [host, planCertificate(host.table, options, placeOf(host))])));
  const groups = hosts.flatMap((host) => routeGroups(host, servesHttps(host, certificates)));
  return {
    gateway,
    wantedNames: new Map(groups.map((group) => [group.identity, `${group.ingress.namespace}/${group.wanted}`])),
    write: (names) => writeTable(table, gateway, hosts, certificates, groups, names, input),
  };
}

function servesHttps(host: HostPlan, certificates: ReadonlyMap<HostPlan, CertificatePlan>): boolean {
  return certificates.get(host)?.kind !== 'absent' && host.table.ports.some((port) => port.scheme === 'https');
}

/** One route where both schemes are served alike, two where one redirects or serves something else. */
function routeGroups(host: HostPlan, https: boolean): readonly RouteGroup[] {
  const ingresses = [...new Set([...host.http, ...host.https].map((draft) => draft.ingress))];
  return ingresses.flatMap((ingress): RouteGroup[] => {
    const overHttp = host.http.filter((draft) => draft.ingress === ingress);
    const overHttps = https ? host.https.filter((draft) => draft.ingress === ingress) : [];
    const base = `${ingress.name}-${hostSlug(host.table.host)}`;
    const identity = `${ingress.namespace}/${ingress.name}@${ingress.at.file}:${ingress.at.line}|${host.table.host}`;
    const group = (suffix: string, schemes: readonly Scheme[], drafts: readonly DraftRule[]): RouteGroup[] =>
      drafts.length === 0 ? [] : [{ identity: `${identity}${suffix}`, ingress, host, schemes, drafts, wanted: `${base}${suffix}` }];
    if (overHttps.length > 0 && shape(overHttp) === shape(overHttps)) {
      const both = overHttp.map((draft, index) => ({
        ...draft,
        statements: [...draft.statements, ...(overHttps[index]?.statements ?? [])],
      }));
      return group('', ['http', 'https'], both);
    }
    return [...group(overHttps.length > 0 ? '-http' : '', ['http'], overHttp), ...group('', ['https'], overHttps)];
  });
}

function shape(drafts: readonly DraftRule[]): string {
  return JSON.stringify(drafts.map(({ matches, filters, backends, settings }) => ({ matches, filters, backends, settings })));
}

function writeTable(
  table: RoutingTable,
  gateway: GatewayName,
  hosts: readonly HostPlan[],
  certificates: ReadonlyMap<HostPlan, CertificatePlan>,
  groups: readonly RouteGroup[],
  names: ReadonlyMap<string, string>,
  input: PlanInput,
): WrittenTable {
  const hostNames = uniqueNames(new Map(hosts.map((host) => [host.table.host, hostSlug(host.table.host)])), 200);
  const plan: GatewayPlan = planGateways({ gateway, hosts, certificates, groups, hostNames, input });
  const objects: PlannedObject[] = [];
  const placed: Placed[] = [];
  const references: CrossReference[] = [...plan.references];
  for (const group of groups) {
    const metadata = input.metadata.filter((item) => item.on === 'route' && item.ingress === group.ingress);
    const written = writeRoutes({
      name: names.get(group.identity) ?? group.wanted,
      namespace: group.ingress.namespace,
      host: group.host.table.host,
      parentRefs: plan.parentRefs(group),
      annotations: Object.fromEntries(metadata.map((item) => [item.name, item.value])),
      rules: group.drafts,
    });
    for (const { route, drafts } of written) {
      const ref: ObjectRef = { kind: route.kind, namespace: group.ingress.namespace, name: route.metadata.name };
      const notes = drafts.flatMap((behind, index) =>
        [...new Set(behind.flatMap((draft) => draft.notes))].map((note) => `rules[${index}]: ${note}`),
      );
      objects.push({ object: route, role: 'routes', origin: originOf(group, drafts.flat()), notes });
      drafts.forEach((behind, index) => {
        for (const draft of behind)
          for (const statement of draft.statements) placed.push({ statement, object: ref, base: `spec.rules[${index}]` });
      });
      for (const item of metadata) {
        const statement: Statement = { entries: [item.entry], outcome: item.outcome, finding: item.finding, field: '' };
        placed.push({ statement, object: ref, base: `metadata.annotations["${item.name}"]` });
      }
      for (const backend of drafts.flat().flatMap((draft) => draft.backends)) {
        references.push({
          fromKind: 'HTTPRoute',
          fromNamespace: group.ingress.namespace,
          toKind: 'Service',
          toNamespace: backend.namespace,
          toName: backend.name,
        });
      }
    }
    objects.push(...extras(group));
  }
  const gateways = writeGateways(plan, { gateway, table, input });
  const origin = table.loadBalancer.ingresses;
  const grants = writeGrants(references, input.options.release).map(
    (object): PlannedObject => ({
      object,
      role: 'gateways',
      origin: origin.filter((ref) => ref.namespace === object.metadata.namespace),
      notes: [],
    }),
  );
  const lost = hosts.flatMap((host) => lostOverHttps(host, certificates));
  const loose = [...hosts.flatMap((host) => host.statements), ...lost].map((statement): Placed => ({ statement, object: null, base: '' }));
  const settled = settle([...placed, ...plan.placed, ...loose], new Set<Entry>());
  return {
    objects: [...objects, ...gateways.objects, ...grants],
    settled: [...settled, ...gateways.settled],
    findings: [
      ...hosts.flatMap((host) => [...host.findings, ...orderFindings(host.table.host, host.lowered)]),
      ...plan.findings,
      ...gateways.findings,
      ...(table.vendor === 'nginx' ? [planFindings['path-encoding']({})] : []),
    ],
    withheld: hosts.flatMap((host) =>
      host.lowered.flatMap((rule) => (rule.kind === 'blocked' && rule.withheld ? [withheldRule(host, rule.rule, rule.reason)] : [])),
    ),
  };
}

/** Rules that were to be served over https only, on a host without a certificate: their entries end as manual. */
function lostOverHttps(host: HostPlan, certificates: ReadonlyMap<HostPlan, CertificatePlan>): readonly Statement[] {
  const certificate = certificates.get(host);
  if (certificate?.kind !== 'absent') return [];
  const finding = certificate.finding ?? planFindings['certificate-missing']({ host: host.table.host }, placeOf(host));
  return host.https.flatMap((draft) =>
    draft.statements.map(
      (statement): Statement =>
        statement.outcome === 'converted' || statement.outcome === 'approximated'
          ? { entries: statement.entries, outcome: 'manual', finding, field: null, weak: true }
          : { ...statement, field: null },
    ),
  );
}

function extras(group: RouteGroup): readonly PlannedObject[] {
  return group.drafts
    .flatMap((draft) => draft.parts)
    .flatMap((part) => [...(part.backendTls ?? []), ...(part.objects ?? [])])
    .map((object) => ({ object, role: 'routes', origin: [group.ingress], notes: [] }));
}

function originOf(group: RouteGroup, drafts: readonly DraftRule[]): readonly IngressRef[] {
  const refs = drafts.flatMap((draft) =>
    draft.statements.flatMap((statement) => statement.entries.flatMap((entry) => entry.ingress ?? [])),
  );
  return [...new Set([group.ingress, ...refs])];
}

function withheldRule(host: HostPlan, rule: HostPlan['lowered'][number]['rule'], reason: Finding): WithheldRule {
  const path = rule.match.path.kind === 'regex' ? rule.match.path.pattern : rule.match.path.value;
  return { ingress: rule.ingress, host: host.table.host, path, reason };
}
