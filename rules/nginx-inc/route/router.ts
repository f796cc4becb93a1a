import type { Entry } from '../../../src/model/entry.ts';
import type { Estate } from '../../../src/model/estate.ts';
import { compareText } from '../../../src/model/position.ts';
import type { HostTable, RouteRule, RoutingTable } from '../../../src/route/table.ts';
import { type Books, onceEach } from '../../../src/rule/books.ts';
import type { PackView, Routed } from '../../../src/rule/pack.ts';
import { isPolicy } from '../policies.ts';
import { inert, placeOf, warningsOf } from '../settlement.ts';
import { certificateOf } from './certificates.ts';
import { byName, type Facts, factsOf } from './facts.ts';
import { editionFindings, hostFindings, restFindings } from './findings.ts';
import { hostRules } from './host-rules.ts';
import { entriesIn, leftovers } from './leftovers.ts';
import { locationsOf } from './locations.ts';
import { type Owned, ownersOf } from './ownership.ts';
import { serverSettings } from './server-settings.ts';

/** What the controller serves, one table for each ingress class. `owned`: the annotations that the pack's rules know. */
export function routerOf(owned: ReadonlySet<string>): (view: PackView) => Routed {
  return (view) => {
    const classes = [...new Set(view.ingresses.map((each) => each.className))].sort((a, b) => compareText(a ?? '', b ?? ''));
    const parts = classes.map((className) => routeClass(view, className, classes, owned));
    return {
      tables: parts.flatMap((part) => part.tables),
      settled: parts.flatMap((part) => part.settled),
      findings: parts.flatMap((part) => part.findings),
      satellites: [...new Set(parts.flatMap((part) => part.satellites ?? []))],
    };
  };
}

function routeClass(
  { estate, ingresses }: PackView,
  className: string | null,
  classes: readonly (string | null)[],
  owned: ReadonlySet<string>,
): Routed {
  const books: Books = { findings: [], settled: [] };
  const all = ingresses
    .filter((each) => each.className === className)
    .map(factsOf)
    .sort(byName);
  const tables = ownersOf(all, estate, className, books).map((each) => hostTable(each, estate, books));
  const hosts = withUniqueIds(tables.filter(({ rules }) => rules.length > 0)).sort(
    (a, b) => Number(a.host === '') - Number(b.host === '') || compareText(a.host, b.host),
  );
  const done = new Set<Entry>([...entriesIn(hosts), ...books.settled.map(({ entry }) => entry)]);
  const served = new Set(hosts.flatMap(({ rules, owner }) => [owner, ...rules.map(({ ingress }) => ingress)]));
  for (const facts of all) {
    books.findings.push(...needsPlus(facts));
    const rest = leftovers(facts, hosts, { done, owned, served });
    books.settled.push(...rest);
    books.findings.push(...warningsOf(rest));
  }
  const satellites = policyEntries(estate, done, books);
  const { findings, settled } = onceEach(books);
  const name = className ?? (classes.includes('nginx') ? 'default' : 'nginx');
  const loadBalancer = { name, namespace: null, className, ingresses: all.map(({ ref }) => ref) };
  return { tables: [{ vendor: 'nginx-inc', loadBalancer, hosts }], findings, settled, satellites };
}

function hostTable(owned: Owned, estate: Estate, books: Books): HostTable {
  const { host, owner, minions } = owned;
  if (host === '') for (const facts of [owner, ...minions]) books.findings.push(needsFlag(facts));
  const locations = locationsOf(owned, books);
  const certificate = certificateOf(host, owner, estate, books);
  const server = serverSettings(owned, locations, certificate, estate, books);
  return {
    host,
    // As server_name takes it.
    wildcard: 'any-depth',
    ports: server.ports,
    certificate,
    rules: hostRules(locations, server, estate, books),
    owner: owner.ref,
    intents: server.hostIntents,
    passthrough: null,
  };
}

function needsFlag({ ref, ingress }: Facts) {
  const rule = ingress.rules.find(({ host }) => host === '');
  const at = rule?.paths?.[0]?.entries[0]?.at ?? ref.at;
  return hostFindings['needs-flag']({}, { at, ingress: ref, host: '' });
}

function needsPlus({ ingress }: Facts) {
  const found = ingress.annotations.find(({ name }) => /^(?:nginx\.com|appprotect(?:dos)?\.f5\.com)\//.test(name));
  return found === undefined ? [] : [editionFindings.plus({ annotation: found.name }, placeOf(found))];
}

/** The settings of the policies that the Ingresses use, with a word on those that say nothing about requests. */
function policyEntries({ others }: Estate, done: ReadonlySet<Entry>, books: Books): readonly Entry[] {
  const used = others.filter((other) => isPolicy(other) && other.entries.some((entry) => done.has(entry)));
  for (const entry of used.flatMap(({ entries }) => entries)) {
    if (!done.has(entry)) books.settled.push(...inert([entry], restFindings['no-effect']({ setting: entry.key }, placeOf(entry))));
  }
  return used.flatMap(({ entries }) => entries);
}

/** Two files may define the same Ingress: their rules are told apart by the place. */
function withUniqueIds(hosts: RoutingTable['hosts']): HostTable[] {
  const known = new Set<string>();
  const rename = (rule: RouteRule): RouteRule => {
    const at = rule.ingress.at;
    const id = known.has(rule.id) ? `${rule.id} (${at.file}:${at.line})` : rule.id;
    known.add(rule.id);
    return { ...rule, id };
  };
  return hosts.map((host) => ({ ...host, rules: host.rules.map(rename) }));
}
