import type { HTTPRouteMatch, PathModifier } from '../gateway/types.ts';
import type { Finding, Place } from '../ledger/finding.ts';
import type { PortablePathChange } from '../route/path/index.ts';
import type { Rewrite } from '../route/table.ts';
import type { RuleParts, Target } from '../targets/contract.ts';
import { planFindings } from './findings.ts';

export type GatewayPathMatch = NonNullable<HTTPRouteMatch['path']>;

/** One Gateway API path of a rule and what is done with the path of its requests. */
export interface PlannedPath {
  readonly path: GatewayPathMatch;
  readonly modifier: PathModifier | null;
  /** The implementation's own way to rewrite the path, beside or instead of the modifier. */
  readonly parts?: RuleParts;
}

export type PathPlan =
  | {
      readonly kind: 'planned';
      readonly paths: readonly PlannedPath[];
      /** How the match differs. */
      readonly findings: readonly Finding[];
      /** How the rewritten path differs. */
      readonly rewriteFindings: readonly Finding[];
      /** Exact paths that the written prefix takes and the controller does not: to be closed beside it. */
      readonly bare: readonly string[];
    }
  | { readonly kind: 'not-expressible'; readonly finding: Finding };

export interface PathContext {
  readonly target: Target;
  /** The path must be ranked among patterns: write it as one if its rewrite allows. */
  readonly asRegex: boolean;
  /** A literal path is written as a pattern, among which its place is. */
  readonly asPattern: boolean;
  /** The path is written as globs of the implementation. */
  readonly asGlob: boolean;
  readonly place: Place;
}

/** A modifier for what matches `path`. Prefixes are replaced under PathPrefix alone; of an exact path the whole is the prefix. */
export function modifierFor(path: GatewayPathMatch, change: PortablePathChange | Rewrite): PathModifier | null {
  switch (change.kind) {
    case 'none':
    case 'regex':
      return null;
    case 'full':
      return { type: 'ReplaceFullPath', replaceFullPath: change.path };
    case 'prefix': {
      if (path.type === 'PathPrefix') return { type: 'ReplacePrefixMatch', replacePrefixMatch: change.path };
      const rest = path.value.endsWith('/') ? '/' : '';
      return { type: 'ReplaceFullPath', replaceFullPath: change.path.replace(/\/+$/, '') + rest || '/' };
    }
    default:
      return change satisfies never;
  }
}

export function notRewritable(path: string, replacement: string, place: Place): PathPlan {
  return { kind: 'not-expressible', finding: planFindings['rewrite-not-expressible']({ path, replacement }, place) };
}
