import type { HTTPRouteMatch, PathModifier } from '../gateway/types.ts';
import type { Finding, Place } from '../ledger/finding.ts';
import {
  type GatewayRegex,
  gatewayPathValue,
  gatewayRegex,
  literalHead,
  literalOf,
  overlap,
  type PathDifference,
  type PortablePathChange,
  portablePaths,
  portableRewrite,
} from '../route/path/index.ts';
import type { PathMatch, Rewrite, RouteRule } from '../route/table.ts';
import type { Target } from '../targets/contract.ts';
import { planFindings } from './findings.ts';

export type GatewayPathMatch = NonNullable<HTTPRouteMatch['path']>;

/** One Gateway API path of a rule and what is done with the path of its requests. */
export interface PlannedPath {
  readonly path: GatewayPathMatch;
  readonly modifier: PathModifier | null;
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

interface PathContext {
  readonly target: Target;
  /** The path must be ranked among patterns: write it as one if its rewrite allows. */
  readonly asRegex: boolean;
  readonly place: Place;
}

/** What a controller's path match, with its rewrite, is in Gateway API. */
export function planPath(match: PathMatch, rewrite: Rewrite | null, context: PathContext): PathPlan {
  switch (match.kind) {
    case 'exact':
      return literalPath(match.value, 'Exact', [], rewrite, context);
    case 'prefix':
      // Gateway API ignores the trailing slash, so `/foo` has to be closed where only what is below was served.
      return literalPath(
        match.value,
        'PathPrefix',
        match.value.length > 1 && match.value.endsWith('/') ? [match.value.slice(0, -1)] : [],
        rewrite,
        context,
      );
    case 'text-prefix':
      return withFinding(
        literalPath(match.value, 'PathPrefix', [], rewrite, context),
        match.value === '/'
          ? []
          : [
              planFindings['path-narrower'](
                { path: match.value, written: `PathPrefix ${match.value}`, example: `${match.value}bar` },
                context.place,
              ),
            ],
      );
    case 'glob':
      return globPath(match.value, rewrite, context);
    case 'regex':
      return regexPath(match, rewrite, context);
    default:
      return match satisfies never;
  }
}

/** What a guard matches so that nothing else answers the requests of `match`: rather more than fewer. */
export function guardPaths(match: PathMatch, target: Target): readonly GatewayPathMatch[] {
  switch (match.kind) {
    case 'exact': {
      const value = gatewayPathValue(match.value);
      return [value === null ? { type: 'PathPrefix', value: '/' } : { type: 'Exact', value }];
    }
    case 'prefix':
    case 'text-prefix': {
      const value = gatewayPathValue(match.value);
      return [{ type: 'PathPrefix', value: value ?? '/' }];
    }
    case 'glob':
      return [{ type: 'PathPrefix', value: match.value.replace(/[*?].*$/, '').replace(/\/[^/]*$/, '') || '/' }];
    case 'regex': {
      const head = literalHead(match.pattern, match);
      const ranked = target.regexPaths === 'none' ? null : gatewayRegex(match.pattern, match);
      if (ranked === null) return [{ type: 'PathPrefix', value: gatewayPathValue(head.prefix) ?? '/' }];
      const written = ranked.kind === 'regex' ? ranked : gatewayRegex(asLiteral(head.text), match);
      if (written.kind !== 'regex') return [{ type: 'PathPrefix', value: gatewayPathValue(head.prefix) ?? '/' }];
      // The pattern closes every spelling of case; the prefix closes the usual one whatever the rank of patterns.
      const literal = gatewayPathValue(literalOf(match.pattern)?.text ?? '');
      const pattern: GatewayPathMatch = { type: 'RegularExpression', value: written.value };
      return literal === null ? [pattern] : [pattern, { type: 'PathPrefix', value: literal }];
    }
    default:
      return match satisfies never;
  }
}

/**
 * On a host where a true pattern remains, paths that overlap one have to be patterns too: implementations rank patterns
 * before prefixes or after them, but among themselves by length, as the controller does. `withheld` rules keep their
 * pattern as a guard and count as well.
 */
export function needsRegex(rules: readonly RouteRule[], withheld: ReadonlySet<RouteRule>): (rule: RouteRule) => boolean {
  const patterns = rules.filter((rule) => rule.match.path.kind === 'regex' && (withheld.has(rule) || isTruePattern(rule)));
  if (patterns.length === 0) return () => false;
  return (rule) => rule.match.path.kind === 'regex' && patterns.some((pattern) => overlap(pattern.match.path, rule.match.path) !== false);
}

function isTruePattern(rule: RouteRule): boolean {
  const { path } = rule.match;
  return path.kind === 'regex' && portablePaths(path.pattern, path) === null;
}

function literalPath(
  value: string,
  type: 'Exact' | 'PathPrefix',
  bare: readonly string[],
  rewrite: Rewrite | null,
  context: PathContext,
): PathPlan {
  const written = gatewayPathValue(value);
  if (written === null) {
    const why = 'Gateway API takes no empty elements, dot segments, encoded slashes or more than 1024 characters';
    return { kind: 'not-expressible', finding: planFindings['path-not-expressible']({ path: value, why }, context.place) };
  }
  if (rewrite?.kind === 'regex') return notRewritable(value, rewrite.replacement, context);
  const modifier = rewrite === null ? null : modifierOf(rewrite);
  return { kind: 'planned', paths: [{ path: { type, value: written }, modifier }], findings: [], rewriteFindings: [], bare };
}

function globPath(value: string, rewrite: Rewrite | null, context: PathContext): PathPlan {
  if (value === '*' || value === '/*') return literalPath('/', 'PathPrefix', [], rewrite, context);
  if (!/[*?]/.test(value)) return literalPath(value, 'Exact', [], rewrite, context);
  const below = /^([^*?]+)\/\*$/.exec(value)?.[1];
  if (below !== undefined) return literalPath(`${below}/`, 'PathPrefix', [below], rewrite, context);
  const pattern = `${value
    .replace(/[\\^$.+()[\]{}|]/g, '\\$&')
    .replace(/\*/g, '.*')
    .replace(/\?/g, '.')}$`;
  return regexPath({ kind: 'regex', pattern, caseInsensitive: false }, rewrite, context);
}

function regexPath(match: Extract<PathMatch, { kind: 'regex' }>, rewrite: Rewrite | null, context: PathContext): PathPlan {
  const { pattern } = match;
  const rules = portableRules(match, rewrite);
  if (rules.kind === 'portable' && !(context.asRegex && rules.rules.every((rule) => rule.rewrite.kind !== 'prefix'))) {
    return {
      kind: 'planned',
      paths: rules.rules.map((rule) => ({ path: { type: rule.type, value: rule.value }, modifier: modifierOf(rule.rewrite) })),
      findings: rules.rules.flatMap((rule) => narrowed(pattern, `${rule.type} ${rule.value}`, rule.differences, context.place)),
      rewriteFindings: rules.rules.flatMap((rule) => rewriteDiffers(pattern, rule.differences, context.place)),
      bare: rules.rules.flatMap((rule) =>
        rule.differences.flatMap((difference) => (difference.gained === null ? [] : [difference.gained])),
      ),
    };
  }
  const written = context.target.regexPaths === 'none' ? null : gatewayRegex(pattern, match);
  if (written === null || written.kind !== 'regex') {
    const why = written === null ? 'this target has no regular expressions' : REFUSALS[written.reason];
    return { kind: 'not-expressible', finding: planFindings['path-not-expressible']({ path: pattern, why }, context.place) };
  }
  const [first] = rules.kind === 'portable' ? rules.rules : [];
  const change = first?.rewrite ?? fullChange(rewrite);
  if (change === null) return notRewritable(pattern, rewrite?.kind === 'regex' ? rewrite.replacement : '', context);
  const finding =
    literalOf(pattern) === null
      ? planFindings['path-regex']({ pattern, written: written.value }, context.place)
      : planFindings['path-literal-as-regex']({ path: pattern, written: written.value }, context.place);
  return {
    kind: 'planned',
    paths: [{ path: { type: 'RegularExpression', value: written.value }, modifier: modifierOf(change) }],
    findings: [finding],
    rewriteFindings: [],
    bare: [],
  };
}

function asLiteral(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

const REFUSALS: Readonly<Record<Extract<GatewayRegex, { kind: 'refused' }>['reason'], string>> = {
  invalid: 'the pattern is not valid on the controller either',
  'not-re2': 'it uses what RE2 engines do not have, such as lookaround or back-references',
  ambiguous: 'regular expression engines read it differently',
  encoded: 'it names characters that stand percent-encoded in the paths a gateway compares',
  'too-long': 'it is longer than 1024 characters',
};

type PortableRules =
  | {
      readonly kind: 'portable';
      readonly rules: readonly {
        readonly type: 'Exact' | 'PathPrefix';
        readonly value: string;
        readonly rewrite: PortablePathChange;
        readonly differences: readonly PathDifference[];
      }[];
    }
  | { readonly kind: 'not-portable' };

function portableRules(match: Extract<PathMatch, { kind: 'regex' }>, rewrite: Rewrite | null): PortableRules {
  if (rewrite?.kind === 'regex') {
    if (rewrite.pattern !== match.pattern) return { kind: 'not-portable' };
    const portable = portableRewrite(match.pattern, rewrite.replacement, match);
    if (portable.kind === 'not-portable') return portable;
    if (portable.kind === 'portable') return { kind: 'portable', rules: portable.rules };
  }
  const change: PortablePathChange = rewrite === null || rewrite.kind === 'regex' ? { kind: 'none' } : rewrite;
  const paths = portablePaths(match.pattern, match);
  return paths === null ? { kind: 'not-portable' } : { kind: 'portable', rules: paths.map((path) => ({ ...path, rewrite: change })) };
}

/** Of the rewrites, only those that do not look at the request's path go with a pattern. */
function fullChange(rewrite: Rewrite | null): PortablePathChange | null {
  if (rewrite === null) return { kind: 'none' };
  if (rewrite.kind === 'full') return rewrite;
  if (rewrite.kind === 'regex' && rewrite.replacement.startsWith('/') && !rewrite.replacement.includes('$'))
    return { kind: 'full', path: rewrite.replacement };
  return null;
}

function modifierOf(change: PortablePathChange | Rewrite): PathModifier | null {
  switch (change.kind) {
    case 'none':
    case 'regex':
      return null;
    case 'full':
      return { type: 'ReplaceFullPath', replaceFullPath: change.path };
    case 'prefix':
      return { type: 'ReplacePrefixMatch', replacePrefixMatch: change.path };
    default:
      return change satisfies never;
  }
}

function notRewritable(path: string, replacement: string, context: PathContext): PathPlan {
  return { kind: 'not-expressible', finding: planFindings['rewrite-not-expressible']({ path, replacement }, context.place) };
}

function narrowed(path: string, written: string, differences: readonly PathDifference[], place: Place): readonly Finding[] {
  const lost = differences.flatMap((difference) => (difference.lost === null ? [] : [difference.lost]));
  return lost.length === 0
    ? []
    : [planFindings['path-narrower']({ path, written, example: [...new Set(lost)].slice(0, 2).join(' and ') }, place)];
}

function rewriteDiffers(path: string, differences: readonly PathDifference[], place: Place): readonly Finding[] {
  return differences.flatMap((difference) =>
    difference.kind === 'rewrite'
      ? [
          planFindings['rewrite-differs'](
            { path, example: difference.path, before: difference.before ?? 'an error 500', after: difference.after },
            place,
          ),
        ]
      : [],
  );
}

function withFinding(plan: PathPlan, findings: readonly Finding[]): PathPlan {
  return plan.kind === 'planned' ? { ...plan, findings: [...plan.findings, ...findings] } : plan;
}
