import type { Intent } from '../intent/intent.ts';
import { protectionText } from '../intent/protection.ts';
import type { IngressRef } from '../model/entry.ts';
import { compareText } from '../model/position.ts';
import type { GatewayLayout } from '../options.ts';
import type { HostTable, RoutingTable } from '../route/table.ts';
import { coversHost } from './host-names.ts';

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
            return { name, namespace };
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

/** By host: that of its owner, else of its first rule; a host within a broader one goes where that goes. */
function partKeys({ hosts }: RoutingTable, keyOf: (ref: IngressRef) => string): ReadonlyMap<HostTable, string> {
  const own = (host: HostTable) => {
    const [first] = host.owner === null ? refsOf(host) : [host.owner];
    return first === undefined ? '' : keyOf(first);
  };
  return new Map(
    hosts.map((host) => {
      const [broadest] = hosts
        .filter((other) => other.host !== '' && other.host !== host.host && host.host !== '' && coversHost(other.host, host.host))
        .sort((a, b) => a.host.length - b.host.length);
      return [host, own(broadest ?? host)];
    }),
  );
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
    const at = result.findIndex((other) => alike(other, table) && !shareHost(other, table) && !sharePort(other, table));
    const other = result[at];
    if (other === undefined) result.push(table);
    else result[at] = joined(other, table);
  }
  return result;
}

function alike(a: RoutingTable, b: RoutingTable): boolean {
  return (
    a.vendor === b.vendor &&
    a.loadBalancer.className === b.loadBalancer.className &&
    a.loadBalancer.fleet === b.loadBalancer.fleet &&
    asking(a) === asking(b)
  );
}

function asking({ loadBalancer }: RoutingTable): string {
  return (loadBalancer.intents ?? []).map(protectionText).sort(compareText).join('\n');
}

function shareHost(a: RoutingTable, b: RoutingTable): boolean {
  const known = new Set(a.hosts.map(({ host }) => host));
  return b.hosts.some(({ host }) => known.has(host));
}

function sharePort(a: RoutingTable, b: RoutingTable): boolean {
  const known = new Set((a.streams ?? []).map(({ protocol, port }) => `${protocol} ${port}`));
  return (b.streams ?? []).some(({ protocol, port }) => known.has(`${protocol} ${port}`));
}

function joined(a: RoutingTable, b: RoutingTable): RoutingTable {
  const [first, second] = [a.loadBalancer, b.loadBalancer];
  const streams = [...(a.streams ?? []), ...(b.streams ?? [])];
  // The rule for any host is tried last.
  const hosts = [...a.hosts, ...b.hosts].sort(
    (one, other) => Number(one.host === '') - Number(other.host === '') || compareText(one.host, other.host),
  );
  return {
    ...a,
    hosts,
    ...(streams.length === 0 ? {} : { streams }),
    loadBalancer: {
      ...first,
      name: first.className || first.name,
      namespace: first.namespace === second.namespace ? first.namespace : null,
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
