import type { Entry } from '../../../src/model/entry.ts';
import type { Estate } from '../../../src/model/estate.ts';
import { isValidHost } from '../../../src/model/host.ts';
import { strayEntries } from '../../../src/model/stray.ts';
import type { HostTable, RouteRule, RoutingTable } from '../../../src/route/table.ts';
import type { IngressView, PackView } from '../../../src/rule/pack.ts';
import { PREFIX, placeOf, valueFindings } from '../annotation.ts';
import { type Books, settle } from '../books.ts';
import { isParams } from '../class-params.ts';
import type { Group } from '../group.ts';
import { backendFindings, hostFindings, paramsFindings, tlsFindings } from './findings.ts';

/** Class parameters, and annotations of Services that ALB Ingresses name. */
export function satellitesOf(groups: readonly Group[], { others, services }: Estate): readonly Entry[] {
  const names = new Set(groups.flatMap(({ members }) => members.flatMap(({ ingress }) => namedServices(ingress.ref.namespace, ingress))));
  const ofServices = services
    .filter(({ ref }) => names.has(`${ref.namespace}/${ref.name}`))
    .flatMap(({ annotations }) => annotations.filter(({ name }) => name.startsWith(PREFIX)));
  return [...others.filter(isParams).flatMap(({ entries }) => entries.filter(({ kind }) => kind === 'field')), ...ofServices];
}

/** By any text of the Ingress: actions name Services too. */
function namedServices(
  namespace: string,
  ingress: { readonly spec: readonly Entry[]; readonly annotations: readonly Entry[] },
): readonly string[] {
  const actions = ingress.annotations.filter(({ name }) => name.startsWith(`${PREFIX}actions.`)).map(({ value }) => value);
  const inActions = actions.flatMap((text) => [...text.matchAll(/"serviceName"\s*:\s*"([^"]*)"/gi)].map(([, name]) => name ?? ''));
  const inSpec = ingress.spec.filter(({ name }) => SERVICE_NAME.test(name)).map(({ value }) => value);
  return [...inSpec, ...inActions].map((name) => `${namespace}/${name}`);
}

interface Accounted {
  readonly view: PackView;
  readonly routedOf: (view: IngressView) => readonly Entry[];
  readonly groups: readonly Group[];
  readonly tables: readonly RoutingTable[];
  readonly satellites: readonly Entry[];
}

/** Ends whatever the tables and the books do not mention: nothing that is served rests on it. */
export function settleRest({ view, routedOf, groups, tables, satellites }: Accounted, books: Books): void {
  for (const table of tables) settleUnwritable(table, tables, books);
  const known = new Set<Entry>([...entriesIn(tables), ...books.settled.map(({ entry }) => entry)]);
  const stray = new Set(view.ingresses.flatMap(({ ingress }) => strayEntries(ingress)));
  for (const each of view.ingresses) {
    const { spec, className } = each.ingress;
    const own = [...spec, ...routedOf(each)].filter((entry) => entry !== className?.entry && !stray.has(entry));
    for (const entry of own.filter((each) => !known.has(each))) settleOne(entry, spec, satellites, books);
  }
  const used = new Set(groups.flatMap(({ members }) => members.flatMap(({ params }) => params?.object.ref ?? [])));
  for (const entry of satellites) {
    if (known.has(entry)) continue;
    const isUnused = entry.object.kind === 'IngressClassParams' && !used.has(entry.object);
    const finding = isUnused ? paramsFindings.unused({}, placeOf(entry)) : valueFindings.unused({ setting: entry.key }, placeOf(entry));
    settle(books, [entry], 'inert', finding);
  }
}

function settleOne(entry: Entry, spec: readonly Entry[], satellites: readonly Entry[], books: Books): void {
  const place = placeOf(entry);
  const [, family, name] = /\/(actions|conditions|transforms)\.(.+)$/.exec(entry.name) ?? [];
  const ofService = entry.kind === 'annotation' ? satellites.find((each) => each.name === entry.name) : undefined;
  if (entry.kind === 'annotation' && family !== undefined && name !== undefined)
    settle(
      books,
      [entry],
      'inert',
      namesBackend(spec, name, family)
        ? backendFindings['unreached-annotation']({ annotation: entry.name, name }, place)
        : backendFindings['unused-annotation']({ annotation: entry.name, name }, place),
    );
  else if (ofService !== undefined)
    settle(books, [entry], 'inert', valueFindings.overridden({ setting: entry.name, by: ofService.key }, place));
  else if (/^spec\.tls\[\d+\]\.secretName$/.test(entry.name)) settle(books, [entry], 'inert', tlsFindings['not-read']({}, place));
  else if (entry.name.startsWith('spec.tls')) settle(books, [entry], 'inert', tlsFindings['no-search']({}, place));
  else settle(books, [entry], 'inert', valueFindings.unused({ setting: entry.name }, place));
}

const SERVICE_NAME = /(\.service\.name|\.serviceName)$/;

/** An action is asked for by the port as well: with any other the name is a Service. */
function namesBackend(spec: readonly Entry[], name: string, family: string): boolean {
  const isForAction = (leaf: Entry) => {
    const ports = [leaf.name.replace(/\.name$/, '.port.name'), leaf.name.replace(/serviceName$/, 'servicePort')];
    return spec.some((port) => ports.includes(port.name) && port.value === 'use-annotation');
  };
  return spec.some((leaf) => leaf.value === name && SERVICE_NAME.test(leaf.name) && (family !== 'actions' || isForAction(leaf)));
}

/** Nothing is written for hosts that are none, and then what holds for the whole load balancer has no place. */
function settleUnwritable(table: RoutingTable, tables: readonly RoutingTable[], books: Books): void {
  const isWritable = ({ hosts }: RoutingTable) => hosts.some(({ host }) => host === '' || isValidHost(host));
  if (isWritable(table)) return;
  const elsewhere = entriesIn(tables.filter(isWritable));
  const hosts = table.hosts.map(({ host }) => host).join(', ');
  for (const { entries } of table.loadBalancer.intents ?? [])
    for (const entry of entries.filter((each) => !elsewhere.has(each)))
      settle(books, [entry], 'manual', hostFindings.none({ hosts }, placeOf(entry)));
}

/** Every entry that a table speaks for. */
function entriesIn(tables: readonly RoutingTable[]): ReadonlySet<Entry> {
  return new Set(
    tables.flatMap(({ hosts, loadBalancer }) => [
      ...(loadBalancer.intents ?? []).flatMap(({ entries }) => entries),
      ...hosts.flatMap(ofHost),
    ]),
  );
}

function ofHost({ rules, certificate, intents }: HostTable): readonly Entry[] {
  return [
    ...rules.flatMap(ofRule),
    ...(certificate.kind === 'none' ? [] : certificate.entries),
    ...intents.flatMap(({ entries }) => entries),
  ];
}

function ofRule({ entries, action, intents }: RouteRule): readonly Entry[] {
  const own =
    action.kind === 'forward'
      ? [...action.backends.flatMap((backend) => backend.entries), ...(action.rewrite?.entries ?? [])]
      : action.kind === 'redirect'
        ? action.redirect.entries
        : [];
  return [...entries, ...own, ...intents.flatMap((intent) => intent.entries)];
}
