import type { HTTPRouteMatch } from '../gateway/types.ts';
import type { DraftRule } from './draft.ts';
import { meetingOf } from './meeting-matches.ts';
import { compareRanks, matchKey, rankOf } from './rank.ts';
import { replacesPrefix } from './routes.ts';

export interface Ranked {
  readonly match: HTTPRouteMatch;
  readonly draft: DraftRule;
}

export interface Outranked {
  /** Matches of rules once more, with the conditions of what would be tried before them. */
  readonly copies: readonly Ranked[];
  /** Pairs that no copy puts into their order. */
  readonly lost: readonly { readonly first: Ranked; readonly second: Ranked }[];
}

/** The place in its route may add as much to the number of a rule. */
const RULES_OF_A_ROUTE = 16;

/** Beyond it nobody could read the routes. */
const MOST_COPIES = 64;

/**
 * Where an implementation ranks rules by a number that Gateway API does not know, a broader path with conditions may come before a
 * narrower one without: what both take gets a rule of its own. `own` is in the controller's order, which Gateway API would keep.
 */
export function rankedWithin(
  own: readonly Ranked[],
  rank: (match: HTTPRouteMatch) => number,
  answersAlike: (a: DraftRule, b: DraftRule) => boolean,
): Outranked {
  const keys = new Set(own.map(({ match }) => matchKey(match)));
  const lost = new Map<string, Outranked['lost'][number]>();
  const copies: Ranked[] = [];
  let all: readonly Ranked[] = own;
  for (let grown = true; grown && copies.length < MOST_COPIES; ) {
    const found = new Map<Ranked, Ranked[]>();
    for (const [at, second] of all.entries()) {
      if (!hasConditions(second.match)) continue;
      for (const first of all.slice(0, at)) {
        if (!isOutranked(first, second, rank) || answersAlike(first.draft, second.draft)) continue;
        const both = meetingOf(first.match, second.match);
        if (both === null) continue;
        const isTied = both !== 'unknown' && replacesPrefix(first.draft) && both.path?.value !== first.match.path?.value;
        if (both === 'unknown' || isTied || rank(both) < rank(second.match) + RULES_OF_A_ROUTE)
          lost.set(`${matchKey(first.match)} ${matchKey(second.match)}`, { first, second });
        else if (!keys.has(matchKey(both))) {
          keys.add(matchKey(both));
          found.set(first, [...(found.get(first) ?? []), { match: both, draft: first.draft }]);
        }
      }
    }
    copies.push(...[...found.values()].flat());
    grown = found.size > 0;
    all = all.flatMap((each) => [...(found.get(each) ?? []), each]);
  }
  return { copies, lost: [...lost.values()] };
}

function hasConditions({ method, headers = [], queryParams = [] }: HTTPRouteMatch): boolean {
  return method !== undefined || headers.length + queryParams.length > 0;
}

/** Rules of one Ingress stand in one route, where the number tells those of one rank apart by their place. */
function isOutranked(first: Ranked, second: Ranked, rank: (match: HTTPRouteMatch) => number): boolean {
  if ((compareRanks(rankOf(first.match), rankOf(second.match)) ?? 0) <= 0) return false;
  const ahead = rank(first.match) - rank(second.match);
  return ahead < (first.draft.ingress === second.draft.ingress ? 0 : RULES_OF_A_ROUTE);
}
