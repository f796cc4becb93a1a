import type { PathMatch } from '../table.ts';
import { gatewayPathValue } from './gateway-value.ts';
import { literalStart } from './literal-start.ts';
import { covers } from './overlap.ts';
import type { PatternOptions } from './pattern-options.ts';
import { parsePattern } from './regex/parse.ts';

interface Literal {
  readonly text: string;
  /** An unescaped dot was read as a dot, which the pattern does not mean. */
  readonly loose: boolean;
}

/** The text of a pattern that is nothing but text (`\.` counts as text); null for any other. */
export function literalOf(pattern: string): Literal | null {
  const parsed = parsePattern(pattern);
  if (parsed.kind === 'unparsed' || parsed.opaque) return null;
  let text = '';
  let loose = false;
  for (const node of parsed.root.kind === 'sequence' ? parsed.root.items : [parsed.root]) {
    if (node.kind === 'char') text += node.char;
    else if (node.kind === 'set' && node.dot) {
      text += '.';
      loose = true;
    } else if (node.kind !== 'empty') return null;
  }
  return { text, loose };
}

interface LiteralHead {
  /** What every match begins with, in the case of the pattern (case counts for nothing where the pattern ignores it). At least `/`. */
  readonly text: string;
  /** The longest path whose PathPrefix takes every match; as text, and sure to have a value (`gatewayPathValue`). */
  readonly prefix: string;
}

/**
 * The literal start that all matches of a location pattern share, to guard a path that cannot be expressed. With `caseInsensitive`
 * the prefix has to take `/ADMIN` as well as `/admin`, so that it ends before the first letter.
 */
export function literalHead(pattern: string, { caseInsensitive }: PatternOptions): LiteralHead {
  const text = literalStart(pattern);
  const match: PathMatch = { kind: 'regex', pattern, caseInsensitive };
  for (let prefix = text.replace(/\/$/, ''); prefix !== ''; prefix = prefix.slice(0, prefix.lastIndexOf('/'))) {
    if (gatewayPathValue(prefix) !== null && covers({ kind: 'prefix', value: prefix }, match)) return { text, prefix };
  }
  return { text, prefix: '/' };
}
