import type { Draft } from './answered-broader.ts';
import { candidatesFor } from './candidates.ts';
import type { GatewayPath, PathDifference } from './difference.ts';
import { draftRules } from './draft-rules.ts';
import { encodePath } from './gateway-value.ts';
import type { NotPortable, PortablePathChange } from './path-change.ts';
import type { PatternOptions } from './pattern-options.ts';
import { expandPath } from './portable-paths.ts';
import { parseRewriteTarget, type RedirectOrigin } from './rewrite-target.ts';

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
  if (!expanded.ordered && parsed.template.some((part) => typeof part === 'number')) return { kind: 'not-portable', reason: 'captures' };
  const redirect = parsed.kind === 'redirect' ? parsed.origin : null;
  // The controller leaves out a rewrite to the location's own path. Without a trailing slash the location is split and its
  // other half is rewritten all the same.
  const template = target === pattern && pattern.endsWith('/') ? null : parsed.template;
  const drafted = draftRules(candidates, expanded, template, redirect !== null);
  return drafted.kind === 'not-portable' ? drafted : { kind: 'portable', redirect, rules: drafted.drafts.map(ruleOf) };
}

function ruleOf({ candidate, rewrite, differences }: Draft): RewriteRule {
  const { path } = candidate;
  return {
    ...path,
    rewrite: rewrite.kind === 'none' ? rewrite : { kind: rewrite.kind, path: encodePath(rewrite.path) ?? rewrite.path },
    differences,
  };
}
