import { captureGroups } from '../../../src/route/path/regex/captures.ts';
import { parsePattern } from '../../../src/route/path/regex/parse.ts';
import { findsRe2 } from '../../../src/route/path/regex/re2.ts';

export interface FoundText {
  readonly matches: boolean;
  /** What the groups took, the whole match first; empty where it cannot be told. */
  readonly groups: readonly string[];
}

/** Whether nginx finds the pattern in a text; null where the pattern is none that can be evaluated here. */
export function findText(pattern: string, ignoreCase: boolean, text: string): FoundText | null {
  const matches = findsRe2(`${ignoreCase ? '(?i)' : ''}${pattern}`, text);
  if (matches === null) return null;
  if (!matches) return { matches, groups: [] };
  const parsed = parsePattern(pattern);
  const groups = parsed.kind === 'unparsed' ? 'unknown' : captureGroups(parsed, ignoreCase, text);
  // The groups are those of a search, which must not begin behind an anchor.
  const isAnchored = pattern.startsWith('^');
  if (groups === null || groups === 'unknown' || (isAnchored && !text.startsWith(groups[0] ?? ''))) return { matches, groups: [] };
  return { matches, groups };
}
