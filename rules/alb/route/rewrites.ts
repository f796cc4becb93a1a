import type { Entry } from '../../../src/model/entry.ts';
import { covers } from '../../../src/route/path/index.ts';
import type { PathMatch, Rewrite } from '../../../src/route/table.ts';
import type { AlbRewrite } from '../transforms.ts';

/** Paths of a rule, in the order they are tried, each with what becomes of the path. */
export interface RewrittenPath {
  readonly path: PathMatch;
  readonly rewrite: Rewrite | null;
}

/**
 * What a URL rewrite does to the requests of a match. Expressions are read as taking the whole path from its start, as
 * AWS's own examples are written; null where one is not anchored so, since what is left beside the match is not known.
 * The expression sees path and query: a last `(.*)` carries the query along, as Gateway API does anyway.
 */
export function rewrittenPaths(
  { regex, replace }: AlbRewrite,
  match: PathMatch,
  entries: readonly Entry[],
): readonly RewrittenPath[] | null {
  const pattern = wholePath(regex);
  if (pattern === null) return null;
  if (!/^[/$]/.test(replace)) return nonePortable(match, pattern, replace, entries);
  const asMatch: PathMatch = { kind: 'regex', pattern, caseInsensitive: false };
  const isLiteral = !replace.includes('$');
  if (covers(asMatch, match)) {
    if (isLiteral) return [{ path: match, rewrite: { kind: 'full', path: replace, entries } }];
    const prefix = prefixChange(pattern, replace, match);
    if (prefix !== null) return [{ path: match, rewrite: { kind: 'prefix', path: prefix, entries } }];
  }
  // Only some of the requests are rewritten: those first, the others as they come.
  if (covers(match, asMatch)) {
    const rewrite: Rewrite = { kind: 'regex', pattern, replacement: replace, caseInsensitive: false, entries };
    return [
      { path: asMatch, rewrite },
      { path: match, rewrite: null },
    ];
  }
  return nonePortable(match, pattern, replace, entries);
}

/** Nothing portable does it: the planner says so and closes the path. */
function nonePortable(path: PathMatch, pattern: string, replacement: string, entries: readonly Entry[]): readonly RewrittenPath[] {
  return [{ path, rewrite: { kind: 'regex', pattern, replacement, caseInsensitive: false, entries } }];
}

/** Without its anchors, ending in `$`; null when it does not take the whole path. */
function wholePath(regex: string): string | null {
  const isWhole = regex.startsWith('^') && (/(?<!\\)\$$/.test(regex) || /\.[*+]\)?$/.test(regex));
  if (!isWhole || regex.includes('|')) return null;
  return `${regex.slice(1).replace(/(?<!\\)\$$/, '')}$`;
}

/** `^LITERAL(.*)$` to `NEW$1`, where the literal is a start of the prefix: the prefix becomes NEW and what it has beyond the literal. */
function prefixChange(pattern: string, replace: string, match: PathMatch): string | null {
  if (match.kind !== 'prefix') return null;
  const [, literal] = /^((?:[^\\^$.*+?()[\]{}|]|\\[./_-])*)\(\.\*\)\$$/.exec(pattern) ?? [];
  const [, target] = /^([^$]*)\$1$/.exec(replace) ?? [];
  if (literal === undefined || target === undefined) return null;
  const text = literal.replaceAll('\\', '');
  const prefix = match.value.replace(/\/+$/, '');
  if (prefix === '') return text === '/' && target.endsWith('/') ? target.replace(/\/+$/, '') || '/' : null;
  if (!prefix.startsWith(text)) return null;
  const changed = `${target}${prefix.slice(text.length)}`.replace(/\/+$/, '');
  return changed === '' ? '/' : changed;
}
