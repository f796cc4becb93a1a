/**
 * Where implementations put `RegularExpression`, for which nothing is promised: the two that exist, and before prefixes but
 * without a rank by length.
 */
export type PatternRank = 'before-prefixes' | 'after-prefixes' | 'by-age';
