import { type Candidate, gatewayTakes, otherSpellings } from './candidates.ts';
import { isDeclared, type PathDifference } from './difference.ts';
import type { PortablePathChange } from './path-change.ts';
import type { Way } from './regex/ways.ts';
import { fill, wayFor } from './request-class.ts';
import { changedPath } from './rule-rewrite.ts';

/** A rule in the making. */
export interface Draft {
  readonly candidate: Candidate;
  readonly rewrite: PortablePathChange;
  readonly differences: readonly PathDifference[];
}

const SPELLINGS = ['other-case', 'other-character', 'longer'] as const;

/**
 * Where a rule lies within a broader one, paths that the pattern counts as its own but the Gateway does not (`/foo/DEEP` under `/foo` and
 * `/foo/deep`) are not lost: they get the path of the broader rule.
 */
export function answeredBroader(
  draft: Draft,
  drafts: readonly Draft[],
  pattern: { readonly ways: readonly Way[]; readonly insensitive: boolean },
  template: readonly (string | number)[],
): readonly PathDifference[] {
  const { at } = draft.candidate;
  const spellings = otherSpellings(at, pattern.insensitive);
  return SPELLINGS.flatMap((where): readonly PathDifference[] => {
    for (const path of spellings[where]) {
      const way = wayFor(pattern.ways, { kind: 'one', path }, pattern.insensitive);
      const taker = takerOf(drafts, path);
      const sent = way && fill(template, way, { kind: 'one', path })?.text;
      if (taker === undefined || taker === draft || typeof sent !== 'string') continue;
      const after = changedPath(taker.rewrite, taker.candidate.at.text, path);
      if (sent !== after && !isTold(taker, path))
        return [{ kind: 'rewrite', at, lost: null, gained: null, where, path, before: sent === '' ? null : sent, after }];
    }
    return [];
  });
}

function isTold(taker: Draft, path: string): boolean {
  return taker.differences.some((difference) => difference.kind === 'rewrite' && isDeclared([difference], path));
}

/** The rule that the Gateway picks: Exact first, then the longest prefix. */
function takerOf(drafts: readonly Draft[], path: string): Draft | undefined {
  const takers = drafts.filter(({ candidate }) => gatewayTakes(candidate.at, path));
  const exact = takers.find(({ candidate }) => candidate.at.type === 'Exact');
  return exact ?? takers.sort((a, b) => b.candidate.at.text.length - a.candidate.at.text.length)[0];
}
