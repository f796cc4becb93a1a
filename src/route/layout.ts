import type { Intent } from '../intent/intent.ts';
import { protectionText } from '../intent/protection.ts';
import type { IngressRef } from '../model/entry.ts';
import { compareText } from '../model/position.ts';
import type { HostTable, RoutingTable } from './table.ts';

/**
 * How Gateways divide what is served: `shared`: as few as can be; `named`: that Gateway, which may be in the input. Null where one
 * stands for each load balancer of today.
 */
export type GatewayLayout =
  | { readonly kind: 'shared' | 'per-namespace' | 'per-ingress' }
  | { readonly kind: 'named'; readonly namespace: string; readonly name: string };

/**
 * The routing tables as the Gateways are to divide them: what shares an address from now on. Each host stays whole, since its
 * name leads to one address, and so does a host with those that it covers, since one Gateway has to know both to seal them.
 */
export function laidOut(tables: readonly RoutingTable[], layout: GatewayLayout | null): readonly RoutingTable[] {
  switch (layout?.kind) {
    case undefined:
      return tables;
    case 'per-namespace':
      return tables.flatMap((table) =>
        divided(
          table,
          ({ namespace }) => namespace,
          (namespace) => ({ name: table.loadBalancer.name, namespace }),
        ),
      );
    case 'per-ingress':
      return tables.flatMap((table) =>
        divided(
          table,
          ({ namespace, name }) => `${namespace}/${name}`,
          (key) => {
            const [namespace = '', name = ''] = key.split('/');
            return { name: `${table.loadBalancer.name}-${name}`, namespace };
          },
        ),
      );
    case 'shared':
    case 'named':
      return merged(tables);
    default:
      throw new Error(`no such layout: ${layout satisfies never}`);
  }
}

type Place = { readonly name: string; readonly namespace: string };

function divided(table: RoutingTable, keyOf: (ref: IngressRef) => string, placeOf: (key: string) => Place): readonly RoutingTable[] {
  const { loadBalancer } = table;
  const keys = partKeys(table, keyOf);
  const streams = (table.streams ?? []).map((stream) => ({
    stream,
    key: keyOf({ ...NOBODY, namespace: stream.backend.namespace, name: loadBalancer.name }),
  }));
  const parts = [...new Set([...keys.values(), ...streams.map(({ key }) => key)])].sort(compareText);
  // One that belongs to one Ingress or namespace already stays what it is.
  const [only] = parts;
  if (only === undefined) return [table];
  if (parts.length === 1) return [{ ...table, loadBalancer: { ...loadBalancer, namespace: placeOf(only).namespace } }];
  // Ingresses that serve nothing by themselves still have settings to account for.
  const serving = new Set(table.hosts.flatMap(refsOf));
  return parts.map((key, index): RoutingTable => {
    const hosts = table.hosts.filter((host) => keys.get(host) === key);
    const own = new Set(hosts.flatMap(refsOf));
    const { streams: _, ...rest } = table;
    const carried = streams.filter((each) => each.key === key).map(({ stream }) => stream);
    return {
      ...rest,
      hosts,
      ...(carried.length === 0 ? {} : { streams: carried }),
      loadBalancer: {
        ...loadBalancer,
        ...placeOf(key),
        ingresses: loadBalancer.ingresses.filter((ref) => own.has(ref) || (index === 0 && !serving.has(ref))),
      },
    };
  });
}

const NOBODY: IngressRef = { kind: 'Ingress', namespace: '', name: '', at: { file: '', line: 0, column: 0 } };

/** By host: that of its owner, else of its first rule; a host within a broader one goes where that goes, all parts of it alike. */
function partKeys({ hosts }: RoutingTable, keyOf: (ref: IngressRef) => string): ReadonlyMap<HostTable, string> {
  const keyOfHost = (host: string) => {
    const tables = hosts.filter((each) => each.host === host);
    const [first] = tables.flatMap(({ owner }) => owner ?? []).concat(tables.flatMap(refsOf));
    return first === undefined ? '' : keyOf(first);
  };
  return new Map(
    hosts.map((table) => {
      const [broadest] = hosts
        .map(({ host }) => host)
        .filter((host) => covers(host, table.host))
        .sort((a, b) => a.length - b.length || compareText(a, b));
      return [table, keyOfHost(broadest ?? table.host)];
    }),
  );
}

