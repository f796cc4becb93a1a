import type { Entry } from '../../../src/model/entry.ts';
import { compareText } from '../../../src/model/position.ts';
import type { HostTable, RouteRule, RoutingTable, Stream } from '../../../src/route/table.ts';
import { type Books, onceEach } from '../../../src/rule/books.ts';
import type { IngressView, PackView, Routed } from '../../../src/rule/pack.ts';
import { configBooks, unreachedSnippets } from '../controller/config-books.ts';
import { type Controller, controllerOf } from '../controller/controller.ts';
import { type Flags, fullName } from '../controller/flags.ts';
import { streamsOf } from '../controller/streams.ts';
import { collectAffinities } from './affinities.ts';
import { attachCanaries } from './canaries.ts';
import { byAge, factsOf } from './facts.ts';
import { hostTables } from './host-tables.ts';
import { entriesIn, leftovers } from './leftovers.ts';
import { buildServers } from './servers.ts';
import { reportHeadersOfRedirects } from './snippet-effects.ts';
import { collectUpstreams } from './upstreams.ts';

/** What ingress-nginx serves, one table for each ingress class. */
export function route(view: PackView): Routed {
  const controller = controllerOf(view.estate, view.options);
  const { streams, settled, satellites } = streamsOf(controller, view.estate);
  const config = configBooks(controller, view.ingresses);
  const classes = [...new Set(view.ingresses.map((each) => each.className))].sort((a, b) => compareText(a ?? '', b ?? ''));
  const parts = classes.map((className) => routeClass(view, className, classes, controller));
  return {
    tables: withStreams(
      parts.flatMap((part) => part.tables),
      streams,
    ),
    settled: [
      ...parts.flatMap((part) => part.settled),
      ...settled,
      ...config.settled,
      ...unreachedSnippets(view.ingresses, new Set(parts.flatMap(({ done }) => [...done]))),
    ],
    findings: [...parts.flatMap((part) => part.findings), ...config.findings],
    satellites: [...satellites, ...(config.satellites ?? [])],
  };
}

/** The controller's TCP and UDP ports belong to no class: they go with its own, else with the first, else stand alone. */
function withStreams(tables: readonly RoutingTable[], streams: readonly Stream[]): readonly RoutingTable[] {
  if (streams.length === 0) return tables;
  const own = tables.find(({ loadBalancer }) => loadBalancer.className === 'nginx') ?? tables[0];
  if (own === undefined) {
    const loadBalancer = { name: 'nginx', namespace: null, className: null, ingresses: [] };
    return [{ vendor: 'nginx', loadBalancer, hosts: [], streams }];
  }
  return tables.map((table) => (table === own ? { ...table, streams } : table));
}

function routeClass(
  { estate, ingresses }: PackView,
  className: string | null,
  classes: readonly (string | null)[],
  controller: Controller,
): Routed & { readonly done: ReadonlySet<Entry> } {
  const books: Books = { findings: [], settled: [] };
  const members = ingresses.filter((each) => each.className === className);
  const facts = members.map(factsOf).sort(byAge);
  const upstreams = collectUpstreams(facts);
  const servers = buildServers(facts, upstreams, books);
  const alternatives = attachCanaries(facts, servers, upstreams, books);
  const { hosts: made, certificates } = hostTables({
    servers,
    alternatives,
    affinities: collectAffinities(facts),
    estate,
    controller,
    books,
  });
  const hosts = withUniqueIds(made.map((host) => withDefaultCertificate(host, controller.flags)));
  reportHeadersOfRedirects(hosts, books);
  const done = new Set([...entriesIn(hosts), ...books.settled.map(({ entry }) => entry)]);
  const served = new Set(hosts.flatMap(({ rules }) => rules.map(({ ingress }) => ingress)));
  for (const each of facts) books.settled.push(...leftovers(each, { hosts, served, certificates, done }));
  const name = className ?? (classes.includes('nginx') ? 'default' : 'nginx');
  const table: RoutingTable = { vendor: 'nginx', loadBalancer: { name, namespace: null, className, ingresses: members.map(refOf) }, hosts };
  const { findings, settled } = onceEach(books);
  return { tables: [table], settled, findings, done };
}

/** `--default-ssl-certificate` names the Secret behind every host that has none of its own. */
function withDefaultCertificate(host: HostTable, flags: Flags): HostTable {
  const name = fullName(flags.get('default-ssl-certificate'));
  const { certificate } = host;
  if (name === null || certificate.kind !== 'default') return host;
  return { ...host, certificate: { kind: 'secret', ...name, entries: certificate.entries } };
}

function refOf(view: IngressView) {
  return view.ingress.ref;
}

/** Two files may define the same Ingress: their rules are told apart by the place. */
function withUniqueIds(hosts: RoutingTable['hosts']): RoutingTable['hosts'] {
  const known = new Set<string>();
  const rename = (rule: RouteRule): RouteRule => {
    const at = rule.ingress.at;
    const id = known.has(rule.id) ? `${rule.id} (${at.file}:${at.line})` : rule.id;
    known.add(rule.id);
    return { ...rule, id };
  };
  return hosts.map((host) => ({ ...host, rules: host.rules.map(rename) }));
}
