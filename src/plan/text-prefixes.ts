import { overlap } from '../route/path/index.ts';
import type { PathMatch, RouteRule } from '../route/table.ts';
import type { Dialect } from '../targets/dialect.ts';
import type { GatewayPathMatch } from './path-plan.ts';

/**
 * Rules that are written as globs of an implementation that has them: those whose path is a plain start of text (`/admin` takes
 * `/adminer`: `/admin*`), and prefixes that the controller tries before one of them (`/admin/new`: `/admin/new`, `/admin/new/*`). A
 * glob ranks as an Exact path, before every prefix, the longer one first, so that all of a rule's forerunners that take some of its
 * requests have to be Exact paths too, and longer.
 */
export function globRules(rules: readonly RouteRule[], dialect: Dialect | undefined): ReadonlySet<RouteRule> {
  const { glob } = dialect ?? {};
  if (glob === undefined) return new Set();
  const globs = (rule: RouteRule) => globsOf(rule.match.path).filter((text) => glob(text) !== null || !text.includes('*'));
  const isComplete = (rule: RouteRule) => globs(rule).length > 0 && globs(rule).length === globsOf(rule.match.path).length;
  const known = new Map<RouteRule, boolean>();
  const canBe = (rule: RouteRule): boolean => {
    const decided = known.get(rule);
    if (decided !== undefined) return decided;
    known.set(rule, false);
    const longest = Math.max(...globs(rule).map((text) => text.length));
    const may = isComplete(rule) && !replacesPrefix(rule) && forerunners(rule).every((earlier) => shortest(earlier) > longest);
    known.set(rule, may);
    return may;
  };
  const forerunners = (rule: RouteRule) =>
    rules.slice(0, rules.indexOf(rule)).filter((earlier) => overlap(earlier.match.path, rule.match.path) !== false);
  const shortest = (rule: RouteRule): number => {
    const { path } = rule.match;
    if (path.kind === 'exact' || path.kind === 'glob') return path.value.length;
    return canBe(rule) ? Math.min(...globs(rule).map((text) => text.length)) : 0;
  };
  const starts = rules.filter(({ match }) => match.path.kind === 'text-prefix').filter(canBe);
  return new Set(starts.flatMap((rule) => [rule, ...forerunners(rule).filter((earlier) => known.get(earlier) === true)]));
}

/** The path as globs, one of which takes every request of it; none where it has no such form. */
function globsOf(path: PathMatch): readonly string[] {
  if ((path.kind !== 'text-prefix' && path.kind !== 'prefix') || path.value === '/' || /[*?]/.test(path.value)) return [];
  if (path.kind === 'text-prefix') return [`${path.value}*`];
  return path.value.endsWith('/') ? [`${path.value}*`] : [path.value, `${path.value}/*`];
}

export function globMatches(path: PathMatch, glob: Dialect['glob']): readonly GatewayPathMatch[] {
  return globsOf(path).flatMap((text) => (text.includes('*') ? (glob?.(text) ?? []) : { type: 'Exact', value: text }));
}

/** Which needs a prefix to replace. */
function replacesPrefix({ action }: RouteRule): boolean {
  const change = action.kind === 'forward' ? action.rewrite : action.kind === 'redirect' ? action.redirect.path : null;
  return change !== null && change.kind !== 'full' && change.kind !== 'keep';
}
