/** Predefined policies for TLS towards clients, by the lowest version they take, the strictest last. */
const BY_VERSION: readonly (readonly [version: string, policy: string])[] = [
  ['1.0', 'ELBSecurityPolicy-TLS13-1-0-2021-06'],
  ['1.1', 'ELBSecurityPolicy-TLS13-1-1-2021-06'],
  ['1.2', 'ELBSecurityPolicy-TLS13-1-2-2021-06'],
  ['1.3', 'ELBSecurityPolicy-TLS13-1-3-2021-06'],
];

/** `1.2` or `TLSv1.2` → the policy that takes nothing older; null for what names no version. */
export function policyFor(minVersion: string): string | null {
  const version = /^(?:TLSv)?(1)(?:\.([0-3]))?$/.exec(minVersion.trim());
  const wanted = version === null ? null : `1.${version[2] ?? '0'}`;
  return BY_VERSION.find(([each]) => each === wanted)?.[1] ?? null;
}

/** Of policies of this list; null for none. */
export function strictest(policies: readonly string[]): string | null {
  return BY_VERSION.findLast(([, policy]) => policies.includes(policy))?.[1] ?? null;
}
