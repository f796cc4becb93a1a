import type { PathMatch } from '../table.ts';
import { lowerAscii } from './ascii-case.ts';
import { literalStart } from './literal-start.ts';

/** What every request that the path takes begins with, in lower case: some paths ignore it, and a wrong candidate costs time only. */
export function pathStart(path: PathMatch): string {
  const known = STARTS.get(path);
  if (known !== undefined) return known;
  const start = startOf(path);
  STARTS.set(path, start);
  return start;
}

/** Asked for with every pair of paths. */
const STARTS = new WeakMap<PathMatch, string>();

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
