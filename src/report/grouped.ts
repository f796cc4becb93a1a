import type { Finding } from '../ledger/finding.ts';

/** Findings that say the same of several places: shown once, with a count. */
export interface FindingGroup {
  readonly first: Finding;
  readonly others: readonly Finding[];
}

const LEVELS = ['error', 'warning', 'note'] as const;

/** Security errors first, then by level, then by position. The same code and sentence is one group. */
export function grouped(findings: readonly Finding[]): readonly FindingGroup[] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const key = `${finding.code}\n${finding.level === 'error' ? finding.message : finding.help}\n${finding.level}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [finding]);
    else group.push(finding);
  }
  const rank = ({ level, security }: Finding) => LEVELS.indexOf(level) * 2 + (security ? 0 : 1);
  return [...groups.values()]
    .flatMap(([first, ...others]) => (first === undefined ? [] : [{ first, others }]))
    .sort((a, b) => rank(a.first) - rank(b.first));
}
