import type { Difference } from '../ledger/finding.ts';
import { parseRange, without } from '../targets/address-ranges.ts';

/** Where a TCP or UDP port leads. */
export interface PortAnswer {
  /** `namespace/service:port`; empty where nobody answers. */
  readonly backends: readonly { readonly name: string; readonly weight: number }[];
  /** CIDRs that alone may connect; null: any address. */
  readonly ranges: readonly string[] | null;
}

export function differencesOfPorts(before: PortAnswer, after: PortAnswer): readonly Difference[] {
  if (after.backends.length === 0) return before.backends.length === 0 ? [] : ['unreachable'];
  if (before.backends.length === 0) return ['wider'];
  const isSame = JSON.stringify(sharesOf(before)) === JSON.stringify(sharesOf(after));
  const isOpened = before.ranges !== null && (after.ranges === null || goBeyond(after.ranges, before.ranges));
  const isClosed = after.ranges !== null && (before.ranges === null || goBeyond(before.ranges, after.ranges));
  return [
    ...(isOpened ? (['protection'] as const) : []),
    ...(isSame ? [] : (['wrong-backend'] as const)),
    ...(isClosed ? (['narrower'] as const) : []),
  ];
}

function sharesOf({ backends }: PortAnswer): readonly (readonly [string, number])[] {
  const total = backends.reduce((sum, { weight }) => sum + weight, 0);
  return backends
    .filter(({ weight }) => weight > 0)
    .map(({ name, weight }): readonly [string, number] => [name, weight / total])
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}

/** Whether an address of `some` is in none of `all`; so does what is no range. */
function goBeyond(some: readonly string[], all: readonly string[]): boolean {
  const [inner, outer] = [some, all].map((texts) => texts.map(parseRange));
  const known = (outer ?? []).filter((range) => range !== null);
  return (inner ?? []).some((range) => range === null || without([range], known).length > 0);
}
