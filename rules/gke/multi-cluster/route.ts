import type { Intent } from '../../../src/intent/intent.ts';
import { isProtection } from '../../../src/intent/protection.ts';
import type { Entry } from '../../../src/model/entry.ts';
import type { Estate } from '../../../src/model/estate.ts';
import type { OtherObject, Service } from '../../../src/model/objects.ts';
import type { RouteRule, RoutingTable } from '../../../src/route/table.ts';
import type { Books } from '../../../src/rule/books.ts';
import { runRules } from '../../../src/rule/engine.ts';
import type { IngressView, Pack, PackView } from '../../../src/rule/pack.ts';
import { preSharedCert } from '../certificates.ts';
import { frontendConfig } from '../frontend-config.ts';
import { fieldsOf } from '../object-fields.ts';
import { settle } from '../route/books.ts';
import { placeOf } from '../settlement.ts';
import { fleetFindings as find } from './findings.ts';
import { ingressOf } from './ingress.ts';
import { clustersOf, exportedObjects, serviceOf } from './service.ts';

/** A MultiClusterIngress as the router takes it, with the estate in which its backends are to be looked up. */
export interface FleetView {
  readonly view: IngressView;
  readonly estate: Estate;
  /** Of the object: the ledger has them. */
  readonly entries: readonly Entry[];
}

/** Its annotations are few, and of a kind of its own: only these rules of Ingresses hold for it. */
const PACK: Pack = {
  vendor: 'gke',
  title: 'Multi Cluster Ingress',
  controllers: [],
  classNames: [],
  prefixes: [],
  rules: [preSharedCert, frontendConfig],
  route: () => ({ tables: [], settled: [], findings: [] }),
};

export function fleetViews({ estate, options }: PackView, books: Books): readonly FleetView[] {
  const services = objectsOf(estate, 'MultiClusterService').map(serviceOf);
  const own: Estate = { ...estate, services, serviceByName: byName(services) };
  return objectsOf(estate, 'MultiClusterIngress').map((object): FleetView => {
    const ingress = ingressOf(object);
    const run = runRules(ingress, null, PACK, noTools, own, options);
    books.settled.push(...run.settled);
    books.findings.push(...run.findings);
    const known = new Set(ingress.annotations.map(({ key }) => key));
    const others = object.entries.filter((entry) => entry.kind === 'annotation' && !known.has(entry.key) && isOfGke(entry));
    if (ingress.defaultBackend === null) books.findings.push(find['no-default']({}, { at: object.at, ingress: ingress.ref }));
    const address = others.flatMap((entry) => addressIntents(entry, books));
    return {
      view: { ...run.view, hostIntents: [...run.view.hostIntents, ...address] },
      estate: own,
      entries: [...ingress.annotations, ...others, ...ingress.spec],
    };
  });
}

/** What each MultiClusterService has to become in its clusters. */
export function fleetServices(estate: Estate, books: Books): readonly Entry[] {
  return objectsOf(estate, 'MultiClusterService').flatMap((object) => {
    const service = serviceOf(object);
    const clusters = clustersOf(object);
    const args = {
      name: `${object.ref.namespace}/${object.ref.name}`,
      clusters: clusters?.join(', ') ?? 'every cluster of the fleet',
      commands: commandsFor(service, clusters).join('\n'),
    };
    settle(books, 'manual', fieldsOf(object), find.service(args, { at: object.at }));
    const read = new Set(service.annotations.map(({ key }) => key));
    const others = object.entries.filter((entry) => entry.kind === 'annotation' && !read.has(entry.key) && isOfGke(entry));
    for (const entry of others)
      settle(books, 'inert', [entry], find['not-read']({ annotation: entry.name, kind: object.ref.kind }, placeOf(entry)));
    return [...fieldsOf(object), ...others];
  });
}

