/** A listener's or route's hostname against a request's: exact, `*.suffix` for one or more labels, absent for all. */
export function hostnameTakes(hostname: string | undefined, host: string): boolean {
  if (hostname === undefined || hostname === '') return true;
  if (hostname.startsWith('*.')) return host.endsWith(hostname.slice(1)) && host.length > hostname.length - 1;
  return hostname === host;
}

/** Gateway API ranks hostnames: characters of a precise one first, then characters of any. */
export function hostnameRank(hostname: string | undefined): readonly [precise: number, any: number] {
  if (hostname === undefined || hostname === '') return [0, 0];
  return hostname.startsWith('*.') ? [0, hostname.length] : [hostname.length, hostname.length];
}
