/** A listener's or route's hostname against a request's: exact, `*.suffix` for one or more labels, absent for all. */
export function hostnameTakes(hostname: string | undefined, host: string): boolean {
  if (hostname === undefined || hostname === '') return true;
  if (hostname.startsWith('*.')) return host.endsWith(hostname.slice(1)) && host.length > hostname.length - 1;
  return hostname === host;
}

/**
 * Every hostname that takes a host, in Gateway API's order: characters of a precise one first, then characters of any.
 * `a.b.test` → `a.b.test`, `*.b.test`, `*.test`, ''.
 */
export function takingHostnames(host: string): readonly string[] {
  const taking = [host];
  for (let dot = host.indexOf('.'); dot > 0; dot = host.indexOf('.', dot + 1)) taking.push(`*${host.slice(dot)}`);
  return [...taking, ''];
}