function commandsFor(service: Service, clusters: readonly string[] | null): readonly string[] {
  const apply = exportedObjects(service).map((object) => `echo ${quoted(JSON.stringify(object))} | kubectl apply -f -`);
  if (clusters === null) return ['# in each cluster of the fleet (gcloud container fleet memberships list):', ...apply];
  return clusters.flatMap((link) => {
    const [location = '', name = ''] = link.split('/');
    return [`gcloud container clusters get-credentials ${quoted(name)} --location=${quoted(location)}`, ...apply];
  });
}

function quoted(text: string): string {
  const line = text.replace(/\p{Cc}/gu, ' ');
  return /^[\w./:-]+$/.test(line) ? line : `'${line.replaceAll("'", `'\\''`)}'`;
}

/** `…/global/addresses/NAME`, or the address itself. */
function addressIntents(entry: Entry, books: Books): readonly Intent[] {
  const place = placeOf(entry);
  if (entry.name !== 'networking.gke.io/static-ip') {
    settle(books, 'inert', [entry], find['not-read']({ annotation: entry.name, kind: 'MultiClusterIngress' }, place));
    return [];
  }
  const [, name] = /\/global\/addresses\/([a-z0-9-]+)$/.exec(entry.value) ?? [];
  if (name !== undefined) return [{ kind: 'gke', feature: 'staticAddress', name, scope: 'global', entries: [entry] }];
  settle(books, 'manual', [entry], find.address({ address: entry.value }, place));
  return [];
}

/**
 * The table of a MultiClusterIngress. A policy of what it sends to holds for all ports of a Service: where they are protected
 * differently, nobody is let in.
 */
export function fleetTable(table: RoutingTable, books: Books): RoutingTable {
  const forwards = table.hosts.flatMap(({ rules }) => rules);
  const protectedPorts = new Map<string, Set<string>>();
  for (const rule of forwards) {
    const service = serviceNameOf(rule);
    if (service !== null) protectedPorts.set(service, (protectedPorts.get(service) ?? new Set()).add(protectionText(rule)));
  }
  const close = (rule: RouteRule): RouteRule => {
    const service = serviceNameOf(rule);
    if (service === null || (protectedPorts.get(service)?.size ?? 0) < 2) return rule;
    const [entry] = rule.action.kind === 'forward' ? rule.action.backends.flatMap((backend) => backend.entries) : [];
    books.findings.push(find.ports({ service }, { at: entry?.at ?? rule.ingress.at, ingress: rule.ingress }));
    const restricts = 'its ports are protected differently, and a policy of a ServiceImport holds for all of them';
    return {
      ...rule,
      intents: [
        ...rule.intents,
        { kind: 'rawAccessControl', language: 'a BackendConfig', restricts, entries: entry === undefined ? [] : [entry] },
      ],
    };
  };
  return {
    ...table,
    loadBalancer: { ...table.loadBalancer, fleet: true },
    hosts: table.hosts.map((host) => ({ ...host, rules: host.rules.map(close) })),
  };
}

function serviceNameOf({ action }: RouteRule): string | null {
  const [backend] = action.kind === 'forward' ? action.backends : [];
  return backend === undefined ? null : `${backend.namespace}/${backend.service}`;
}

function protectionText({ intents }: RouteRule): string {
  return JSON.stringify(intents.filter(isProtection).map(({ entries: _, ...intent }) => intent));
}

function objectsOf({ others }: Estate, kind: string): readonly OtherObject[] {
  return others.filter(({ ref }) => ref.kind === kind);
}

function byName(services: readonly Service[]): ReadonlyMap<string, Service> {
  const found = new Map<string, Service>();
  for (const service of services) {
    const name = `${service.ref.namespace}/${service.ref.name}`;
    if (!found.has(name)) found.set(name, service);
  }
  return found;
}

/** Annotations of tools say nothing of what is served. */
function isOfGke({ name }: Entry): boolean {
  return /^(?:networking\.gke\.io|(?:beta\.)?cloud\.google\.com)\//.test(name);
}

const noTools: Parameters<typeof runRules>[3] = (name) => ({
  id: name,
  title: name,
  docs: '',
  annotations: [],
  convert: () => ({ metadata: [], outcome: 'inert', finding: null }),
});
