import type { PathMatch } from '../table.ts';
import { parsePattern } from './regex/parse.ts';
import { findsRe2 } from './regex/re2.ts';

/** Whether the controller's match takes a path (normalised where the controller normalises). 'unknown' for patterns that RE2 cannot evaluate. */
export function matchesPath(match: PathMatch, path: string): boolean | 'unknown' {
  switch (match.kind) {
    case 'exact':
      return path === match.value;
    case 'text-prefix':
      return path.startsWith(match.value);
    case 'prefix':
      return path === match.value || path.startsWith(match.value.endsWith('/') ? match.value : `${match.value}/`);
    case 'glob':
      return matchesGlob([...match.value], [...path]);
    case 'regex':
      return matchesRegex(match.pattern, match.caseInsensitive, path);
    default:
      return match satisfies never;
  }
}

/** `^` in front of the text of the pattern, as NGINX writes its locations: of `a|b` only `a` is anchored. */
function matchesRegex(pattern: string, caseInsensitive: boolean, path: string): boolean | 'unknown' {
  const parsed = parsePattern(pattern);
  if (parsed.kind === 'parsed' && parsed.ambiguous) return 'unknown';
  return findsRe2(`${caseInsensitive ? '(?i)' : ''}^${pattern}`, path) ?? 'unknown';
}

/** Goes back to the last `*` at most once for each character. */
function matchesGlob(glob: readonly string[], path: readonly string[]): boolean {
  let [g, p] = [0, 0];
  let star: { readonly glob: number; readonly path: number } | null = null;
  while (p < path.length) {
    if (glob[g] === '*') {
      star = { glob: g, path: p };
      g += 1;
    } else if (g < glob.length && (glob[g] === '?' || glob[g] === path[p])) {
      g += 1;
      p += 1;
    } else if (star !== null) {
      star = { glob: star.glob, path: star.path + 1 };
      g = star.glob + 1;
      p = star.path;
    } else {
      return false;
    }
  }
  return glob.slice(g).every((char) => char === '*');
}
