import type { HTTPRouteMatch } from '../gateway/types.ts';
import type { Intent } from '../intent/intent.ts';
import { isProtection } from '../intent/protection.ts';
import { covers, overlap, pathIndex } from '../route/path/index.ts';
import type { PathMatch, RouteRule, Scheme } from '../route/table.ts';
import type { Target } from '../targets/contract.ts';
import { type DraftRule, guardRule } from './draft.ts';
import { pathEntries, pathText } from './entries.ts';
import { planFindings } from './findings.ts';
import type { LoweredRule } from './lowered-rule.ts';
import { compareRanks, matchKey, rankOf } from './rank.ts';

const SCHEMES = ['http', 'https'] as const;

/**
 * The controller tries a protected rule before an open one, a Gateway goes by its own order. Where it may send requests of the
 * first to the second, the open rule gives way: nothing is served past a protection, and no clear text past a redirect to https.
 */
export function giveWay(lowered: readonly LoweredRule[], target: Target, emit: boolean, host: string): readonly LoweredRule[] {
  const near = pathIndex(lowered.map(({ rule }) => rule.match.path));
  const restating = lowered.filter(({ rule }) => rule.restates !== undefined);
  const before = new Map<number, { readonly protector: LoweredRule; readonly kept: ReadonlySet<string> }>();
  /** Protectors by the matches of their guards, which may be wider than their paths. */
  const guards = new Map<string, number[]>();
  return lowered.map((rule, index) => {
    const guarding = SCHEMES.flatMap((scheme) =>
      rule[scheme].flatMap(({ matches }) => matches.flatMap((match) => guards.get(matchKey(match)) ?? [])),
    );
    const candidates = [...new Set([...near(rule.rule.match.path), ...guarding])].flatMap((position) => before.get(position) ?? []);
    // What the first takes of the second's requests stands before them as a rule of its own.
    const isRestated = (first: LoweredRule, scheme: Scheme) =>
      restating.some(
        ({ rule: { restates }, [scheme]: drafts }) =>
          restates?.first === first.rule.id && restates.second === rule.rule.id && drafts.length > 0,
      );
    const open = SCHEMES.filter((scheme) => {
      const drafts = rule[scheme].filter((draft) => draft.backends.length > 0);
      return (
        drafts.length > 0 &&
        candidates.some(
          ({ protector, kept }) =>
            isProtectedOver(scheme, protector, kept) &&
            !isRestated(protector, scheme) &&
            !hasAll(rule.rule, kept) &&
            (coincide(drafts, protector[scheme]) || overlap(protector.rule.match.path, rule.rule.match.path) !== false) &&
            !drafts.every((draft) => draft.matches.every((match) => isOutranked(match, protector, scheme, target))),
        )
      );
    });
    const kept = protectionsOf(rule, emit);
    if (kept.size > 0 || leadsToHttps(rule.rule) || isClosed(rule)) {
      before.set(index, { protector: rule, kept });
      for (const key of guardKeys([...rule.http, ...rule.https])) guards.set(key, [...(guards.get(key) ?? []), index]);
    }
    return rule.kind === 'written' && open.length > 0 ? withhold(rule, host, open) : rule;
  });
}

/** A guard may be wider than its rule: a rule with the same match cannot stand beside it. */
function coincide(drafts: readonly DraftRule[], guards: readonly DraftRule[]): boolean {
  const closed = guardKeys(guards);
  return drafts.some(({ matches }) => matches.some((match) => closed.has(matchKey(match))));
}

function guardKeys(drafts: readonly DraftRule[]): ReadonlySet<string> {
  return new Set(drafts.filter(({ guard }) => guard === 'exact' || guard === 'wide').flatMap(({ matches }) => matches.map(matchKey)));
}

/** What guards the rule in the output: what was written, or everything behind a guard. */
function protectionsOf(rule: LoweredRule, emit: boolean): ReadonlySet<string> {
  if (rule.rule.action.kind !== 'forward' || (emit && rule.kind === 'written')) return new Set();
  return rule.kind === 'written' || (rule.kind === 'blocked' && rule.withheld)
    ? new Set(rule.rule.intents.filter(isProtection).map(textOf))
    : new Set();
}

