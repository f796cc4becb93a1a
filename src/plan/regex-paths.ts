import type { Finding, Place } from '../ledger/finding.ts';
import {
  gatewayRegex,
  literalOf,
  overlap,
  type PathDifference,
  type PortablePathChange,
  pathIndex,
  portablePaths,
  portableRewrite,
} from '../route/path/index.ts';
import type { PathMatch, Rewrite, RouteRule } from '../route/table.ts';
import type { Target } from '../targets/contract.ts';
import { planFindings } from './findings.ts';
import { pathPattern, type WrittenPattern } from './path-pattern.ts';
import { modifierFor, notRewritable, type PathContext, type PathPlan } from './path-plan.ts';

/**
 * On a host where a true pattern remains, paths that overlap one have to be patterns too: implementations rank patterns
 * before prefixes or after them, but among themselves by length, as the controller does. Where they are known to come before
 * prefixes, `/` stays one that the controller tries after all of them; every prefix does where length ranks no patterns.
 * `closed` rules keep their pattern as a guard and count as well.
 */
export function needsRegex(
  rules: readonly RouteRule[],
  closed: ReadonlySet<RouteRule>,
  ranking: Target['regexPaths'],
): (rule: RouteRule) => boolean {
  const patterns = rules.filter((rule) => rule.match.path.kind === 'regex' && (closed.has(rule) || isTruePattern(rule)));
  if (patterns.length === 0) return () => false;
  const stays = STAYS[ranking];
  const near = pathIndex(rules.map((rule) => rule.match.path));
  const positions = new Map(rules.map((rule, index) => [rule, index]));
  const asked = new Set(patterns);
  // Whatever meets one that is now a pattern is beside a pattern in its turn: the set grows while it is walked.
  for (const pattern of asked) {
    const at = positions.get(pattern) ?? 0;
    for (const index of near(pattern.match.path)) {
      const rule = rules[index];
      if (rule?.match.path.kind === 'regex' && (at > index || !stays(rule)) && meets(pattern, rule)) asked.add(rule);
    }
  }
  return (rule) => asked.has(rule);
}

/** The literal paths that need no pattern when they come after all patterns they meet. */
const STAYS: Readonly<Record<Target['regexPaths'], (rule: RouteRule) => boolean>> = {
  none: () => false,
  undefined: () => false,
  last: () => false,
  ordered: isEverything,
  'by-age': isPrefix,
};

function meets(a: RouteRule, b: RouteRule): boolean {
  return overlap(a.match.path, b.match.path) !== false;
}

function isPrefix({ match: { path } }: RouteRule): boolean {
  return path.kind === 'regex' && (portablePaths(path.pattern, path)?.every(({ type }) => type === 'PathPrefix') ?? false);
}

function isEverything({ match: { path } }: RouteRule): boolean {
  return (
    path.kind === 'regex' &&
    (portablePaths(path.pattern, path)?.every(({ type, value }) => type === 'PathPrefix' && value === '/') ?? false)
  );
}

function isTruePattern(rule: RouteRule): boolean {
  const { path } = rule.match;
  return path.kind === 'regex' && portablePaths(path.pattern, path) === null;
}

/** A pattern becomes the literal paths that it amounts to, else it stays a pattern. */
export function planRegexPath(match: Extract<PathMatch, { kind: 'regex' }>, rewrite: Rewrite | null, context: PathContext): PathPlan {
  const { pattern } = match;
  const rules = portableRules(match, rewrite);
  const common = rules.kind === 'portable' ? commonChange(rules.rules) : fullChange(rewrite);
  const written = context.target.regexPaths === 'none' ? null : pathPattern(pattern, match, context.target);
  const rewriteFindings =
    rules.kind === 'portable' ? rules.rules.flatMap((rule) => rewriteDiffers(pattern, rule.differences, context.place)) : [];
  if (rules.kind === 'portable' && !(context.asRegex && common !== null && written?.kind === 'regex')) {
    return {
      kind: 'planned',
      paths: rules.rules.map(({ type, value, rewrite: change }) => ({
        path: { type, value },
        modifier: modifierFor({ type, value }, change),
      })),
      findings: rules.rules.flatMap((rule) => narrowed(pattern, `${rule.type} ${rule.value}`, rule.differences, context.place)),
      rewriteFindings,
      bare: rules.rules.flatMap((rule) =>
        rule.differences.flatMap((difference) => (difference.gained === null ? [] : [difference.gained])),
      ),
    };
  }
  const native = common === null ? nativeRewrite(match, rewrite, context) : null;
  if (native !== null) return native;
  if (written === null || written.kind !== 'regex') {
    const why = written === null ? 'this target has no regular expressions' : REFUSALS[written.reason];
    return { kind: 'not-expressible', finding: planFindings['path-not-expressible']({ path: pattern, why }, context.place) };
  }
  if (common === null) return notRewritable(pattern, rewrite?.kind === 'regex' ? rewrite.replacement : '', context.place);
  const finding =
    literalOf(pattern) === null
      ? planFindings['path-regex']({ pattern, written: written.value }, context.place)
      : planFindings['path-literal-as-regex']({ path: pattern, written: written.value }, context.place);
  const path = { type: 'RegularExpression' as const, value: written.value };
  return { kind: 'planned', paths: [{ path, modifier: modifierFor(path, common) }], findings: [finding], rewriteFindings, bare: [] };
}

/** Where the implementation rewrites by patterns: the match as a pattern, and the controller's rewrite as it is. */
function nativeRewrite(
  match: Extract<PathMatch, { kind: 'regex' }>,
  rewrite: Rewrite | null,
  { target, place }: PathContext,
): PathPlan | null {
  if (rewrite?.kind !== 'regex' || target.rewritePattern === null || target.regexPaths === 'none') return null;
  const [path, whole] = [pathPattern(match.pattern, match, target), gatewayRegex(rewrite.pattern, rewrite)];
  if (path.kind !== 'regex' || whole.kind !== 'regex' || !rewrite.replacement.startsWith('/')) return null;
  // Alternatives after the first are found anywhere: where, another engine may decide otherwise.
  if (whole.value.replace('(?i)', '').startsWith('(?:')) return null;
  const parts = target.rewritePattern({ pattern: whole.value, replacement: rewrite.replacement });
  if (parts === null) return null;
  const finding = planFindings['path-regex']({ pattern: match.pattern, written: path.value }, place);
  const planned = { path: { type: 'RegularExpression' as const, value: path.value }, modifier: null, parts };
  return { kind: 'planned', paths: [planned], findings: [finding], rewriteFindings: [], bare: [] };
}

/** What all the paths have done to them, when it can go with a pattern: it must not depend on where the prefix ends. */
function commonChange(rules: readonly { readonly rewrite: PortablePathChange }[]): PortablePathChange | null {
  const [first] = rules;
  if (first === undefined || first.rewrite.kind === 'prefix') return null;
  return rules.every(({ rewrite }) => JSON.stringify(rewrite) === JSON.stringify(first.rewrite)) ? first.rewrite : null;
}

const REFUSALS: Readonly<Record<Extract<WrittenPattern, { kind: 'refused' }>['reason'], string>> = {
  invalid: 'the pattern is not valid on the controller either',
  'not-re2': 'it uses what RE2 engines do not have, such as lookaround or back-references',
  ambiguous: 'regular expression engines read it differently',
  encoded: 'it names characters that stand percent-encoded in the paths a gateway compares',
  'too-long': 'it is longer than 1024 characters',
  dialect: "this target's engine would read it differently",
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
