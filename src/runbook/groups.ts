import type { IngressRef } from '../model/entry.ts';
import type { Ingress } from '../model/ingress.ts';
import { compareText } from '../model/position.ts';
import type { RoutingTable } from '../route/table.ts';
import type { RunbookInput } from './input.ts';
import { type Risk, riskOf } from './risk.ts';

/** Hosts and Ingresses that can only move together: a host is switched whole, and an Ingress is deleted whole. */
export interface Group {
  readonly table: RoutingTable;
  /** '' stands for requests of any other host. */
  readonly hosts: readonly string[];
  readonly ingresses: readonly Ingress[];
  /** Number of routing rules. */
  readonly rules: number;
  readonly risk: Risk;
}

/** In the order in which they should move: the least risk first, then the smallest, wildcards after the names that they cover. */
export function groupsOf(input: RunbookInput): readonly Group[] {
  const byRef = new Map<IngressRef, Ingress>(input.estate.ingresses.map((ingress) => [ingress.ref, ingress]));
  return input.tables
    .flatMap((table) =>
      connected(table).map((parts): Group => {
        const ingresses = parts.refs.flatMap((ref) => byRef.get(ref) ?? []);
        const hosts = [...parts.hosts].sort(compareText);
        const rules = table.hosts.filter(({ host }) => parts.hosts.has(host)).reduce((sum, host) => sum + host.rules.length, 0);
        return { table, hosts, ingresses, rules, risk: riskOf(ingresses, table, hosts, input) };
      }),
    )
    .filter(({ ingresses }) => ingresses.length > 0)
    .sort(
      (a, b) =>
        a.risk.rank - b.risk.rank ||
        breadth(a) - breadth(b) ||
        a.risk.reasons.length - b.risk.reasons.length ||
        a.rules - b.rules ||
        compareText(a.hosts.join(), b.hosts.join()) ||
        compareText(a.table.loadBalancer.name, b.table.loadBalancer.name),
    );
}

/** A record for `*.example.com` answers for every name that has none of its own: those move first. */
export function breadth({ hosts }: Group): number {
  if (hosts.includes('')) return 2;
  return hosts.some((host) => host.startsWith('*.')) ? 1 : 0;
}

interface Part {
  readonly hosts: Set<string>;
  readonly refs: readonly IngressRef[];
}

/** Hosts that share an Ingress, and Ingresses that share a host. */
function connected(table: RoutingTable): readonly Part[] {
  const parts: { hosts: Set<string>; refs: Set<IngressRef> }[] = [];
  for (const { host, rules, owner } of table.hosts) {
    const refs = new Set([...rules.map(({ ingress }) => ingress), ...(owner === null ? [] : [owner])]);
    const joined = { hosts: new Set([host]), refs };
    for (const part of parts.filter((each) => each.hosts.has(host) || [...refs].some((ref) => each.refs.has(ref)))) {
      for (const each of part.hosts) joined.hosts.add(each);
      for (const ref of part.refs) joined.refs.add(ref);
      parts.splice(parts.indexOf(part), 1);
    }
    parts.push(joined);
  }
  const byName = (a: IngressRef, b: IngressRef) => compareText(a.namespace, b.namespace) || compareText(a.name, b.name);
  return parts.map(({ hosts, refs }) => ({ hosts, refs: [...refs].sort(byName) }));
}
