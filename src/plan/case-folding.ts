import { overlap } from '../route/path/index.ts';
import type { PathMatch } from '../route/table.ts';
import type { LoweredRule } from './lowered-rule.ts';
import { literalPattern } from './pattern-text.ts';
import { withhold } from './withholding.ts';

/**
 * Where the implementation compares paths without regard to case, an open `/app` also answers `/APP`, which a broader rule that is
 * withheld answered behind its protection: the open rule gives way.
 */
export function withholdOtherCases(lowered: readonly LoweredRule[], host: string): readonly LoweredRule[] {
  const closed = lowered.filter((rule) => rule.kind === 'blocked' && rule.withheld);
  return lowered.map((rule) => {
    const folded = foldedPath(rule.rule.match.path);
    const takesClosed = folded !== null && closed.some((other) => overlap(folded, other.rule.match.path) !== false);
    return rule.kind === 'written' && takesClosed ? withhold(rule, host) : rule;
  });
}

/** Every spelling of the path; null where there is one only. */
function foldedPath(path: PathMatch): PathMatch | null {
  if (path.kind === 'regex' || path.kind === 'glob' || !/[A-Za-z]/.test(path.value)) return null;
  const stem = literalPattern(path.value.replace(/\/+$/, ''));
  return { kind: 'regex', pattern: path.kind === 'exact' ? `${literalPattern(path.value)}$` : `${stem}(/.*)?$`, caseInsensitive: true };
}
