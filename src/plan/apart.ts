import type { Finding } from '../ledger/finding.ts';
import type { ConvertOptions } from '../options.ts';
import { type Apart, whyApart } from '../route/layout.ts';
import type { RoutingTable } from '../route/table.ts';
import { ANY_HOST, planFindings } from './findings.ts';
import type { GatewayName } from './input.ts';

/** Of load balancers that cannot share a Gateway, the one that gets it: that with the most hosts, of equals the first. */
export function mainOf(tables: readonly RoutingTable[]): RoutingTable | undefined {
  const most = Math.max(0, ...tables.map(({ hosts }) => hosts.length));
  return tables.find(({ hosts }) => hosts.length === most);
}

/** Load balancers that could not be brought together as was asked for, and what keeps each of them from the one that has the Gateway. */
export function apartFindings(
  gateways: readonly (readonly [RoutingTable, GatewayName])[],
  { gateway }: ConvertOptions,
): readonly Finding[] {
  const main = mainOf(gateways.map(([table]) => table));
  const found = gateways.find(([table]) => table === main);
  if (found === undefined || (gateway?.kind !== 'shared' && gateway?.kind !== 'named')) return [];
  const [table, other] = found;
  return gateways.flatMap(([apart, { namespace, name }]) => {
    if (apart === table) return [];
    const why = whyApart(table, apart);
    if (why === null) return [];
    const { loadBalancer } = apart;
    const [ingress = null] = loadBalancer.ingresses;
    return planFindings['gateway-apart'](
      {
        loadBalancer: loadBalancer.name,
        gateway: `${namespace}/${name}`,
        other: `${other.namespace}/${other.name}`,
        why: inWords(why, table, apart),
      },
      { at: ingress?.at ?? null },
    );
  });
}

function inWords(why: Apart, { vendor, loadBalancer: first }: RoutingTable, { vendor: other, loadBalancer: second }: RoutingTable): string {
  switch (why.kind) {
    case 'controller':
      return `its controller is another one (${other}, not ${vendor})`;
    case 'class':
      return `its class is another one (${second.className ?? 'none'}, not ${first.className ?? 'none'}), and so may be who reaches it`;
    case 'clusters':
      return 'only one of the two sends to several clusters';
    case 'settings':
      return 'they ask for different things as a whole: who reaches it, its addresses, TLS or logs';
    case 'any-host':
      return `${why.whose} answers for ${ANY_HOST}`;
    case 'ports':
      return `${why.whose} serves different things on different ports`;
    case 'host':
      return `both serve ${why.host}`;
    case 'stream':
      return `both have ${why.port}`;
    default:
      return why satisfies never;
  }
}
