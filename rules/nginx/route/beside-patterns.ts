import { isProtection } from '../../../src/intent/protection.ts';
import { overlap, pathIndex } from '../../../src/route/path/index.ts';
import type { PathMatch, RouteRule } from '../../../src/route/table.ts';

/**
 * The rules of a host of plain paths. Where one that keeps requests out is no path by elements, those that meet it, and those
 * that meet these, are said as patterns as well: what a Gateway makes of a pattern beside a prefix is open, among patterns the longer one comes first.
 */
export function besidePatterns(rules: readonly RouteRule[]): readonly RouteRule[] {
  const patterns = new Set(rules.filter(isClosingPattern));
  if (patterns.size === 0) return rules;
  const near = pathIndex(rules.map(({ match }) => match.path));
  let added: readonly RouteRule[] = [...patterns];
  while (added.length > 0) {
    // A path that is not found is beside nothing.
    const last = added.filter((rule) => isClosingPattern(rule) || rule.action.kind !== 'respond' || rule.action.status !== 404);
    const met = new Set(
      last.flatMap(({ match }) => near(match.path).filter((index) => overlap(match.path, pathAt(rules, index)) !== false)),
    );
    added = rules.filter((rule, index) => met.has(index) && !patterns.has(rule));
    for (const rule of added) patterns.add(rule);
  }
  return rules.map((rule) => (patterns.has(rule) ? { ...rule, match: { ...rule.match, path: asPattern(rule.match.path) } } : rule));
}

function pathAt(rules: readonly RouteRule[], index: number): PathMatch {
  return rules[index]?.match.path ?? { kind: 'prefix', value: '/' };
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
