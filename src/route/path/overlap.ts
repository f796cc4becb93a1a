import type { PathMatch } from '../table.ts';
import { languageOf } from './language.ts';
import { pathStart } from './path-start.ts';
import { plainOverlap } from './plain-overlap.ts';
import { type Found, findPath } from './search.ts';

/** Whether some request path is taken by both. 'unknown' where a pattern is not understood and its readable part does not rule it out. */
export function overlap(a: PathMatch, b: PathMatch): boolean | 'unknown' {
  const [start, other] = [pathStart(a), pathStart(b)];
  // Most pairs of a host are told apart by it.
  if (!start.startsWith(other) && !other.startsWith(start)) return false;
  const plain = plainOverlap(a, b);
  if (plain !== null) return plain;
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

function pathOf(found: Found): string | null {
  return found.kind === 'found' ? found.path : null;
}
