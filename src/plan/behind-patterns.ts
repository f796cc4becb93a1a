import { overlap } from '../route/path/index.ts';
import type { PathMatch, RouteRule } from '../route/table.ts';
import type { LoweredRule } from './lowered-rule.ts';
import { literalPattern } from './pattern-text.ts';

/**
 * Rules with literal paths that the controller tries after a pattern that takes some of their requests. Where patterns are tried
 * last, they come first unless they are patterns themselves.
 */
export function rulesBehindPatterns(lowered: readonly LoweredRule[]): ReadonlySet<RouteRule> {
  const patterns: RouteRule[] = [];
  const behind = new Set<RouteRule>();
  for (const { rule, http, https } of lowered) {
    const isPattern = [...http, ...https].some(({ matches }) => matches.some(({ path }) => path?.type === 'RegularExpression'));
    if (isPattern) patterns.push(rule);
    else if (asPattern(rule.match.path) !== null && patterns.some((earlier) => overlap(earlier.match.path, rule.match.path) !== false))
      behind.add(rule);
  }
  return behind;
}

/** A literal path as a pattern of the whole path; null for what is none. */
export function asPattern(path: PathMatch): string | null {
  switch (path.kind) {
    case 'exact':
      return literalPattern(path.value);
    case 'prefix':
      return path.value.endsWith('/') ? `${literalPattern(path.value)}.*` : `${literalPattern(path.value)}(/.*)?`;
    case 'text-prefix':
      return `${literalPattern(path.value)}.*`;
    case 'glob':
    case 'regex':
      return null;
    default:
      return path satisfies never;
  }
}
