import { contains } from './char-set.ts';
import { compileProgram, hasUncertainCaptures, type Program } from './program.ts';
import type { ParsedPattern } from './syntax.ts';

interface Thread {
  readonly pc: number;
  /** Offsets into the text, two for each group, -1 while unset. */
  readonly slots: readonly number[];
}

/**
 * What the leftmost match of the pattern captured, index 0 the whole match and '' for groups that took no part, as
 * NGINX fills `$1`. null: no match. 'unknown': the pattern holds what we do not model. Takes time in proportion to
 * text × pattern, whatever the pattern.
 */
export function captureGroups(pattern: ParsedPattern, insensitive: boolean, text: string): readonly string[] | null | 'unknown' {
  const program = programOf(pattern, insensitive);
  if (program === null) return 'unknown';
  const slots = run(program, pattern.captures + 1, text);
  if (slots === null) return null;
  return Array.from({ length: pattern.captures + 1 }, (_, group) => {
    const from = slots[group * 2] ?? -1;
    const to = slots[group * 2 + 1] ?? -1;
    return from < 0 || to < 0 ? '' : text.slice(from, to);
  });
}

/** By pattern, of which one is kept for each text, and by whether case counts. */
const programs = [new WeakMap<ParsedPattern, Program | null>(), new WeakMap<ParsedPattern, Program | null>()] as const;

function programOf(pattern: ParsedPattern, insensitive: boolean): Program | null {
  const known = programs[insensitive ? 1 : 0];
  const kept = known.get(pattern);
  if (kept !== undefined) return kept;
  const isOpen = pattern.opaque || hasUncertainCaptures(pattern.root);
  const program = isOpen ? null : compileProgram({ kind: 'group', capture: 0, body: pattern.root }, insensitive);
  known.set(pattern, program);
  return program;
}

function run(program: Program, groups: number, text: string): readonly number[] | null {
  const unset = Array.from({ length: groups * 2 }, () => -1);
  let threads: readonly Thread[] = [];
  let best: readonly number[] | null = null;
  for (let at = 0; ; ) {
    const entering: Thread[] = best === null ? [...threads, { pc: program.entry, slots: unset }] : [...threads];
    const { waiting, matched } = follow(program, entering, at, text.length);
    if (matched !== null) best = matched;
    if (at >= text.length || (best !== null && waiting.length === 0)) return best;
    const codePoint = text.codePointAt(at) ?? 0;
    at += codePoint > 0xffff ? 2 : 1;
    threads = waiting.flatMap(({ pc, slots }) => {
      const step = program.instructions[pc];
      return step?.kind === 'take' && contains(step.set, codePoint) ? [{ pc: step.next, slots }] : [];
    });
  }
}

/** Everything reachable without taking a character, most preferred first, cut off at the first match. */
function follow(
  program: Program,
  entering: readonly Thread[],
  at: number,
  length: number,
): { waiting: readonly Thread[]; matched: readonly number[] | null } {
  const seen = new Set<number>();
  const waiting: Thread[] = [];
  const stack = [...entering].reverse();
  for (let thread = stack.pop(); thread !== undefined; thread = stack.pop()) {
    const step = program.instructions[thread.pc];
    if (step === undefined || seen.has(thread.pc)) continue;
    seen.add(thread.pc);
    const { slots } = thread;
    switch (step.kind) {
      case 'take':
        waiting.push(thread);
        break;
      case 'match':
        return { waiting, matched: slots };
      case 'fork':
        for (const pc of [...step.either].reverse()) stack.push({ pc, slots });
        break;
      case 'save':
        stack.push({ pc: step.next, slots: slots.with(step.slot, at) });
        break;
      case 'start':
        if (at === 0) stack.push({ pc: step.next, slots });
        break;
      case 'end':
        if (at === length) stack.push({ pc: step.next, slots });
        break;
      default:
        step satisfies never;
    }
  }
  return { waiting, matched: null };
}
