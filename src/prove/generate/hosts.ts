import { isValidHost } from '../../model/host.ts';
import { compareText } from '../../model/position.ts';

/** A host that nobody named, in a domain that cannot exist. */
export const UNKNOWN_HOST = 'unknown-host.invalid';

/** Every host that either side names with a name below it and one beside it, two depths below each wildcard, and an unknown one. */
export function requestHosts(named: ReadonlySet<string>): readonly string[] {
  const hosts = new Set([UNKNOWN_HOST]);
  // No client asks for a listener that only holds a place: no name under `.invalid` exists (RFC 6761).
  for (const host of named) if (!host.endsWith('.invalid')) for (const name of around(host)) hosts.add(name);
  return [...hosts].filter(isValidHost).sort(compareText);
}

function around(host: string): readonly string[] {
  if (host === '') return [];
  if (host.startsWith('*.')) return [`one${host.slice(1)}`, `two.one${host.slice(1)}`, host.slice(2)];
  const parent = host.slice(host.indexOf('.') + 1);
  return [host, `sub.${host}`, ...(parent.includes('.') ? [`gateshift-sibling.${parent}`] : [])];
}
