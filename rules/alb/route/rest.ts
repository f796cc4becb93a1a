import type { Entry } from '../../../src/model/entry.ts';
import type { Estate } from '../../../src/model/estate.ts';
import { isValidHost } from '../../../src/model/host.ts';
import type { HostTable, RouteRule, RoutingTable } from '../../../src/route/table.ts';
import type { PackView } from '../../../src/rule/pack.ts';
import { PREFIX, placeOf, valueFindings } from '../annotation.ts';
import { type Books, settle } from '../books.ts';
import { isParams } from '../class-params.ts';
import type { Group } from '../group.ts';
import { backendFindings, paramsFindings, tlsFindings } from './findings.ts';

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
  const inSpec = ingress.spec.filter(({ name }) => /(\.service\.name|\.serviceName)$/.test(name)).map(({ value }) => value);
  return [...inSpec, ...inActions].map((name) => `${namespace}/${name}`);
}

/** Ends whatever the tables and the books do not mention: nothing that is served rests on it. */
export function settleRest(view: PackView, tables: readonly RoutingTable[], satellites: readonly Entry[], books: Books): void {
  const known = new Set<Entry>([...entriesIn(tables), ...books.settled.map(({ entry }) => entry)]);
  for (const { ingress } of view.ingresses) {
    const left = [...ingress.spec, ...ingress.annotations.filter(isRead)].filter(
      (entry) => !known.has(entry) && entry !== ingress.className?.entry,
    );
    for (const entry of left) settleOne(entry, books);
  }
  for (const entry of satellites) {
    if (known.has(entry)) continue;
    const isParam = entry.object.kind === 'IngressClassParams';
    const finding = isParam ? paramsFindings.unused({}, placeOf(entry)) : valueFindings.unused({ setting: entry.key }, placeOf(entry));
    settle(books, [entry], 'inert', finding);
  }
  for (const table of tables) settleUnwritable(table, books);
}

function isRead({ name, value, malformed }: Entry): boolean {
  return name.startsWith(PREFIX) && value !== '' && malformed !== true;
}

function settleOne(entry: Entry, books: Books): void {
  const place = placeOf(entry);
  const [, family, name] = /\/(actions|conditions|transforms)\.(.+)$/.exec(entry.name) ?? [];
  if (entry.kind === 'annotation' && family !== undefined && name !== undefined)
    settle(books, [entry], 'inert', backendFindings['unused-annotation']({ annotation: entry.name, name }, place));
  else if (/^spec\.tls\[\d+\]\.secretName$/.test(entry.name)) settle(books, [entry], 'inert', tlsFindings['not-read']({}, place));
  else if (entry.name.startsWith('spec.tls')) settle(books, [entry], 'inert', tlsFindings['no-search']({}, place));
  else settle(books, [entry], 'inert', valueFindings.unused({ setting: entry.name }, place));
}

/** Nothing is written for hosts that are none, and then nothing has a place for what holds for the whole load balancer. */
function settleUnwritable({ hosts, loadBalancer }: RoutingTable, books: Books): void {
  if (hosts.some(({ host }) => host === '' || isValidHost(host))) return;
  for (const { entries } of loadBalancer.intents ?? [])
    for (const entry of entries) settle(books, [entry], 'manual', valueFindings.unused({ setting: entry.name }, placeOf(entry)));
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
