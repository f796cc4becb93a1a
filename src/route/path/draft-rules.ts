import { answeredBroader, type Draft } from './answered-broader.ts';
import { type Candidate, gatewayTakes } from './candidates.ts';
import { isDeclared, type PathDifference } from './difference.ts';
import type { NotPortable } from './path-change.ts';
import type { ExpandedPath } from './portable-paths.ts';
import { changedPath, ruleRewrite } from './rule-rewrite.ts';

export type Drafted =
  | { readonly kind: 'drafted'; readonly drafts: readonly Draft[] }
  | { readonly kind: 'not-portable'; readonly reason: NotPortable };

/**
 * The rules for the candidates, without those that a broader rule answers just as well, in the order of the candidates. A `template`
 * of null rewrites nothing.
 */
export function draftRules(
  candidates: readonly Candidate[],
  pattern: ExpandedPath,
  template: readonly (string | number)[] | null,
  redirects: boolean,
): Drafted {
  const kept: Draft[] = [];
  const spared: { readonly broader: Draft; readonly draft: Draft }[] = [];
  for (const candidate of broadFirst(candidates.filter((each) => !candidates.some((prefix) => isOwnPath(prefix, each))))) {
    const change = template === null ? keepPath : ruleRewrite(candidate, pattern, template, redirects);
    if (change.kind === 'not-portable') return change;
    const draft: Draft = { candidate, rewrite: change.rewrite, differences: [...candidate.differences, ...change.differences] };
    const broader = kept.findLast(
      (other) => other.candidate.at.type === 'PathPrefix' && gatewayTakes(other.candidate.at, someText(candidate)),
    );
    if (broader !== undefined && standsIn(broader, draft)) spared.push({ broader, draft });
    else kept.push(draft);
  }
  const misread = (draft: Draft): readonly PathDifference[] => (template === null ? [] : answeredBroader(draft, kept, pattern, template));
  const drafts = kept.map((draft): Draft => {
    const own = [...draft.differences, ...misread(draft)];
    const within = spared
      .filter(({ broader }) => broader === draft)
      .flatMap(({ draft: inner }) => [...inner.differences.filter((difference) => difference.kind === 'rewrite'), ...misread(inner)]);
    return { ...draft, differences: [...own, ...within.filter((difference) => !isTold(own, difference))] };
  });
  return { kind: 'drafted', drafts: candidates.flatMap((candidate) => drafts.filter((draft) => draft.candidate === candidate)) };
}

const keepPath = { kind: 'changed', rewrite: { kind: 'none' }, differences: [] } as const;

function broadFirst(candidates: readonly Candidate[]): readonly Candidate[] {
  return [...candidates].sort(
    (a, b) => a.at.text.length - b.at.text.length || Number(a.at.type === 'Exact') - Number(b.at.type === 'Exact'),
  );
}

function someText({ at }: Candidate): string {
  return at.text === '' ? '/' : at.text;
}

/** Whether the broader rule answers what the narrower one is for as well. */
function standsIn(broader: Draft, narrower: Draft): boolean {
  const [outer, inner] = [broader.candidate.at.text, narrower.candidate.at.text];
  const paths = narrower.candidate.at.type === 'Exact' ? [inner] : [inner, `${inner}/`, `${inner}/x`];
  return paths.every((path) => changedPath(broader.rewrite, outer, path) === changedPath(narrower.rewrite, inner, path));
}

/** An Exact match for the very path of a prefix: what the prefix does there is told as a difference of its own. */
function isOwnPath(prefix: Candidate, exact: Candidate): boolean {
  if (prefix.at.type !== 'PathPrefix' || exact.at.type !== 'Exact') return false;
  return exact.at.text === prefix.at.text || exact.at.text === `${prefix.at.text}/`;
}

function isTold(told: readonly PathDifference[], difference: PathDifference): boolean {
  const rewrites = told.filter(({ kind }) => kind === 'rewrite');
  return difference.kind === 'rewrite' && isDeclared(rewrites, difference.path);
}
