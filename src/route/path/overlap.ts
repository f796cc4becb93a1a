import type { PathMatch } from '../table.ts';
import { lowerAscii } from './ascii-case.ts';
import { languageOf } from './language.ts';
import { literalStart } from './literal-start.ts';
import { type Found, findPath } from './search.ts';

/** Whether some request path is taken by both. 'unknown' where a pattern is not understood and its readable part does not rule it out. */
export function overlap(a: PathMatch, b: PathMatch): boolean | 'unknown' {
  const [start, other] = [startOf(a), startOf(b)];
  if (!start.startsWith(other) && !other.startsWith(start)) return false;
  const [left, right] = [languageOf(a), languageOf(b)];
  const found = findPath([left.program, right.program], [true, true], left.mergedSlashes && right.mergedSlashes);
  if (found.kind === 'none') return false;
  return found.kind === 'too-complex' || left.widened || right.widened ? 'unknown' : true;
}

/** The shortest path taken by both, to show a person; null when there is none or it cannot be told. */
export function commonPath(a: PathMatch, b: PathMatch): string | null {
  const [left, right] = [languageOf(a), languageOf(b)];
  if (left.widened || right.widened) return null;
  return pathOf(findPath([left.program, right.program], [true, true], left.mergedSlashes && right.mergedSlashes));
}

/** Whether `a` takes every path that `b` takes. False also where it cannot be told. */
export function covers(a: PathMatch, b: PathMatch): boolean {
  const [left, right] = [languageOf(a), languageOf(b)];
  // A widened `b` is safe (more has to be covered), a widened `a` is not.
  if (left.widened) return false;
  return findPath([left.program, right.program], [false, true], left.mergedSlashes && right.mergedSlashes).kind === 'none';
}

/** A path that `b` takes and `a` does not; null when there is none or it cannot be told. */
export function uncoveredPath(a: PathMatch, b: PathMatch): string | null {
  const [left, right] = [languageOf(a), languageOf(b)];
  if (left.widened || right.widened) return null;
  return pathOf(findPath([left.program, right.program], [false, true], left.mergedSlashes && right.mergedSlashes));
}

/** What every path of the match begins with, in lower case since some ignore it. Most pairs of a host are told apart by it. */
function startOf(match: PathMatch): string {
  const known = starts.get(match);
  if (known !== undefined) return known;
  const start = lowerAscii(textOf(match));
  starts.set(match, start);
  return start;
}

/** Each path of a host is held against many others. */
const starts = new WeakMap<PathMatch, string>();

function textOf(match: PathMatch): string {
  switch (match.kind) {
    case 'exact':
    case 'prefix':
    case 'text-prefix':
      return match.value;
    case 'glob':
      return match.value.replace(/[*?].*$/s, '');
    case 'regex':
      return literalStart(match.pattern);
    default:
      return match satisfies never;
  }
}

function pathOf(found: Found): string | null {
  return found.kind === 'found' ? found.path : null;
}