/** The rules for any host are no broader host: a name leads to them only where it leads nowhere else. */
function covers(broad: string, host: string): boolean {
  return broad !== host && broad.startsWith('*.') && host.endsWith(broad.slice(1));
}

function refsOf({ rules, owner }: HostTable): readonly IngressRef[] {
  const refs = [...(owner === null ? [] : [owner]), ...rules.map(({ ingress }) => ingress)];
  return [...new Set(refs)].sort((a, b) => compareText(a.namespace, b.namespace) || compareText(a.name, b.name));
}

/**
 * Load balancers that may share an address: of one controller and class, asking for the same as a whole (so that what is internal
 * stays apart from what is not), and with no host in common.
 */
function merged(tables: readonly RoutingTable[]): readonly RoutingTable[] {
  const result: RoutingTable[] = [];
  for (const table of tables) {
    const at = result.findIndex((other) => whyApart(other, table) === null);
    const other = result[at];
    if (other === undefined) result.push(table);
    else result[at] = joined(other, table);
  }
  return result;
}

/** What keeps two load balancers from sharing an address. */
export type Apart =
  | { readonly kind: 'controller' | 'class' | 'clusters' | 'settings' }
  /** One of them answers for every host that nobody else has, so that the other would get an answer where it had none. */
  | { readonly kind: 'any-host'; readonly whose: string }
  /** One of them serves different things on different ports. */
  | { readonly kind: 'ports'; readonly whose: string }
  | { readonly kind: 'host'; readonly host: string }
  | { readonly kind: 'stream'; readonly port: string };

/** null: they may share one. */
export function whyApart(a: RoutingTable, b: RoutingTable): Apart | null {
  if (a.vendor !== b.vendor) return { kind: 'controller' };
  if (a.loadBalancer.className !== b.loadBalancer.className) return { kind: 'class' };
  if (a.loadBalancer.fleet !== b.loadBalancer.fleet) return { kind: 'clusters' };
  if (asking(a) !== asking(b)) return { kind: 'settings' };
  const known = new Set(a.hosts.map(({ host }) => host));
  const host = b.hosts.map((each) => each.host).find((each) => each !== '' && known.has(each));
  if (host !== undefined) return { kind: 'host', host };
  for (const { hosts, loadBalancer } of [a, b]) {
    if (hosts.some((each) => each.host === '')) return { kind: 'any-host', whose: loadBalancer.name };
    if (hosts.some(({ part }) => part !== undefined)) return { kind: 'ports', whose: loadBalancer.name };
  }
  const streams = new Set((a.streams ?? []).map(({ protocol, port }) => `${protocol} ${port}`));
  const port = (b.streams ?? []).map((stream) => `${stream.protocol} ${stream.port}`).find((each) => streams.has(each));
  return port === undefined ? null : { kind: 'stream', port };
}

function asking({ loadBalancer }: RoutingTable): string {
  return (loadBalancer.intents ?? []).map(protectionText).sort(compareText).join('\n');
}

function joined(a: RoutingTable, b: RoutingTable): RoutingTable {
  const [first, second] = [a.loadBalancer, b.loadBalancer];
  const namespace = first.namespace === second.namespace ? first.namespace : null;
  const streams = [...(a.streams ?? []), ...(b.streams ?? [])];
  const hosts = [...a.hosts, ...b.hosts].sort(
    (one, other) => Number(one.host === '') - Number(other.host === '') || compareText(one.host, other.host),
  );
  return {
    ...a,
    hosts,
    ...(streams.length === 0 ? {} : { streams }),
    loadBalancer: {
      ...first,
      // A name is unique among those of its namespace.
      name: first.namespace === namespace ? first.name : `${first.namespace ?? ''}-${first.name}`,
      namespace,
      ingresses: [...first.ingresses, ...second.ingresses],
      ...(first.intents === undefined ? {} : { intents: first.intents.map((intent) => withEntries(intent, second.intents ?? [])) }),
    },
  };
}

/** The same was asked for by both: what asked ends in the same. */
function withEntries(intent: Intent, others: readonly Intent[]): Intent {
  const same = others.filter((other) => protectionText(other) === protectionText(intent));
  return { ...intent, entries: [...intent.entries, ...same.flatMap(({ entries }) => entries)] };
}
