import type { HostTable, RoutingTable } from '../../route/table.ts';

/** Finds the most specific host that takes a name: exact, then the longest wildcard, then the one for any; of the part that has the port. */
export function hostFinder(table: RoutingTable, port: number): (name: string) => HostTable | null {
  const part = table.hosts.find(({ ports }) => ports.some((each) => each.port === port))?.part;
  const exact = new Map<string, HostTable>();
  const bySuffix = new Map<string, HostTable>();
  let any: HostTable | null = null;
  for (const host of table.hosts) {
    if (host.part !== part) continue;
    if (host.host === '') any ??= host;
    else if (host.host.startsWith('*.')) keepFirst(bySuffix, host.host.slice(1), host);
    else keepFirst(exact, host.host, host);
  }
  return (name) => {
    const named = exact.get(name);
    if (named !== undefined) return named;
    const firstDot = name.indexOf('.');
    for (let dot = firstDot; dot > 0; dot = name.indexOf('.', dot + 1)) {
      const wildcard = bySuffix.get(name.slice(dot));
      if (wildcard !== undefined && (wildcard.wildcard === 'any-depth' || dot === firstDot)) return wildcard;
    }
    return any;
  };
}

function keepFirst(map: Map<string, HostTable>, key: string, host: HostTable): void {
  if (!map.has(key)) map.set(key, host);
}
