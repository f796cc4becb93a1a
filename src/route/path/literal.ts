import type { PathMatch } from '../table.ts';
import { lowerAscii } from './ascii-case.ts';
import { gatewayPathValue } from './gateway-value.ts';
import { covers } from './overlap.ts';
import type { PatternOptions } from './pattern-options.ts';
import { parsePattern } from './regex/parse.ts';
import { anchored, type RegexNode } from './regex/syntax.ts';

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

/** The text alone, which is quick to tell. */
export function literalStart(pattern: string): string {
  const parsed = parsePattern(pattern);
  const head = parsed.kind === 'unparsed' ? '' : headOf(anchored(parsed.root)).text;
  // NGINX merges slashes: a text with two of them takes nothing.
  return head.startsWith('/') ? head.replace(/\/{2,}.*/s, '/') : '/';
}

/** `goesOn`: whatever follows in the pattern goes on right after the text. */
function headOf(node: RegexNode): { readonly text: string; readonly goesOn: boolean } {
  switch (node.kind) {
    case 'empty':
    case 'start':
      return { text: '', goesOn: true };
    case 'char':
      return { text: node.char, goesOn: true };
    case 'group':
      return headOf(node.body);
    case 'sequence': {
      let text = '';
      for (const item of node.items) {
        const head = headOf(item);
        text += head.text;
        if (!head.goesOn) return { text, goesOn: false };
      }
      return { text, goesOn: true };
    }
    case 'alternation': {
      const heads = node.options.map(headOf);
      const text = heads.map((head) => head.text).reduce(commonStart);
      return { text, goesOn: heads.every((head) => head.goesOn && head.text === text) };
    }
    case 'repeat': {
      if (node.min === 0) return { text: '', goesOn: false };
      const head = headOf(node.body);
      return { text: head.text, goesOn: head.goesOn && node.min === 1 && node.max === 1 };
    }
    case 'opaque': {
      const head = headOf(node.atMost);
      return { text: head.text, goesOn: head.goesOn };
    }
    case 'set':
    case 'end':
      return { text: '', goesOn: false };
    default:
      return node satisfies never;
  }
}

function commonStart(a: string, b: string): string {
  const [left, right] = [lowerAscii(a), lowerAscii(b)];
  let length = 0;
  while (length < left.length && left[length] === right[length]) length += 1;
  return a.slice(0, length);
}
