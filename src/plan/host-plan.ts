import { isProtection } from '../intent/protection.ts';
import type { Finding } from '../ledger/finding.ts';
import { entriesBehind } from '../route/entries-behind.ts';
import { overlap, pathIndex } from '../route/path/index.ts';
import type { HostTable, RouteRule, Scheme } from '../route/table.ts';
import type { Dialect } from '../targets/dialect.ts';
import { closeBarePaths } from './bare-paths.ts';
import { rulesBehindPatterns } from './behind-patterns.ts';
import { withholdOtherCases } from './case-folding.ts';
import { answers, type DraftRule, retracted, type Statement } from './draft.ts';
import { planFindings } from './findings.ts';
import { leadsToHttps } from './leads-to-https.ts';
import { lowerRule } from './lower-rule.ts';
import type { LoweredRule, LoweringInput } from './lowered-rule.ts';
import { narrowGuards } from './narrow-guards.ts';
import { orderFindings } from './precedence.ts';
import { matchKey } from './rank.ts';
import { needsRegex } from './regex-paths.ts';
import { globRules } from './text-prefixes.ts';
import { giveWay } from './withholding.ts';

/** The rules of one host, as they will be written on each scheme. */
export interface HostPlan {
  readonly table: HostTable;
  readonly lowered: readonly LoweredRule[];
  readonly http: readonly DraftRule[];
  readonly https: readonly DraftRule[];
  /** Of entries that nothing written stands for. */
  readonly statements: readonly Statement[];
  readonly findings: readonly Finding[];
}

export function planHost(table: HostTable, input: Omit<LoweringInput, 'host' | 'asRegex' | 'asPattern' | 'asGlob' | 'isLast'>): HostPlan {
  const last = new Set(table.rules.filter((rule, index) => isFree(rule, index, table.rules)));
  const globs = globRules(table.rules, input.target.dialect);
  const asGlob = (rule: RouteRule) => globs.has(rule);
  const lower = (rule: RouteRule, asRegex: boolean, asPattern: boolean) =>
    lowerRule(rule, {
      ...input,
      host: table,
      asRegex: () => asRegex,
      asPattern: () => asPattern,
      asGlob,
      isLast: (each) => last.has(each),
    });
  const first = table.rules.map((rule) => lower(rule, false, false));
  /** Only what becomes another rule by it is made anew. */
  const lowerAll = (asRegex: (rule: RouteRule) => boolean, asPattern: (rule: RouteRule) => boolean = () => false) =>
    first.map((known) => {
      const { rule } = known;
      const [regex, pattern] = [asRegex(rule), asPattern(rule)];
      return regex || pattern ? lower(rule, regex, pattern) : known;
    });
  const near = pathIndex(table.rules.map((rule) => rule.match.path));
  const laterThan = (index: number) =>
    near(first[index]?.rule.match.path ?? { kind: 'prefix', value: '/' }).flatMap((position) =>
      position > index ? (first[position] ?? []) : [],
    );
  const closed = new Set(first.flatMap((each, index) => (mustOutrank(each, () => laterThan(index)) ? [each.rule] : [])));
  const asRegex = input.target.regexPaths === 'none' ? null : needsRegex(table.rules, closed, input.target.regexPaths);
  const usual = asRegex === null || !table.rules.some(asRegex) ? first : lowerAll(asRegex);
  const lowered = input.target.regexPaths === 'last' ? inOrder(usual, (behind) => lowerAll(asRegex ?? (() => false), behind)) : usual;
  const given = giveWay(lowered, input.target, input.onSecurityLoss === 'emit', table.host);
  const { reading, dialect } = input.target;
  const folded = reading?.anyCase === true && input.onSecurityLoss === 'withhold' ? withholdOtherCases(given, table.host) : given;
  return arranged(table, folded, dialect);
}

/** Where patterns are tried last: rules behind a pattern as patterns too, if that keeps the controller's order. */
function inOrder(
  usual: readonly LoweredRule[],
  lowerWith: (behind: (rule: RouteRule) => boolean) => readonly LoweredRule[],
): readonly LoweredRule[] {
  const behind = rulesBehindPatterns(usual);
  if (behind.size === 0 || orderFindings('', usual, 'last').length === 0) return usual;
  const changed = lowerWith((rule) => behind.has(rule));
  const isWhole = changed.every(({ kind }, index) => kind === usual[index]?.kind);
  return isWhole && orderFindings('', changed, 'last').length === 0 ? changed : usual;
}

/** Whether a Gateway has to try the rule before others that take some of its requests: it closes, or leads to https. */
function mustOutrank(lowered: LoweredRule, later: () => readonly LoweredRule[]): boolean {
  const { rule } = lowered;
  if (lowered.kind === 'blocked' && (lowered.withheld || rule.action.kind === 'respond')) return true;
  if (rule.action.kind === 'forward' && rule.intents.some(isProtection)) return true;
  return (
    leadsToHttps(rule) &&
    lowered.http.length > 0 &&
    later().some(
      (other) => other.http.some((draft) => draft.backends.length > 0) && overlap(rule.match.path, other.rule.match.path) !== false,
    )
  );
}

/** Only a 404 asks for it: whether no other rule would answer in its place. */
function isFree(rule: RouteRule, index: number, rules: readonly RouteRule[]): boolean {
  if (rule.action.kind !== 'respond' || rule.action.status !== 404) return false;
  return rules.slice(index + 1).every((other) => overlap(rule.match.path, other.match.path) === false);
}

