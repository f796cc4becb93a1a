import type { PathMatch } from '../../../src/route/table.ts';
import type { Location } from './location.ts';

/** Whether the rewrite is in force on a location of this path: the controller leaves out one to the very same text. */
export function isRewritten(location: Location, path: string): boolean {
  const target = location.rewriting ? location.facts.rewrite.target : null;
  return target !== null && target.value !== path;
}

function usesRegex(location: Location): boolean {
  return location.rewriting && location.facts.rewrite.useRegex !== null;
}

/**
 * The nginx locations that become of a path (`updateServerLocations`): a prefix is split into `/foo/` and, unless an exact
 * `/foo` is declared, into `/foo`. Paths that are patterns already stay whole.
 */
export function nginxPaths(location: Location, isExact: (path: string) => boolean): readonly string[] {
  const { path, type } = location;
  if (path === '/' || type === 'exact' || isRewritten(location, path) || usesRegex(location)) return [path];
  const hasExact = isExact(path);
  const slashed = path.endsWith('/') ? path : `${path}/`;
  return hasExact || slashed === path ? [slashed] : [slashed, path];
}

/** Whether a path is declared as exact. */
export function exactPaths(locations: readonly Location[]): (path: string) => boolean {
  const exact = new Set(locations.filter(({ type }) => type === 'exact').map(({ path }) => path));
  return (path) => exact.has(path);
}

/** The location that makes all paths of a host regular expressions; null on a plain host. */
export function regexCause(locations: readonly Location[]): Location | null {
  const isExact = exactPaths(locations);
  const isCause = (location: Location) => usesRegex(location) || nginxPaths(location, isExact).some((path) => isRewritten(location, path));
  return locations.find(isCause) ?? null;
}

/** Locations as nginx tries them on a regex host: longest text first, then the greater text, then as they came. */
export function byLength(locations: readonly Location[]): readonly Location[] {
  return [...locations].sort((a, b) => b.path.length - a.path.length || (a.path === b.path ? 0 : a.path > b.path ? -1 : 1));
}

export function regexMatch(path: string): PathMatch {
  return { kind: 'regex', pattern: path, caseInsensitive: true };
}
