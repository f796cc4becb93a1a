/**
 * The names that cover a host, longest first: `*.b.test`, `*.test` and '' for `a.b.test`. A look-up of each of these is
 * cheaper than holding the host against every other one.
 */
export function coveringHosts(host: string): readonly string[] {
  if (host === '') return [];
  const names: string[] = [];
  for (let dot = host.indexOf('.'); dot >= 0; dot = host.indexOf('.', dot + 1)) names.push(`*${host.slice(dot)}`);
  return [...names, ''].filter((name) => name !== host);
}

/** `*.a.test` covers `b.a.test`, '' covers everything. */
export function coversHost(broad: string, host: string): boolean {
  if (broad === host) return false;
  if (broad === '') return true;
  return broad.startsWith('*.') && host.endsWith(broad.slice(1));
}
