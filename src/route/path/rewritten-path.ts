import type { PatternOptions } from './pattern-options.ts';
import { captureGroups } from './regex/captures.ts';
import { parsePattern } from './regex/parse.ts';

/**
 * What nginx makes of a normalised path with `rewrite PATTERN REPLACEMENT break`: the whole path becomes the replacement with its
 * groups filled in. null: the pattern is not found, the path stays. 'unknown': lookaround, back-references, or a replacement with variables.
 */
export function rewrittenPath(
  pattern: string,
  replacement: string,
  { caseInsensitive }: PatternOptions,
  path: string,
): string | null | 'unknown' {
  const parsed = parsePattern(pattern);
  if (parsed.kind === 'unparsed' || /\$(?![1-9])/.test(replacement)) return 'unknown';
  const groups = captureGroups(parsed, caseInsensitive || parsed.insensitive, path);
  if (groups === null || groups === 'unknown') return groups;
  return replacement.replace(/\$([1-9])/g, (_, digit: string) => groups[Number(digit)] ?? '');
}
