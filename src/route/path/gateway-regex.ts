import type { PatternOptions } from './pattern-options.ts';
import { foldCase, takesEverything } from './regex/char-set.ts';
import { parsePattern } from './regex/parse.ts';
import { isRe2 } from './regex/re2.ts';
import { type RegexNode, setOf } from './regex/syntax.ts';

export type GatewayRegex =
  | { readonly kind: 'regex'; readonly value: string }
  /**
   * `invalid`: the controller would not take it either. `not-re2`: lookaround, back-references and the like. `ambiguous`: engines read it
   * differently. `encoded`: it names characters that stand percent-encoded in the paths a gateway compares.
   */
  | { readonly kind: 'refused'; readonly reason: 'invalid' | 'not-re2' | 'ambiguous' | 'encoded' | 'too-long' };

const MAX_LENGTH = 1024;

/** The `RegularExpression` value with which an RE2 engine that matches whole paths takes what the location pattern takes. */
export function gatewayRegex(pattern: string, { caseInsensitive }: PatternOptions): GatewayRegex {
  const parsed = parsePattern(pattern);
  if (parsed.kind === 'unparsed') {
    return { kind: 'refused', reason: parsed.reason === 'invalid' ? 'invalid' : parsed.reason === 'too-complex' ? 'too-long' : 'not-re2' };
  }
  if (parsed.ambiguous) return { kind: 'refused', reason: 'ambiguous' };
  if (some(parsed.root, isEncodedInPaths)) return { kind: 'refused', reason: 'encoded' };
  const options = parsed.root.kind === 'alternation' ? parsed.root.options : [parsed.root];
  const alternatives = parsed.alternatives.map((source, i) => unanchoredFrom(source, i) + openEnd(source, options[i]));
  const folds = (caseInsensitive || parsed.insensitive) && some(parsed.root, hasCase);
  const [only] = alternatives;
  const value = (folds ? '(?i)' : '') + (alternatives.length === 1 ? only : `(?:${alternatives.join('|')})`);
  // `^$`, which takes no path: the API server asks for a value.
  if (value === '') return { kind: 'refused', reason: 'invalid' };
  if (value.length > MAX_LENGTH) return { kind: 'refused', reason: 'too-long' };
  return isRe2(value) ? { kind: 'regex', value } : { kind: 'refused', reason: 'not-re2' };
}

/** The location's `^` binds to the first alternative alone: the others are found anywhere. */
function unanchoredFrom(source: string, index: number): string {
  return index === 0 || source.startsWith('^') ? '' : '.*';
}

function openEnd(source: string, node: RegexNode | undefined): string {
  const body = source.replace(/^\^+/, '');
  const last = node?.kind === 'sequence' ? node.items.at(-1) : node;
  if (last?.kind === 'end' && body.endsWith('$')) return body.slice(0, -1);
  return node !== undefined && takesTheRest(node) ? body : `${body}.*`;
}

function takesTheRest(node: RegexNode): boolean {
  switch (node.kind) {
    case 'sequence': {
      const last = node.items.at(-1);
      return last !== undefined && takesTheRest(last);
    }
    case 'group':
      return takesTheRest(node.body);
    case 'alternation':
      return node.options.every(takesTheRest);
    case 'repeat':
      return node.max === null && node.body.kind === 'set' && takesEverything(setOf(node.body, false));
    case 'empty':
    case 'char':
    case 'set':
    case 'start':
    case 'end':
    case 'opaque':
      return false;
    default:
      return node satisfies never;
  }
}

function hasCase(node: RegexNode): boolean {
  if (node.kind === 'char') return /[A-Za-z]/.test(node.char);
  if (node.kind === 'opaque') return true;
  // A set that folds on to itself, such as `\w`, has none.
  return (
    node.kind === 'set' && foldCase(node.ranges) !== node.ranges && JSON.stringify(foldCase(node.ranges)) !== JSON.stringify(node.ranges)
  );
}

function isEncodedInPaths(node: RegexNode): boolean {
  return node.kind === 'char' && !/[A-Za-z0-9\-._~!$&'()*+,;=:@/]/.test(node.char);
}

function some(node: RegexNode, test: (node: RegexNode) => boolean): boolean {
  if (test(node)) return true;
  switch (node.kind) {
    case 'sequence':
      return node.items.some((item) => some(item, test));
    case 'alternation':
      return node.options.some((option) => some(option, test));
    case 'group':
    case 'repeat':
      return some(node.body, test);
    case 'opaque':
      return some(node.atMost, test);
    case 'empty':
    case 'char':
    case 'set':
    case 'start':
    case 'end':
      return false;
    default:
      return node satisfies never;
  }
}
