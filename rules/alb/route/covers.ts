import { covers, matchesPath } from '../../../src/route/path/index.ts';
import type { Match, PathMatch, ValueMatch } from '../../../src/route/table.ts';

/** Whether `a` takes every request that `b` takes. False where it cannot be told. */
export function coversMatch(a: Match, b: Match): boolean {
  return conditionsCover(a, b) && pathCovers(a.path, b.path);
}

/** As `covers`, without automata for plain paths. */
export function pathCovers(a: PathMatch, b: PathMatch): boolean {
  if (a.kind === 'prefix' && a.value === '/') return true;
  const isPlain = (path: PathMatch) => path.kind === 'exact' || path.kind === 'prefix';
  if (!isPlain(a) || !isPlain(b)) return covers(a, b);
  if (a.kind === 'exact') return b.kind === 'exact' && a.value === b.value;
  return matchesPath(a, b.value) === true;
}

/** Every condition of `a` is one of `b`. */
function conditionsCover(a: Match, b: Match): boolean {
  const all = (from: readonly ValueMatch[], to: readonly ValueMatch[]) => from.every((one) => to.some((other) => sameValue(one, other)));
  const within = (from: readonly string[], to: readonly string[]) =>
    from.length === 0 || (to.length > 0 && to.every((value) => from.includes(value)));
  return (
    all(a.headers, b.headers) && all(a.queryParams, b.queryParams) && within(a.methods, b.methods) && within(a.sourceRanges, b.sourceRanges)
  );
}

/** The conditions of both; null when no request meets them, or the two cannot stand in one match. */
export function bothConditions(a: Match, b: Match): Omit<Match, 'path'> | null {
  if (a.sourceRanges.length > 0 || b.sourceRanges.length > 0) return null;
  const headers = united(a.headers, b.headers, (name) => name.toLowerCase());
  const queryParams = united(a.queryParams, b.queryParams, (name) => name);
  const methods =
    a.methods.length === 0 ? b.methods : b.methods.length === 0 ? a.methods : a.methods.filter((each) => b.methods.includes(each));
  if (headers === null || queryParams === null) return null;
  if (methods.length === 0 && a.methods.length + b.methods.length > 0) return null;
  return { headers, queryParams, cookies: [], methods, sourceRanges: [] };
}

export function isConditional({ headers, queryParams, methods, sourceRanges }: Match): boolean {
  return headers.length + queryParams.length + methods.length + sourceRanges.length > 0;
}

function united(a: readonly ValueMatch[], b: readonly ValueMatch[], key: (name: string) => string): readonly ValueMatch[] | null {
  const added = b.filter((one) => !a.some((other) => sameValue(one, other)));
  if (added.some((one) => a.some((other) => key(other.name) === key(one.name)))) return null;
  return [...a, ...added];
}

function sameValue(a: ValueMatch, b: ValueMatch): boolean {
  return a.name.toLowerCase() === b.name.toLowerCase() && a.value === b.value && a.kind === b.kind;
}
