import { compareText } from '../../../src/model/position.ts';
import type { RouteRule, RoutingTable } from '../../../src/route/table.ts';
import type { IngressView, PackView, Routed } from '../../../src/rule/pack.ts';
import { type Books, onceEach } from './books.ts';
import { attachCanaries } from './canaries.ts';
import { byAge, factsOf } from './facts.ts';
import { hostTables } from './host-tables.ts';
import { entriesIn, leftovers } from './leftovers.ts';
import { buildServers } from './servers.ts';
import { reportHeadersOfRedirects } from './snippet-effects.ts';
import { collectUpstreams } from './upstreams.ts';

/** What ingress-nginx serves, one table for each ingress class. */
export function route(view: PackView): Routed {
  const classes = [...new Set(view.ingresses.map((each) => each.className))].sort((a, b) => compareText(a ?? '', b ?? ''));
  const parts = classes.map((className) => routeClass(view, className, classes));
  return {
    tables: parts.flatMap((part) => part.tables),
    settled: parts.flatMap((part) => part.settled),
    findings: parts.flatMap((part) => part.findings),
  };
}

function routeClass({ estate, ingresses }: PackView, className: string | null, classes: readonly (string | null)[]): Routed {
  const books: Books = { findings: [], settled: [] };
  const members = ingresses.filter((each) => each.className === className);
  const facts = members.map(factsOf).sort(byAge);
  const upstreams = collectUpstreams(facts);
  const servers = buildServers(facts, upstreams, books);
  const alternatives = attachCanaries(facts, servers, upstreams, books);
  const { hosts: made, certificates } = hostTables({ servers, alternatives, estate, books });
  const hosts = withUniqueIds(made);
  reportHeadersOfRedirects(hosts, books);
  const done = new Set([...entriesIn(hosts), ...books.settled.map(({ entry }) => entry)]);
  for (const each of facts) books.settled.push(...leftovers(each, { hosts, certificates, done }));
  const name = className ?? (classes.includes('nginx') ? 'default' : 'nginx');
  const table: RoutingTable = { vendor: 'nginx', loadBalancer: { name, namespace: null, className, ingresses: members.map(refOf) }, hosts };
  const { findings, settled } = onceEach(books);
  return { tables: [table], settled, findings };
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
