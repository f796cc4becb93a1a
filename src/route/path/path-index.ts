import type { PathMatch } from '../table.ts';
import { pathStart } from './path-start.ts';

/** Positions, ascending, of the paths that may share a request with the given one. */
type PathIndex = (path: PathMatch) => readonly number[];

/**
 * Sorts out, among many paths, those that cannot share a request with a given one, since what all their requests begin with
 * is another text. Hosts with tens of thousands of paths stand or fall with not comparing each with each.
 */
export function pathIndex(paths: readonly PathMatch[]): PathIndex {
  if (paths.length <= FEW) {
    const all = paths.map(pathStart);
    return (path) => {
      const start = pathStart(path);
      return all.flatMap((each, index) => (each.startsWith(start) || start.startsWith(each) ? [index] : []));
    };
  }
  const byStart = new Map<string, number[]>();
  for (const [index, path] of paths.entries()) {
    const start = pathStart(path);
    const known = byStart.get(start);
    if (known === undefined) byStart.set(start, [index]);
    else known.push(index);
  }
  const starts = [...byStart.keys()].sort();
  const lengths = [...new Set(starts.map(({ length }) => length))].sort((a, b) => a - b);
  return (path) => {
    const start = pathStart(path);
    const found: number[] = [];
    for (const length of lengths) {
      if (length >= start.length) break;
      found.push(...(byStart.get(start.slice(0, length)) ?? []));
    }
    for (let at = firstNotBelow(starts, start); at < starts.length && starts[at]?.startsWith(start) === true; at += 1)
      for (const index of byStart.get(starts[at] ?? '') ?? []) found.push(index);
    return found.sort((a, b) => a - b);
  };
}

/** So many are looked through sooner than put in order. */
const FEW = 8;

function firstNotBelow(sorted: readonly string[], text: string): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? '') < text) low = middle + 1;
    else high = middle;
  }
  return low;
}
