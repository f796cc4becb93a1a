import type { PathMatch } from '../table.ts';
import { lowerAscii } from './ascii-case.ts';
import { literalStart } from './literal-start.ts';

/** Positions, ascending, of the paths that may share a request with the given one. */
type PathIndex = (path: PathMatch) => readonly number[];

/**
 * Sorts out, among many paths, those that cannot share a request with a given one, since what all their requests begin with
 * is another text. Hosts with tens of thousands of paths stand or fall with not comparing each with each.
 */
export function pathIndex(paths: readonly PathMatch[]): PathIndex {
  const byStart = new Map<string, number[]>();
  for (const [index, path] of paths.entries()) {
    const start = startOf(path);
    const known = byStart.get(start);
    if (known === undefined) byStart.set(start, [index]);
    else known.push(index);
  }
  const starts = [...byStart.keys()].sort();
  const lengths = [...new Set(starts.map(({ length }) => length))].sort((a, b) => a - b);
  return (path) => {
    const start = startOf(path);
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

/** What every request that the path takes begins with, in lower case: some paths ignore it, and a wrong candidate costs time only. */
function startOf(path: PathMatch): string {
  switch (path.kind) {
    case 'exact':
    case 'prefix':
    case 'text-prefix':
      return lowerAscii(path.value).replace(/\/+$/, '');
    case 'glob':
      return lowerAscii(path.value.replace(/[*?].*$/s, '')).replace(/\/+$/, '');
    case 'regex':
      return lowerAscii(literalStart(path.pattern)).replace(/\/+$/, '');
    default:
      return path satisfies never;
  }
}

function firstNotBelow(sorted: readonly string[], text: string): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? '') < text) low = middle + 1;
    else high = middle;
  }
  return low;
}
