import type { RegexPaths } from '../../targets/effects.ts';

/**
 * Where implementations put `RegularExpression`, for which nothing is promised: the two that exist, and before prefixes but
 * without a rank by length.
 */
export type PatternRank = 'before-prefixes' | 'after-prefixes' | 'by-age';

/** Every rank that may be met: of the portable Gateway API either. */
export const PATTERN_RANKS: Readonly<Record<RegexPaths, readonly PatternRank[]>> = {
  none: ['before-prefixes'],
  ordered: ['before-prefixes'],
  last: ['after-prefixes'],
  'by-age': ['by-age'],
  undefined: ['before-prefixes', 'after-prefixes'],
};
