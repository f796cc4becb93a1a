import type { RegexNode } from './syntax.ts';

/** Where a group begins or ends: an offset into the text, the end of the request path, or somewhere that varies. */
export type Boundary = number | 'path-end' | 'varies';

/**
 * One way to match a pattern: the literal `text`, then nothing more (`exact`) or anything of at least `atLeast`
 * characters.
 */
export interface Way {
  readonly text: string;
  /** Offsets of unescaped dots that were read as dots: the pattern takes any character there. */
  readonly loose: readonly number[];
  readonly exact: boolean;
  readonly atLeast: 0 | 1;
  readonly groups: ReadonlyMap<number, readonly [from: Boundary, to: Boundary]>;
}

export interface Ways {
  /** In the order in which a backtracking engine prefers them. */
  readonly ways: readonly Way[];
  /** False where an engine may prefer a way that gives back part of a greedy tail: the paths are right, the groups may not be. */
  readonly ordered: boolean;
}

/** A way under construction. */
export interface Partial extends Omit<Way, 'atLeast'> {
  readonly tail: Tail | null;
  /** It lives on only if an engine gives back part of what a greedy tail took. */
  readonly backtracks: boolean;
}

/**
 * `whole`: it took the path to its end. Else it stopped somewhere; `everything`: it could have gone on to the end.
 * `origin` tells tails of different quantifiers, or of different choices before them, apart.
 */
export interface Tail {
  readonly atLeast: 0 | 1;
  readonly whole: boolean;
  readonly origin: symbol;
  readonly everything: boolean;
}

export type Expanded = readonly Partial[] | null;
export type Expand = (node: RegexNode, from: Partial) => Expanded;

const MAX_WAYS = 64;

/** The results for all items, in order; null when one of them is null or they are too many. */
export function chain<T>(items: readonly T[] | null, step: (item: T) => Expanded): Expanded {
  if (items === null) return null;
  const out: Partial[] = [];
  for (const item of items) {
    const more = step(item);
    if (more === null || out.length + more.length > MAX_WAYS) return null;
    out.push(...more);
  }
  return out;
}
