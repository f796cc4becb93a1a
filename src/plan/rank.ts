import type { HTTPRouteMatch } from '../gateway/types.ts';
import type { Target } from '../targets/contract.ts';

/** How Gateway API ranks matches: `Exact` before `PathPrefix`, longer paths first, then conditions. Patterns have no promised rank. */
export interface Rank {
  /** 2 `Exact`, 1 `PathPrefix`; of a `RegularExpression` null, or 0 where the implementation is known to try it last. */
  readonly type: 2 | 1 | 0 | null;
  readonly length: number;
  /** Method, then headers, then query parameters, in one number. */
  readonly conditions: number;
}

export function rankOf({ path, method, headers = [], queryParams = [] }: HTTPRouteMatch, regexPaths?: Target['regexPaths']): Rank {
  const conditions = (method === undefined ? 0 : 1000) + headers.length * 20 + queryParams.length;
  switch (path?.type) {
    case 'Exact':
      return { type: 2, length: path.value.length, conditions };
    case 'PathPrefix':
      return { type: 1, length: path.value.replace(/\/+$/, '').length, conditions };
    case 'RegularExpression':
      return { type: regexPaths === 'last' ? 0 : null, length: path.value.length, conditions };
    case undefined:
      return { type: 1, length: 0, conditions };
  }
}

/**
 * Above zero: the first is tried before the second. null: one of them is a pattern, which nothing is promised about but by an
 * implementation that tries patterns after exact paths and before prefixes.
 */
export function compareRanks(a: Rank, b: Rank, patterns: Target['regexPaths'] = 'undefined'): number | null {
  if (a.type === null || b.type === null) {
    if (patterns !== 'ordered' && patterns !== 'by-age') return null;
    const order = (a.type ?? 1.5) - (b.type ?? 1.5) || (patterns === 'ordered' ? a.length - b.length : 0);
    // Of patterns of one length nothing is promised either.
    return order === 0 ? null : order;
  }
  return a.type - b.type || a.length - b.length || a.conditions - b.conditions;
}

/** Equal for matches that take the same requests as written: `/foo` and `/foo/` are the same prefix. */
export function matchKey(match: HTTPRouteMatch): string {
  const { path, ...conditions } = match;
  return `${path?.type} ${path?.type === 'PathPrefix' ? path.value.replace(/\/+$/, '') : path?.value} ${JSON.stringify(conditions)}`;
}
