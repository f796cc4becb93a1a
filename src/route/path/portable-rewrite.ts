import { answeredBroader, type Draft } from './answered-broader.ts';
import { type Candidate, candidatesFor, gatewayTakes } from './candidates.ts';
import type { GatewayPath, PathDifference } from './difference.ts';
import { encodePath } from './gateway-value.ts';
import type { NotPortable, PortablePathChange } from './path-change.ts';
import type { PatternOptions } from './pattern-options.ts';
import { expandPath } from './portable-paths.ts';
import { parseRewriteTarget, type RedirectOrigin } from './rewrite-target.ts';
import { changedPath, ruleRewrite } from './rule-rewrite.ts';

export interface RewriteRule extends GatewayPath {
  readonly rewrite: PortablePathChange;
  readonly differences: readonly PathDifference[];
}

export type PortableRewrite =
  /** One rule for each Gateway API path. `redirect`: answer 302 with this origin and the changed path. */
  | { readonly kind: 'portable'; readonly rules: readonly RewriteRule[]; readonly redirect: RedirectOrigin | null }
  /** The controller rewrites nothing. */
  | { readonly kind: 'inactive'; readonly reason: 'empty-target' | 'invalid-target' }
  | { readonly kind: 'not-portable'; readonly reason: NotPortable };

/**
 * What `rewrite-target` does to a location, `rewrite "(?i)PATTERN" TARGET break`, in Gateway API terms: nginx replaces the
 * whole path, with the groups filled in. The rewrite looks for the pattern anywhere, but its location is anchored, so that both
 * find the same match. Without a rewrite the backend gets the path as sent, with one as normalised: not told again here.
 */
export function portableRewrite(pattern: string, target: string, options: PatternOptions): PortableRewrite {
  const parsed = parseRewriteTarget(target);
  switch (parsed.kind) {
    case 'empty':
      return { kind: 'inactive', reason: 'empty-target' };
    case 'invalid':
      return { kind: 'inactive', reason: 'invalid-target' };
    case 'variable':
      return { kind: 'not-portable', reason: 'variable' };
    case 'unusable-origin':
      return { kind: 'not-portable', reason: 'origin' };
    case 'path':
    case 'redirect':
      break;
    default:
      return parsed satisfies never;
  }
  const expanded = expandPath(pattern, options);
  const candidates = expanded && candidatesFor(expanded.ways, expanded.insensitive);
  if (expanded === null || candidates === null) return { kind: 'not-portable', reason: 'pattern' };
  const redirect = parsed.kind === 'redirect' ? parsed.origin : null;
  // The controller leaves out a rewrite to the location's own path. Without a trailing slash the location is split and its
  // other half is rewritten all the same.
  const sameAsPath = target === pattern && pattern.endsWith('/');
  const drafts: Draft[] = [];
  for (const candidate of broadFirst(candidates)) {
    const change = sameAsPath
      ? { kind: 'changed' as const, rewrite: { kind: 'none' as const }, differences: [] }
      : ruleRewrite(candidate, expanded, parsed.template, redirect !== null);
    if (change.kind === 'not-portable') return change;
    const draft: Draft = { candidate, rewrite: change.rewrite, differences: [...candidate.differences, ...change.differences] };
    const nearest = drafts.findLast(
      (other) => other.candidate.path.type === 'PathPrefix' && gatewayTakes(other.candidate.at, rootless(candidate)),
    );
    if (nearest === undefined || !standsIn(nearest, draft)) drafts.push(draft);
  }
  const nested = (draft: Draft): Draft => ({
    ...draft,
    differences: [...draft.differences, ...answeredBroader(draft, drafts, expanded, parsed.template)],
  });
  return {
    kind: 'portable',
    redirect,
    rules: candidates
      .flatMap((candidate) => drafts.filter((draft) => draft.candidate === candidate))
      .map(nested)
      .map(ruleOf),
  };
}

function broadFirst(candidates: readonly Candidate[]): readonly Candidate[] {
  return [...candidates].sort(
    (a, b) => a.at.text.length - b.at.text.length || (a.path.type === b.path.type ? 0 : a.path.type === 'PathPrefix' ? -1 : 1),
  );
}

function rootless({ path, at }: Candidate): string {
  return path.type === 'PathPrefix' && at.text === '' ? '/' : at.text;
}

/** Whether the broader rule answers what the narrower one is for as well. What it does with its own bare path is told as a difference. */
function standsIn(broader: Draft, narrower: Draft): boolean {
  const [outer, inner] = [broader.candidate.at.text, narrower.candidate.at.text];
  const isExact = narrower.candidate.path.type === 'Exact';
  if (isExact && (inner === outer || inner === `${outer}/`)) return true;
  const paths = isExact ? [inner] : [inner, `${inner}/`, `${inner}/x`];
  return paths.every((path) => changedPath(broader.rewrite, outer, path) === changedPath(narrower.rewrite, inner, path));
}

function ruleOf({ candidate, rewrite, differences }: Draft): RewriteRule {
  const { path } = candidate;
  return {
    ...path,
    rewrite: rewrite.kind === 'none' ? rewrite : { kind: rewrite.kind, path: encodePath(rewrite.path) ?? rewrite.path },
    differences,
  };
}