/** The controller answers with an error: nobody else may answer instead. */
function isClosed(rule: LoweredRule): boolean {
  const { action } = rule.rule;
  return action.kind === 'respond' && (rule.kind === 'blocked' || (rule.kind === 'written' && action.status >= 400));
}

/** Nothing of it is served in clear text: by a redirect beside its action, or as its action whatever else a request has. */
export function leadsToHttps({ httpsRedirect, action, match }: RouteRule): boolean {
  if (httpsRedirect !== null) return true;
  const { headers, queryParams, cookies, methods, sourceRanges } = match;
  const isConditional = headers.length + queryParams.length + cookies.length + methods.length + sourceRanges.length > 0;
  return !isConditional && action.kind === 'redirect' && action.redirect.scheme === 'https' && action.redirect.host === null;
}

function isProtectedOver(scheme: Scheme, protector: LoweredRule, kept: ReadonlySet<string>): boolean {
  if (protector[scheme].length === 0) return false;
  return kept.size > 0 || isClosed(protector) || (scheme === 'http' && leadsToHttps(protector.rule));
}

function hasAll(rule: RouteRule, kept: ReadonlySet<string>): boolean {
  const own = new Set(rule.intents.filter(isProtection).map(textOf));
  return kept.size > 0 && [...kept].every((protection) => own.has(protection));
}

function textOf(intent: Intent): string {
  return JSON.stringify(intent, (key, value) => (key === 'entries' ? undefined : value));
}

/** Whether every Gateway tries the protected rule before `match`, wherever both take a request. */
function isOutranked(match: HTTPRouteMatch, protector: LoweredRule, scheme: Scheme, target: Target): boolean {
  const own = protector[scheme].flatMap((draft) => draft.matches);
  const rank = rankOf(match);
  const patterns = own.filter(({ path }) => path?.type === 'RegularExpression');
  // Most implementations agree on little but this: among patterns the longer one is tried first.
  if (rank.type === null) return target.regexPaths !== 'by-age' && patterns.some((each) => rankOf(each).length > rank.length);
  const isFirst = target.regexPaths === 'ordered' || target.regexPaths === 'by-age';
  if (isFirst && rank.type === 1 && patterns.length > 0) return true;
  const literals = own.filter((each) => {
    const path = literalPath(each, target);
    return path !== null && overlap(path, literalPath(match, target) ?? path) !== false;
  });
  return (
    literals.length > 0 &&
    literals.every((each) => (compareRanks(rankOf(each), rank) ?? 0) > 0) &&
    // Other spellings of case are the protected rule's as well.
    literals.some((each) => takesAll(literalPath(each, target), protector.rule))
  );
}

function takesAll(path: PathMatch | null, rule: RouteRule): boolean {
  const { kind } = rule.match.path;
  return path !== null && (kind === 'exact' || kind === 'prefix' || covers(path, rule.match.path));
}

function literalPath({ path }: HTTPRouteMatch, { reading }: Target): PathMatch | null {
  if (path === undefined) return { kind: 'prefix', value: '/' };
  if (path.type === 'Exact' && reading?.exactGlobs === true && path.value.includes('*')) return { kind: 'glob', value: path.value };
  return path.type === 'RegularExpression' ? null : { kind: path.type === 'Exact' ? 'exact' : 'prefix', value: path.value };
}

/** An open rule gives way: where it had backends a guard stands. A redirect to https opens nothing and stays. */
export function withhold(rule: LoweredRule, host: string, schemes: readonly Scheme[] = SCHEMES): LoweredRule {
  const place = { at: pathEntries(rule.rule)[0]?.at ?? rule.rule.ingress.at, ingress: rule.rule.ingress, host };
  const reason = planFindings['covered-by-withheld']({ host, path: pathText(rule.rule) }, place);
  const close = (scheme: Scheme): readonly DraftRule[] =>
    !schemes.includes(scheme)
      ? rule[scheme]
      : rule[scheme].map((draft) =>
          draft.backends.length === 0
            ? draft
            : {
                ...guardRule(draft.ingress, draft.matches, reason.code),
                statements: draft.statements.map((statement) => ({ ...statement, outcome: 'unmapped', finding: reason, field: null })),
              },
        );
  return { kind: 'blocked', rule: rule.rule, reason, withheld: true, bare: rule.bare, http: close('http'), https: close('https') };
}
