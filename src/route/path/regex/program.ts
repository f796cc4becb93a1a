import type { CharSet } from './char-set.ts';
import { foldCase } from './char-set.ts';
import { isNullable, type RegexNode, setOf } from './syntax.ts';

/** One step of a pattern compiled for simulation. `next` and `either` are indexes into the program; `either` is in order of preference. */
export type Instruction =
  | { readonly kind: 'take'; readonly set: CharSet; readonly next: number }
  | { readonly kind: 'fork'; readonly either: readonly number[] }
  | { readonly kind: 'save'; readonly slot: number; readonly next: number }
  | { readonly kind: 'start'; readonly next: number }
  | { readonly kind: 'end'; readonly next: number }
  | { readonly kind: 'match' };

export interface Program {
  readonly instructions: readonly Instruction[];
  readonly entry: number;
}

const MAX_INSTRUCTIONS = 5000;
const MAX_VISITS = 20_000;

/** Thompson's construction. Opaque parts count as what they match at most. null when the program would be too large. */
export function compileProgram(root: RegexNode, insensitive: boolean): Program | null {
  const instructions: Instruction[] = [];
  // Counted apart from instructions: `(?:(?:){999}){999}` takes its time without adding any.
  let visits = 0;
  const isTooLarge = (): boolean => visits > MAX_VISITS || instructions.length > MAX_INSTRUCTIONS;
  const add = (instruction: Instruction): number => instructions.push(instruction) - 1;

  // Built from the end, so that each part knows what follows it.
  const build = (node: RegexNode, next: number): number => {
    visits += 1;
    if (isTooLarge()) return next;
    switch (node.kind) {
      case 'empty':
        return next;
      case 'char': {
        const codePoint = node.char.codePointAt(0) ?? 0;
        const set: CharSet = [[codePoint, codePoint]];
        return add({ kind: 'take', set: insensitive ? foldCase(set) : set, next });
      }
      case 'set':
        return add({ kind: 'take', set: setOf(node, insensitive), next });
      case 'sequence':
        return node.items.reduceRight((after, item) => build(item, after), next);
      case 'alternation':
        return add({ kind: 'fork', either: node.options.map((option) => build(option, next)) });
      case 'group': {
        if (node.capture === null) return build(node.body, next);
        const close = add({ kind: 'save', slot: node.capture * 2 + 1, next });
        return add({ kind: 'save', slot: node.capture * 2, next: build(node.body, close) });
      }
      case 'repeat':
        return repeat(node, next);
      case 'start':
      case 'end':
        return add({ kind: node.kind, next });
      case 'opaque':
        return build(node.atMost, next);
      default:
        return node satisfies never;
    }
  };

  const repeat = (node: Extract<RegexNode, { kind: 'repeat' }>, next: number): number => {
    let after = next;
    if (node.max === null) {
      const loop = add({ kind: 'match' });
      const body = build(node.body, loop);
      instructions[loop] = { kind: 'fork', either: node.lazy ? [next, body] : [body, next] };
      after = loop;
    } else {
      for (let i = node.min; i < node.max && !isTooLarge(); i++) {
        const body = build(node.body, after);
        after = add({ kind: 'fork', either: node.lazy ? [next, body] : [body, next] });
      }
    }
    for (let i = 0; i < node.min && !isTooLarge(); i++) after = build(node.body, after);
    return after;
  };

  const entry = build(root, add({ kind: 'match' }));
  return isTooLarge() ? null : { entry, instructions };
}

/** True where engines differ in what a group holds: it stands in a loop whose body can be empty. */
export function hasUncertainCaptures(node: RegexNode): boolean {
  switch (node.kind) {
    case 'empty':
    case 'char':
    case 'set':
    case 'start':
    case 'end':
      return false;
    case 'sequence':
      return node.items.some(hasUncertainCaptures);
    case 'alternation':
      return node.options.some(hasUncertainCaptures);
    case 'group':
      return hasUncertainCaptures(node.body);
    case 'repeat':
      return hasUncertainCaptures(node.body) || (node.max !== 1 && isNullable(node.body) && holdsCapture(node.body));
    case 'opaque':
      return true;
    default:
      return node satisfies never;
  }
}

function holdsCapture(node: RegexNode): boolean {
  switch (node.kind) {
    case 'group':
      return node.capture !== null || holdsCapture(node.body);
    case 'sequence':
      return node.items.some(holdsCapture);
    case 'alternation':
      return node.options.some(holdsCapture);
    case 'repeat':
      return holdsCapture(node.body);
    case 'opaque':
      return holdsCapture(node.atMost);
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
