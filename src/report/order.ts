import type { Finding } from '../ledger/finding.ts';
import { comparePositions, compareText } from '../model/position.ts';

const LEVELS: readonly Finding['level'][] = ['error', 'warning', 'note'];

/** Security errors first, then errors, warnings, notes; each by position, what has none before the rest. */
export function inOrder(findings: readonly Finding[]): readonly Finding[] {
  return findings.toSorted(
    (a, b) => rank(a) - rank(b) || compareAt(a, b) || compareText(a.code, b.code) || compareText(a.message, b.message),
  );
}

function rank({ level, security }: Finding): number {
  return LEVELS.indexOf(level) * 2 + (security ? 0 : 1);
}

function compareAt({ at: a }: Finding, { at: b }: Finding): number {
  if (a === null || b === null) return Number(a !== null) - Number(b !== null);
  return comparePositions(a, b);
}
