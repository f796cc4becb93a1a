import { covers } from '../../../src/route/path/index.ts';
import { type Branch, type BranchMatch, both, isUnconditional } from './branch.ts';
import { isRewriteDirective } from './rewrite-directives.ts';

/**
 * Gateway API tries the more specific match first, nginx what stands first. Where a later way is the more specific one, the
 * earlier gets a copy that is more specific still: with the conditions of both.
 */
export function inOrderOfRank(branches: readonly Branch[]): readonly Branch[] {
  return distinctive(branches).flatMap((branch, index, all) => [
    ...all.slice(index + 1).flatMap((later) => copyBefore(later, branch)),
    branch,
  ]);
}

/** Without ways that lead to the same as the next one, which takes their requests too. */
function distinctive(branches: readonly Branch[]): readonly Branch[] {
  return branches.filter((branch, index) => {
    const next = branches[index + 1];
    return next === undefined || !isUnconditional(next.match) || !isSameWay(branch, next) || !covers(next.match.path, branch.match.path);
  });
}

function isSameWay(a: Branch, b: Branch): boolean {
  const isPlain = ({ outcome }: Branch) => outcome.kind === 'continue' && outcome.rewrite === null;
  const isStopped = ({ outcome }: Branch) => outcome.kind === 'continue' && outcome.stopped;
  const declares = ({ inner }: Branch) => inner.filter(({ name }) => !isRewriteDirective(name));
  return isPlain(a) && isPlain(b) && isStopped(a) === isStopped(b) && JSON.stringify(declares(a)) === JSON.stringify(declares(b));
}

function copyBefore(later: Branch, branch: Branch): readonly Branch[] {
  const lies = placeOf(later.match, branch.match);
  if (lies === 'apart' || (lies === 'same' && compareConditions(later.match, branch.match) <= 0)) return [];
  // What depends on where the path ends cannot be said for a part of the paths.
  if (lies === 'within' && isBoundToPath(branch)) return [];
  const match = both(branch.match, later.match);
  return match === null ? [] : [{ ...branch, match }];
}

/** How the paths of the first lie to those of the second. */
function placeOf(a: BranchMatch, b: BranchMatch): 'same' | 'within' | 'apart' {
  if (JSON.stringify(a.path) === JSON.stringify(b.path)) return 'same';
  return covers(b.path, a.path) && !covers(a.path, b.path) ? 'within' : 'apart';
}

/** A method counts most, then the number of headers, then that of query parameters. */
function compareConditions(a: BranchMatch, b: BranchMatch): number {
  const counts = ({ methods, headers, cookies, queryParams }: BranchMatch) => [
    methods === null ? 0 : 1,
    headers.length + cookies.length,
    queryParams.length,
  ];
  const [left, right] = [counts(a), counts(b)];
  return left.map((count, index) => count - (right[index] ?? 0)).find((difference) => difference !== 0) ?? 0;
}

function isBoundToPath({ outcome }: Branch): boolean {
  const change = outcome.kind === 'redirect' ? outcome.redirect.path : outcome.kind === 'respond' ? null : outcome.rewrite?.change;
  return change?.kind === 'prefix' || change?.kind === 'regex';
}
