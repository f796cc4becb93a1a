import type { Finding } from '../ledger/finding.ts';
import { inOrder } from './order.ts';

/** Findings that say the same of several places, or the same kind of thing: shown as one block with a count. */
export interface FindingGroup {
  readonly first: Finding;
  readonly others: readonly Finding[];
}

/**
 * In the order of `inOrder`, each group at the place of its first finding. `message`: only what is the same sentence is
 * one group. `code`: warnings and notes of one code with the same advice are, although their sentences name different
 * values; errors still only when they say the same.
 */
export function grouped(findings: readonly Finding[], by: 'message' | 'code'): readonly FindingGroup[] {
  const groups = new Map<string, Finding[]>();
  for (const finding of inOrder(findings)) {
    const said = by === 'message' || finding.level === 'error' ? finding.message : '';
    const key = JSON.stringify([
      finding.code,
      finding.level,
      by === 'message' || finding.level === 'error' ? finding.help : adviceOf(finding),
      said,
    ]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [finding]);
    else group.push(finding);
  }
  return [...groups.values()].flatMap(([first, ...others]) => (first === undefined ? [] : [{ first, others }]));
}

/** What to do, whatever the names: a command is the same advice for each Service that it is to be run for. */
function adviceOf({ help, args }: Finding): string {
  const names = Object.values(args)
    .flatMap((value) => (typeof value === 'string' ? [value, ...value.split('/')] : []))
    // A sentence is no name: it may be the advice.
    .filter((name) => name.length > 2 && !/\s/.test(name))
    .sort((a, b) => b.length - a.length);
  return names.reduce((advice, name) => advice.replaceAll(name, '…'), help);
}