/** The rules of a host as drafts, in the order the controller tries them, each match once. */
export function arranged(table: HostTable, lowered: readonly LoweredRule[], dialect: Dialect | undefined): HostPlan {
  const bare = { http: closeBarePaths(lowered, 'http', dialect), https: closeBarePaths(lowered, 'https', dialect) };
  const http = distinct([...lowered.flatMap((rule) => rule.http), ...bare.http.drafts]);
  const https = distinct([...lowered.flatMap((rule) => rule.https), ...bare.https.drafts]);
  const errors = new Map([...bare.http.errors, ...bare.https.errors].map((error) => [`${error.bare} ${error.why}`, error]));
  return {
    table,
    lowered,
    http: http.kept,
    https: https.kept,
    statements: [
      ...lowered.flatMap((rule) => (rule.kind === 'nothing' ? rule.statements : [])),
      ...lowered.flatMap((rule) => unserved(rule, table)),
      ...[...http.repeated, ...https.repeated].flatMap((draft) => repeatedStatements(draft, table.host)),
    ],
    findings: [
      ...lostRedirects(lowered),
      ...[...errors.values()].map(({ rule: { ingress }, bare: path, why }) => {
        const place = { at: ingress.at, ingress, host: table.host };
        return planFindings[why === 'nobody' ? 'bare-path' : 'bare-rewrite']({ host: table.host, path }, place);
      }),
      ...narrowGuards(table, lowered),
    ],
  };
}

/**
 * Redirects to https that are lost and that no entry would tell of: a certificate brings them, or another host has the same setting.
 * Once an Ingress.
 */
function lostRedirects(lowered: readonly LoweredRule[]): readonly Finding[] {
  const lost = lowered
    .flatMap((rule) => (rule.kind === 'nothing' ? rule.statements : rule.http.flatMap((draft) => draft.statements.filter(isOfNoEntry))))
    .flatMap(({ outcome, finding }) =>
      outcome === 'unmapped' && finding?.code === planFindings['redirect-not-expressible'].code ? [finding] : [],
    );
  // It is none of one path.
  const whole = lost.map((finding): Finding => ({ ...finding, at: finding.ingress?.at ?? finding.at }));
  return [...new Map(whole.map((finding) => [JSON.stringify([finding.ingress, finding.message]), finding])).values()];
}

function isOfNoEntry({ entries }: Statement): boolean {
  return entries.length === 0;
}

/** What of a rule has no place because the host does not serve its scheme. */
function unserved({ rule }: LoweredRule, table: HostTable): readonly Statement[] {
  const isServed = (scheme: Scheme) => (rule.scheme ?? scheme) === scheme && table.ports.some((port) => port.scheme === scheme);
  const entries = isServed('https')
    ? isServed('http')
      ? []
      : (rule.httpsRedirect?.entries ?? [])
    : isServed('http') && rule.httpsRedirect === null
      ? []
      : entriesBehind(rule);
  if (entries.length === 0) return [];
  const finding = planFindings.unused({}, { at: rule.ingress.at, ingress: rule.ingress });
  return [{ entries, outcome: 'inert', finding, field: null, weak: true }];
}

/** Of two rules with the very same match the first answers, as on the controller. Guards wider than what they stand for give way. */
function distinct(drafts: readonly DraftRule[]): { readonly kept: readonly DraftRule[]; readonly repeated: readonly DraftRule[] } {
  const keysOf = (some: readonly DraftRule[]) => new Set(some.flatMap(({ matches }) => matches.map(matchKey)));
  const redirects = keysOf(drafts.filter(({ backends, filters }) => backends.length === 0 && filters.length > 0));
  const firm = keysOf(drafts.filter(({ guard }) => guard !== 'yields'));
  const taken = new Set<string>();
  const kept: DraftRule[] = [];
  const repeated: DraftRule[] = [];
  for (const draft of drafts) {
    const stronger = draft.guard === 'yields' ? firm : draft.guard === 'wide' ? redirects : new Set<string>();
    const matches = draft.matches.filter((match) => {
      const key = `${draft.case}${matchKey(match)}`;
      if (taken.has(key) || stronger.has(key)) return false;
      taken.add(key);
      return true;
    });
    if (matches.length > 0) kept.push({ ...draft, matches });
    else repeated.push(draft);
  }
  return { kept, repeated };
}

function repeatedStatements(draft: DraftRule, host: string): readonly Statement[] {
  // What a guard says holds wherever it stands.
  if (draft.guard !== 'no') return draft.statements.map((statement) => ({ ...statement, field: null }));
  const path = draft.matches[0]?.path?.value ?? '/';
  const repeated = planFindings.repeated({ host, path }, { at: draft.ingress.at, ingress: draft.ingress });
  // What its match does not take is lost all the same.
  const differing = draft.statements.filter(({ outcome, field }) => outcome === 'approximated' && field === '.matches');
  return [...retracted(draft.statements, 'inert', repeated), ...differing.map((statement) => ({ ...statement, field: null }))];
}

/** True when something other than an error is answered over a scheme through this host: then its blocked paths need guards. */
export function isOpen(plan: HostPlan, scheme: Scheme): boolean {
  return plan[scheme].some((draft) => draft.guard === 'no' && answers(draft));
}
