/** `*.a.test` covers `b.a.test`, '' covers everything. */
export function coversHost(broad: string, host: string): boolean {
  if (broad === host) return false;
  if (broad === '') return true;
  return broad.startsWith('*.') && host.endsWith(broad.slice(1));
}
