import { LIMITS } from '../gateway/limits.ts';
import type { PathModifier } from '../gateway/types.ts';
import { gatewayPathValue } from '../route/path/index.ts';
import type { PathMatch, Rewrite } from '../route/table.ts';
import { bareOf } from './bare-paths.ts';
import { planFindings } from './findings.ts';
import { modifierFor, notRewritable, type PathContext, type PathPlan } from './path-plan.ts';
import { globPattern } from './pattern-text.ts';
import { planRegexPath } from './regex-paths.ts';

/** What a controller's path match, with its rewrite, is in Gateway API. */
export function planPath(match: PathMatch, rewrite: Rewrite | null, context: PathContext): PathPlan {
  const plan = withinAnyLength(match, rewrite, context);
  if (plan.kind === 'not-expressible') return plan;
  const long = plan.paths
    .map(({ modifier }) => modifier)
    .find((modifier) => modifier !== null && replacementOf(modifier).length > LIMITS.pathValue);
  return long == null ? plan : notRewritable(textOf(match), `${replacementOf(long).slice(0, 60)}…`, context.place);
}

function replacementOf(modifier: PathModifier): string {
  return modifier.type === 'ReplaceFullPath' ? modifier.replaceFullPath : modifier.replacePrefixMatch;
}

function textOf(match: PathMatch): string {
  return match.kind === 'regex' ? match.pattern : match.value;
}

function withinAnyLength(match: PathMatch, rewrite: Rewrite | null, context: PathContext): PathPlan {
  switch (match.kind) {
    case 'exact':
      return literalPath(match.value, 'Exact', rewrite, context);
    case 'prefix':
      return literalPath(match.value, 'PathPrefix', rewrite, context);
    case 'text-prefix':
      return textPrefixPath(match.value, rewrite, context);
    case 'glob':
      return globPath(match.value, rewrite, context);
    case 'regex':
      return planRegexPath(match, rewrite, context);
    default:
      return match satisfies never;
  }
}

function literalPath(value: string, type: 'Exact' | 'PathPrefix', rewrite: Rewrite | null, context: PathContext): PathPlan {
  const written = gatewayPathValue(value);
  if (written === null) {
    const why = 'Gateway API takes no empty elements, dot segments, encoded slashes or more than 1024 characters';
    return { kind: 'not-expressible', finding: planFindings['path-not-expressible']({ path: value, why }, context.place) };
  }
  if (rewrite?.kind === 'regex') return notRewritable(value, rewrite.replacement, context.place);
  const path = { type, value: written };
  const modifier = rewrite === null ? null : modifierFor(path, rewrite);
  // Gateway API ignores the trailing slash, so `/foo` has to be closed where only what is below was served.
  const bare = type === 'PathPrefix' ? bareOf(value) : [];
  return { kind: 'planned', paths: [{ path, modifier }], findings: [], rewriteFindings: [], bare };
}

function textPrefixPath(value: string, rewrite: Rewrite | null, context: PathContext): PathPlan {
  const plan = literalPath(value, 'PathPrefix', rewrite, context);
  if (plan.kind === 'not-expressible' || value === '/') return plan;
  const args = { path: value, written: `PathPrefix ${value}`, example: `${value}bar` };
  return { ...plan, findings: [...plan.findings, planFindings['path-narrower'](args, context.place)] };
}

function globPath(value: string, rewrite: Rewrite | null, context: PathContext): PathPlan {
  const own = rewrite === null ? (context.target.dialect?.glob?.(value) ?? null) : null;
  if (own !== null) return { kind: 'planned', paths: [{ path: own, modifier: null }], findings: [], rewriteFindings: [], bare: [] };
  if (value === '*' || value === '/*') return literalPath('/', 'PathPrefix', rewrite, context);
  if (!/[*?]/.test(value)) return literalPath(value, 'Exact', rewrite, context);
  if (/^[^*?]+\/\*$/.test(value)) return literalPath(value.slice(0, -1), 'PathPrefix', rewrite, context);
  // Each character is meant as it stands: no reading of dots as dots.
  const pattern = { kind: 'regex', pattern: globPattern(value), caseInsensitive: false } as const;
  const plan = planRegexPath(pattern, rewrite, { ...context, asRegex: true });
  if (!/^[^*?]+\*$/.test(value) || plan.kind === 'not-expressible') return plan;
  // What a prefix takes of it is sure of its rank, wherever patterns are ranked.
  const head = literalPath(value.slice(0, -1), 'PathPrefix', rewrite, context);
  return head.kind === 'not-expressible' ? plan : { ...plan, paths: [...head.paths, ...plan.paths] };
}
