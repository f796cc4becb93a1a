import { isProtection } from '../../../src/intent/protection.ts';
import { overlap } from '../../../src/route/path/index.ts';
import type { PathMatch, RouteRule } from '../../../src/route/table.ts';

/**
 * The rules of a host of plain paths. Where one that keeps requests out is no path by elements, those that meet it are said as
 * patterns as well: what a Gateway makes of a pattern beside a prefix is open, among patterns the longer one comes first.
 */
export function besidePatterns(rules: readonly RouteRule[]): readonly RouteRule[] {
  const closing = rules.filter(isClosingPattern);
  if (closing.length === 0) return rules;
  return rules.map((rule) => {
    const { path } = rule.match;
    const meets = closing.some((other) => other === rule || overlap(other.match.path, path) !== false);
    return meets ? { ...rule, match: { ...rule.match, path: asPattern(path) } } : rule;
  });
}

function isClosingPattern({ match: { path }, action, intents }: RouteRule): boolean {
  if (path.kind !== 'regex' && path.kind !== 'text-prefix') return false;
  return action.kind === 'respond' ? action.status >= 400 : action.kind === 'forward' && intents.some(isProtection);
}

/** The same paths; an exact one has its place before all patterns anyway. */
function asPattern(path: PathMatch): PathMatch {
  if (path.kind !== 'prefix' && path.kind !== 'text-prefix') return path;
  const text = path.value.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  const pattern = path.kind === 'text-prefix' || text.endsWith('/') ? text : `${text}(/|$)`;
  return { kind: 'regex', pattern, caseInsensitive: false };
}
