import type { Difference } from '../ledger/finding.ts';

/** The classes of difference, gravest first, as people call them. */
const NAMES: Readonly<Record<Difference, string>> = {
  protection: 'protection lost',
  wider: 'wider than before',
  'wrong-backend': 'wrong backend',
  unreachable: 'unreachable',
  redirect: 'redirect lost or changed',
  'wrong-path': 'wrong path',
  weight: 'weights',
  narrower: 'narrower than before',
  headers: 'headers',
  setting: 'setting lost or changed',
  status: 'status',
};

const ORDER: readonly string[] = Object.keys(NAMES);

export function differenceName(difference: Difference): string {
  return NAMES[difference];
}

/** 0 is the gravest. */
export function gravity(differences: readonly Difference[]): number {
  return Math.min(...differences.map((difference) => ORDER.indexOf(difference)));
}

export function gravestFirst(differences: readonly Difference[]): readonly Difference[] {
  return differences.toSorted((a, b) => gravity([a]) - gravity([b]));
}
