import { candidatesFor, gatewayTakes } from './candidates.ts';
import type { GatewayPath, PathDifference } from './difference.ts';
import type { PatternOptions } from './pattern-options.ts';
import { expandPattern } from './regex/expand.ts';
import { parsePattern } from './regex/parse.ts';
import { anchored } from './regex/syntax.ts';
import type { Ways } from './regex/ways.ts';

export interface PortablePath extends GatewayPath {
  readonly differences: readonly PathDifference[];
}

/**
 * The `Exact` and `PathPrefix` matches that a location pattern (anchored at the start, open at the end) amounts to; null when
 * a true regular expression remains. The differences of all of them together are all the paths on which the two sides
 * disagree: see `isDeclared`. Paths are compared as NGINX does, decoded and with slashes merged.
 */
export function portablePaths(pattern: string, options: PatternOptions): readonly PortablePath[] | null {
  const expanded = expandPath(pattern, options);
  const candidates = expanded && candidatesFor(expanded.ways, expanded.insensitive);
  if (candidates === null) return null;
  const needed = candidates.filter(
    ({ at }) =>
      !candidates.some((other) => other.at !== at && gatewayTakes(other.at, at.text === '' ? '/' : at.text) && isBroader(other.at, at)),
  );
  return needed.map(({ path, differences }) => ({ ...path, differences }));
}

function isBroader(other: { readonly type: string }, at: { readonly type: string }): boolean {
  return other.type === 'PathPrefix' || at.type === 'Exact';
}

export interface ExpandedPath extends Ways {
  readonly insensitive: boolean;
}

/** The ways of a location pattern, and whether it ignores case; null for true regular expressions. */
export function expandPath(pattern: string, { caseInsensitive }: PatternOptions): ExpandedPath | null {
  const parsed = parsePattern(pattern);
  if (parsed.kind === 'unparsed' || parsed.opaque) return null;
  const insensitive = caseInsensitive || parsed.insensitive;
  const ways = expandPattern(anchored(parsed.root), insensitive);
  return ways === null ? null : { ...ways, insensitive };
}
