import { type CharSet, complement, everyChar, foldCase } from './char-set.ts';

/**
 * The part of PCRE that occurs in paths. `opaque` stands for what is parsed but not understood (lookaround, back-references,
 * possessive quantifiers); its `atMost` matches everything the original can match at that place, and maybe more.
 */
export type RegexNode =
  | { readonly kind: 'empty' }
  | { readonly kind: 'char'; readonly char: string }
  /** `ranges` as written; `negated` is kept apart because case folding comes before it. */
  | { readonly kind: 'set'; readonly ranges: CharSet; readonly negated: boolean; readonly dot: boolean }
  | { readonly kind: 'sequence'; readonly items: readonly RegexNode[] }
  | { readonly kind: 'alternation'; readonly options: readonly RegexNode[] }
  | { readonly kind: 'group'; readonly capture: number | null; readonly body: RegexNode }
  | { readonly kind: 'repeat'; readonly body: RegexNode; readonly min: number; readonly max: number | null; readonly lazy: boolean }
  | { readonly kind: 'start' }
  | { readonly kind: 'end' }
  | { readonly kind: 'opaque'; readonly atMost: RegexNode };

export type SetNode = Extract<RegexNode, { kind: 'set' }>;

export type ParsedPattern = {
  readonly kind: 'parsed';
  readonly root: RegexNode;
  /** The source of the outermost alternatives, without a leading `^` or `(?i)` of the pattern. */
  readonly alternatives: readonly string[];
  /** Number of capturing groups. */
  readonly captures: number;
  /** `(?i)` stands at the start of the pattern itself. */
  readonly insensitive: boolean;
  /** Some part is not understood. */
  readonly opaque: boolean;
  /** Some part means different things to PCRE versions and RE2 (`{,3}`, `\v`). */
  readonly ambiguous: boolean;
};

export type RegexSyntax =
  | ParsedPattern
  | { readonly kind: 'unparsed'; readonly reason: 'invalid' | 'flags' | 'unsupported' | 'too-complex' };

export const emptyNode: RegexNode = { kind: 'empty' };
export const anyText: RegexNode = {
  kind: 'repeat',
  body: { kind: 'set', ranges: everyChar, negated: false, dot: false },
  min: 0,
  max: null,
  lazy: false,
};

export function setOf(node: SetNode, insensitive: boolean): CharSet {
  const folded = insensitive ? foldCase(node.ranges) : node.ranges;
  return node.negated ? complement(folded) : folded;
}

export function sequenceOf(items: readonly RegexNode[]): RegexNode {
  const [first] = items;
  if (first === undefined) return emptyNode;
  return items.length === 1 ? first : { kind: 'sequence', items };
}

export function literalNode(text: string): RegexNode {
  return sequenceOf([...text].map((char) => ({ kind: 'char', char })));
}

/**
 * The pattern as a location holds it, `^` + pattern. The anchor binds to the first alternative alone: `/a|/b` is found
 * anywhere from its second alternative on.
 */
export function anchored(root: RegexNode): RegexNode {
  if (root.kind !== 'alternation') return root;
  return { kind: 'alternation', options: root.options.map((option, i) => (i === 0 ? option : sequenceOf([anyText, option]))) };
}

export function isNullable(node: RegexNode): boolean {
  switch (node.kind) {
    case 'empty':
    case 'start':
    case 'end':
      return true;
    case 'char':
    case 'set':
      return false;
    case 'sequence':
      return node.items.every(isNullable);
    case 'alternation':
      return node.options.some(isNullable);
    case 'group':
      return isNullable(node.body);
    case 'repeat':
      return node.min === 0 || isNullable(node.body);
    case 'opaque':
      return isNullable(node.atMost);
    default:
      return node satisfies never;
  }
}
