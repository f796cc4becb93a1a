import type { HTTPRouteMatch } from '../gateway/types.ts';
import type { Finding, Place } from '../ledger/finding.ts';
import { matchesPath } from '../route/path/index.ts';
import type { HostTable, RouteRule, Scheme } from '../route/table.ts';
import type { DraftRule, Statement } from './draft.ts';
import { planFindings } from './findings.ts';
import { type LoweredRule, type LoweringInput, lowerRule } from './lower-rule.ts';
import { needsRegex } from './paths.ts';

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

export function planHost(table: HostTable, input: Omit<LoweringInput, 'host' | 'asRegex'>): HostPlan {
  const lowerAll = (asRegex: (rule: RouteRule) => boolean) =>
    table.rules.map((rule) => lowerRule(rule, { ...input, host: table, asRegex }));
  const first = lowerAll(() => false);
  const withheld = new Set(first.flatMap((rule) => (rule.kind === 'blocked' && rule.withheld ? [rule.rule] : [])));
  const asRegex = input.target.regexPaths === 'none' ? null : needsRegex(table.rules, withheld);
  const lowered = closeCovered(asRegex === null || !table.rules.some(asRegex) ? first : lowerAll(asRegex));
  const statements = lowered.flatMap((rule) => (rule.kind === 'nothing' ? rule.statements : []));
  return {
    table,
    lowered,
    http: closeBarePaths(lowered, 'http'),
    https: closeBarePaths(lowered, 'https'),
    statements,
    findings: [],
  };
}

/** True when something other than an error is answered through this host: then its blocked paths need guards. */
export function isOpen(plan: HostPlan): boolean {
  return [...plan.http, ...plan.https].some((draft) => !draft.guard && draft.backends.length + draft.filters.length > 0);
}

/**
 * A guard and a rule with the very same match cannot both be written. The guard may stand for a protected pattern that
 * lies within it, so the open rule gives way.
 */
function closeCovered(lowered: readonly LoweredRule[]): readonly LoweredRule[] {
  const guards = new Map<string, RouteRule>();
  for (const rule of lowered) {
    if (rule.kind !== 'blocked' || !rule.withheld) continue;
    for (const draft of [...rule.http, ...rule.https])
      if (draft.guard) for (const match of draft.matches) guards.set(matchKey(match), rule.rule);
  }
  return lowered.map((rule) => {
    if (rule.kind !== 'written') return rule;
    const covered = [...rule.http, ...rule.https].some(
      (draft) => draft.backends.length > 0 && draft.matches.some((match) => guards.has(matchKey(match))),
    );
    if (!covered) return rule;
    return withhold(rule, '');
  });
}

/** An open rule gives way: what it wrote becomes a guard. */
function withhold(rule: Extract<LoweredRule, { kind: 'written' }>, host: string): LoweredRule {
  const { path } = rule.rule.match;
  const reason = planFindings['covered-by-withheld'](
    { host, path: path.kind === 'regex' ? path.pattern : path.value },
    { at: rule.rule.ingress.at, ingress: rule.rule.ingress },
  );
  // A redirect to https opens nothing and stays.
  const gone = (draft: DraftRule): DraftRule =>
    draft.backends.length === 0
      ? draft
      : {
          ...draft,
          filters: [],
          backends: [],
          settings: {},
          parts: [],
          guard: true,
          statements: draft.statements.map((statement) => ({ ...statement, outcome: 'unmapped', finding: reason, field: null })),
          notes: [`answers with an error: ${reason.code}`],
        };
  return { kind: 'blocked', rule: rule.rule, reason, withheld: true, http: rule.http.map(gone), https: rule.https.map(gone) };
}

/**
 * A wildcard covers one label on some controllers and any number with Gateway API. Deeper names fell to the broader host there;
 * where that one has routes withheld, the wildcard would answer for them, and gives way too.
 */
export function withholdWildcards(plans: readonly HostPlan[]): readonly HostPlan[] {
  const protectedHosts = plans
    .filter(({ lowered }) => lowered.some((rule) => rule.kind === 'blocked' && rule.withheld))
    .map(({ table }) => table.host);
  return plans.map((plan) => {
    const { host, wildcard } = plan.table;
    if (wildcard !== 'one-label' || !host.startsWith('*.') || !protectedHosts.some((broad) => coversHost(broad, host))) return plan;
    const lowered = plan.lowered.map((rule) =>
      rule.kind === 'written' && rule.rule.action.kind === 'forward' ? withhold(rule, host) : rule,
    );
    return { ...plan, lowered, http: closeBarePaths(lowered, 'http'), https: closeBarePaths(lowered, 'https') };
  });
}

/**
 * Gateway API ignores the trailing slash of a prefix: `/foo/` also takes `/foo`. Where the controller does not, `/foo`
 * gets an Exact rule with what the controller answers there: the next rule of the host that takes it, else an error.
 */
