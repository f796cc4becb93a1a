import { type CharSet, contains, LINE_FEED, SLASH } from './regex/char-set.ts';
import type { Program } from './regex/program.ts';

export type Found = { readonly kind: 'found'; readonly path: string } | { readonly kind: 'none' } | { readonly kind: 'too-complex' };

type States = readonly number[];

interface Node {
  readonly states: readonly States[];
  readonly path: string;
  readonly afterSlash: boolean;
}

const MAX_NODES = 3000;

/**
 * The shortest request path on which the programs answer as `wanted` says (one boolean each, matched or not), by
 * walking their powerset automata side by side. Paths start with `/`, hold no line feed, and no `//` where slashes are merged.
 */
export function findPath(programs: readonly Program[], wanted: readonly boolean[], mergedSlashes: boolean): Found {
  const letters = alphabet(programs);
  const walkers = programs.map(walker);
  const start: Node = { states: programs.map((program) => follow(program, [program.entry], true, false)), path: '', afterSlash: false };
  const queue: Node[] = [start];
  const seen = new Set<string>();
  for (let i = 0; i < queue.length; i++) {
    const node = queue[i];
    if (node === undefined) break;
    if (node.path !== '' && programs.every((program, p) => accepts(program, node.states[p] ?? []) === wanted[p]))
      return { kind: 'found', path: node.path };
    if (i >= MAX_NODES) return { kind: 'too-complex' };
    for (const letter of node.path === '' ? [SLASH] : letters) {
      const isSlash = letter === SLASH;
      if (isSlash && node.afterSlash && mergedSlashes) continue;
      if (programs.some((program, p) => wanted[p] === true && !takes(program, node.states[p] ?? [], letter))) continue;
      const states = walkers.map((walk, p) => walk(node.states[p] ?? [], letter));
      const key = `${isSlash ? '/' : ''}${states.map((set) => set.join(',')).join(';')}`;
      if (seen.has(key)) continue;
      seen.add(key);
      queue.push({ states, path: node.path + String.fromCodePoint(letter), afterSlash: isSlash });
    }
  }
  return { kind: 'none' };
}

function accepts(program: Program, states: States): boolean {
  return follow(program, states, false, true).some((pc) => program.instructions[pc]?.kind === 'match');
}

/** Where a letter leads from some states. */
type Walker = (states: States, letter: number) => States;

function walker(program: Program): Walker {
  /** What is reachable from where one letter leads, which is asked for with every letter. */
  const reachable = new Map<number, States>();
  return (states, letter) => {
    const next: number[] = [];
    for (const pc of states) {
      const instruction = program.instructions[pc];
      if (instruction?.kind === 'take' && contains(instruction.set, letter)) next.push(instruction.next);
    }
    const [only] = next;
    if (only === undefined) return next;
    if (next.length > 1) return follow(program, next, false, false);
    const known = reachable.get(only);
    if (known !== undefined) return known;
    const found = follow(program, next, false, false);
    reachable.set(only, found);
    return found;
  };
}

function takes({ instructions }: Program, states: States, letter: number): boolean {
  return states.some((pc) => {
    const instruction = instructions[pc];
    return instruction?.kind === 'take' && contains(instruction.set, letter);
  });
}

/** What is reachable without taking a character, in ascending order. Instructions that wait for the end stay in the set. */
function follow(program: Program, from: States, atStart: boolean, atEnd: boolean): States {
  const seen = new Set<number>();
  const stack = [...from];
  for (let pc = stack.pop(); pc !== undefined; pc = stack.pop()) {
    if (seen.has(pc)) continue;
    seen.add(pc);
    const instruction = program.instructions[pc];
    if (instruction?.kind === 'fork') stack.push(...instruction.either);
    else if (instruction?.kind === 'save' || (instruction?.kind === 'start' && atStart) || (instruction?.kind === 'end' && atEnd))
      stack.push(instruction.next);
  }
  return [...seen].filter((pc) => keeps(program, pc)).sort((a, b) => a - b);
}

function keeps(program: Program, pc: number): boolean {
  const kind = program.instructions[pc]?.kind;
  return kind === 'take' || kind === 'end' || kind === 'match';
}

/** One character for each block of characters that no set tells apart, readable ones first. */
function alphabet(programs: readonly Program[]): readonly number[] {
  const sets: CharSet[] = programs.flatMap((program) => program.instructions.flatMap((i) => (i.kind === 'take' ? [i.set] : [])));
  // Cut at the slash, the line feed and the surrogates too, so that a block is wholly in or out of what paths can hold.
  const cuts = new Set([0, SLASH, SLASH + 1, LINE_FEED, LINE_FEED + 1, 0xd800, 0xe000, 0x110000]);
  for (const [low, high] of sets.flat()) cuts.add(low).add(high + 1);
  const sorted = [...cuts].sort((a, b) => a - b);
  const letters: number[] = [];
  for (const [i, low] of sorted.entries()) {
    const high = (sorted[i + 1] ?? low) - 1;
    if (high < low || low === LINE_FEED || low === 0xd800) continue;
    letters.push(PREFERRED.find((codePoint) => low <= codePoint && codePoint <= high) ?? low);
  }
  return letters.sort((a, b) => rank(a) - rank(b) || a - b);
}

const PREFERRED: readonly number[] = [...'xabzXABZ01/-_.~'].map((char) => char.codePointAt(0) ?? 0);

function rank(letter: number): number {
  const at = PREFERRED.indexOf(letter);
  return at === -1 ? PREFERRED.length : at;
}