function closeBarePaths(lowered: readonly LoweredRule[], scheme: Scheme): readonly DraftRule[] {
  const drafts = lowered.flatMap((rule) => rule[scheme]);
  const taken = new Set(
    drafts.flatMap((draft) => draft.matches.flatMap((match) => (match.path?.type === 'Exact' ? [match.path.value] : []))),
  );
  const closing: DraftRule[] = [];
  for (const rule of lowered) {
    if (rule.kind !== 'written' || rule[scheme].length === 0) continue;
    for (const bare of rule.bare) {
      if (taken.has(bare)) continue;
      taken.add(bare);
      const fallback = lowered.find((other) => other !== rule && takesUnconditionally(other.rule, bare));
      const copied = fallback === undefined ? [] : copyFor(fallback[scheme], bare);
      closing.push(
        ...(copied.length > 0
          ? copied
          : [guard(rule.rule, { type: 'Exact', value: bare }, `the controller does not serve ${bare} without the slash`)]),
      );
    }
  }
  return [...drafts, ...closing];
}

function takesUnconditionally(rule: RouteRule, path: string): boolean {
  const { headers, cookies, queryParams, methods, sourceRanges } = rule.match;
  const conditions = headers.length + cookies.length + queryParams.length + methods.length + sourceRanges.length;
  return conditions === 0 && matchesPath(rule.match.path, path) === true;
}

function copyFor(drafts: readonly DraftRule[], path: string): readonly DraftRule[] {
  const [first] = drafts;
  if (first === undefined || JSON.stringify(first.filters).includes('ReplacePrefixMatch')) return [];
  return [{ ...first, matches: [{ path: { type: 'Exact', value: path } }], statements: [], notes: [] }];
}

export function guard(rule: RouteRule, path: NonNullable<HTTPRouteMatch['path']>, why: string): DraftRule {
  return {
    ingress: rule.ingress,
    matches: [{ path }],
    filters: [],
    backends: [],
    settings: {},
    parts: [],
    statements: [],
    notes: [`answers with an error: ${why}`],
    guard: true,
  };
}

/** `*.a.test` covers `b.a.test`, '' covers everything. */
export function coversHost(broad: string, host: string): boolean {
  if (broad === host) return false;
  if (broad === '') return true;
  return broad.startsWith('*.') && host.endsWith(broad.slice(1));
}

/**
 * On the controller a host's unmatched paths never fall to a broader host. Where one is written, the narrower host gets
 * a last rule that answers with an error.
 */
export function sealHosts(plans: readonly HostPlan[]): readonly HostPlan[] {
  const open = plans.filter(isOpen);
  return plans.map((plan) => {
    const broader = open.find((other) => coversHost(other.table.host, plan.table.host));
    const needsGuards = isOpen(plan) || broader !== undefined;
    const keep = (drafts: readonly DraftRule[]) =>
      needsGuards ? drafts : drafts.map(keepStatementsOnly).filter((draft) => draft !== null);
    const [anchor] = plan.table.rules;
    if (broader === undefined || anchor === undefined)
      return {
        ...plan,
        http: keep(plan.http),
        https: keep(plan.https),
        statements: [...plan.statements, ...droppedStatements(plan, needsGuards)],
      };
    const place: Place = { at: anchor.ingress.at, ingress: anchor.ingress, host: plan.table.host };
    const sealed = (drafts: readonly DraftRule[], scheme: Scheme) =>
      !plan.table.ports.some((port) => port.scheme === scheme) || drafts.some((draft) => draft.matches.some(isCatchAll))
        ? drafts
        : [...drafts, guard(anchor, { type: 'PathPrefix', value: '/' }, 'the controller does not pass these paths on to a broader host')];
    const http = sealed(plan.http, 'http');
    const https = sealed(plan.https, 'https');
    const added = http.length > plan.http.length || https.length > plan.https.length;
    const named = broader.table.host === '' ? 'the route for any host' : broader.table.host;
    return {
      ...plan,
      http,
      https,
      findings: added
        ? [...plan.findings, planFindings['unmatched-path']({ host: plan.table.host, broader: named }, place)]
        : plan.findings,
    };
  });
}

function keepStatementsOnly(draft: DraftRule): DraftRule | null {
  return draft.guard ? null : draft;
}

function droppedStatements(plan: HostPlan, kept: boolean): readonly Statement[] {
  return kept ? [] : [...plan.http, ...plan.https].filter((draft) => draft.guard).flatMap((draft) => draft.statements);
}

function isCatchAll(match: HTTPRouteMatch): boolean {
  return match.path?.type === 'PathPrefix' && match.path.value === '/' && Object.keys(match).length === 1;
}

function matchKey(match: HTTPRouteMatch): string {
  return JSON.stringify(match);
}
