import type { Release } from '../gateway/release.ts';
import type { HTTPRouteFilter, HTTPRouteMatch, PathModifier } from '../gateway/types.ts';
import type { Intent } from '../intent/intent.ts';
import { isProtection } from '../intent/protection.ts';
import type { Finding, Place } from '../ledger/finding.ts';
import type { Entry } from '../model/entry.ts';
import type { Estate } from '../model/estate.ts';
import type { HostTable, RouteRule } from '../route/table.ts';
import type { Lowering, RuleParts, Target } from '../targets/contract.ts';
import { assumedPort, backendFinding, draftBackend } from './backends.ts';
import { planConditions } from './conditions.ts';
import { converted, type DraftBackend, type DraftRule, type Statement } from './draft.ts';
import { mergeFilters } from './filters.ts';
import { planFindings } from './findings.ts';
import { guardPaths, type PlannedPath, planPath } from './paths.ts';
import { planHttpsRedirect, planRedirect } from './redirect.ts';
import { intentStatement, pathEntries, pathEntry, rewriteStatements, ruleStatements, stated, unreached } from './rule-statements.ts';

export interface LoweringInput {
  readonly host: HostTable;
  readonly target: Target;
  readonly release: Release;
  readonly estate: Estate;
  readonly onSecurityLoss: 'withhold' | 'emit';
  /** Regular expressions decide on this host, so overlapping literal paths must be patterns too. */
  readonly asRegex: (rule: RouteRule) => boolean;
}

/** What becomes of one rule of the routing table. */
export type LoweredRule =
  | {
      readonly kind: 'written';
      readonly rule: RouteRule;
      /** Over http and over https; they differ where the controller redirects one to the other. Empty = not served. */
      readonly http: readonly DraftRule[];
      readonly https: readonly DraftRule[];
      /** `/foo` where the written prefix `/foo/` also takes it and the controller does not. */
      readonly bare: readonly string[];
    }
  | {
      readonly kind: 'blocked';
      readonly rule: RouteRule;
      readonly reason: Finding;
      readonly withheld: boolean;
      readonly http: readonly DraftRule[];
      readonly https: readonly DraftRule[];
    }
  /** The controller answers with an error here and so does a Gateway without a rule. */
  | {
      readonly kind: 'nothing';
      readonly rule: RouteRule;
      readonly statements: readonly Statement[];
      readonly http: readonly DraftRule[];
      readonly https: readonly DraftRule[];
    };

export function lowerRule(rule: RouteRule, input: LoweringInput): LoweredRule {
  const place: Place = { at: pathEntry(rule)?.at ?? rule.ingress.at, ingress: rule.ingress, host: input.host.host };
  const lowered = [...rule.intents, ...input.host.intents].map((intent) => ({ intent, lowering: answer(intent, rule, input) }));
  const intentStatements = lowered.map(({ intent, lowering }) => intentStatement(intent, lowering));
  const conditions = planConditions(rule.match, place);
  const path = planPath(rule.match.path, rewriteOf(rule), { target: input.target, asRegex: input.asRegex(rule), place });
  const guardOnly = (reason: Finding, withheld: boolean): LoweredRule => block(rule, reason, withheld, intentStatements, input, place);

  if (path.kind === 'not-expressible') return guardOnly(path.finding, false);
  if (conditions.kind === 'not-expressible') return guardOnly(conditions.finding, false);

  const lost = lowered.filter(({ intent, lowering }) => isProtection(intent) && lowering.as === 'absent' && lowering.outcome !== 'inert');
  const names = [...new Set(lost.map(({ intent }) => intent.kind))].join(', ');
  const lossFindings: Finding[] = [];
  // A redirect is answered before the controller authorises: it has no backend to protect.
  if (lost.length > 0 && rule.action.kind === 'forward') {
    const args = {
      host: input.host.host,
      path: rule.match.path.kind === 'regex' ? rule.match.path.pattern : rule.match.path.value,
      lost: names,
    };
    if (input.onSecurityLoss === 'withhold') return guardOnly(planFindings.withheld(args, place), true);
    lossFindings.push(planFindings['protection-lost'](args, place));
  }
  const parts = lowered.flatMap(({ lowering }) => (lowering.as === 'written' ? [lowering.parts] : []));
  const findings = [...path.findings, ...conditions.findings, ...lossFindings];
  const draft = (
    planned: PlannedPath,
    filters: readonly HTTPRouteFilter[],
    backends: readonly DraftBackend[],
    own: readonly RuleParts[],
    statements: readonly Statement[],
  ): DraftRule => ({
    ingress: rule.ingress,
    matches: conditions.matches.map((match) => withPath(match, planned.path)),
    filters,
    backends,
    settings: Object.assign({}, ...own.map(settingsOf)),
    parts: own,
    statements,
    notes: [],
    guard: false,
  });

  switch (rule.action.kind) {
    case 'forward': {
      const unusable = rule.action.backends.find((backend) => backend.port === null || backend.problem === 'external-name');
      if (unusable !== undefined) return guardOnly(backendFinding(unusable, place), false);
      const backends = rule.action.backends.flatMap(draftBackend);
      const assumed = rule.action.backends.filter((backend) => backend.problem === 'assumed-port').map((backend) => assumedPort(backend));
      const rules = path.paths.map((planned) => {
        const filters = mergeFilters(parts, planned.modifier);
        return draft(planned, filters, backends, parts, [
          ...ruleStatements(rule, findings),
          ...assumed,
          ...rewriteStatements(rule, path.rewriteFindings, filters),
          ...lowered.map(({ intent, lowering }) => intentStatement(intent, lowering, filters)),
        ]);
      });
      return spread(rule, rules, path.bare, input, place);
    }
    case 'redirect': {
      const redirect = rule.action.redirect;
      const rules: DraftRule[] = [];
      for (const planned of path.paths) {
        const plannedRedirect = planRedirect(redirect, redirectModifier(redirect.path, planned), input.release, place);
        if (plannedRedirect.kind === 'not-expressible') return guardOnly(plannedRedirect.finding, false);
        rules.push(
          draft(
            planned,
            [plannedRedirect.filter],
            [],
            [],
            [
              ...ruleStatements(rule, findings),
              ...stated(redirect.entries, [...path.rewriteFindings, ...plannedRedirect.findings], '.filters[0]'),
              ...lowered.map(({ intent, lowering }) => unreached(intent, lowering)),
            ],
          ),
        );
      }
      return spread(rule, rules, path.bare, input, place);
    }
    case 'respond': {
      // 404 is what a Gateway answers where no rule matches.
      if (rule.action.status === 404) {
        const http = rule.httpsRedirect === null ? [] : httpsRedirectDrafts(rule, path.paths, input, place);
        return {
          kind: 'nothing',
          rule,
          statements: [{ ...converted(rule.entries, ''), weak: true }, ...intentStatements.map((s) => ({ ...s, weak: true as const }))],
          http,
          https: [],
        };
      }
      return guardOnly(planFindings['fixed-response']({ status: rule.action.status }, place), false);
    }
    default:
      return rule.action satisfies never;
  }
}

function spread(rule: RouteRule, rules: readonly DraftRule[], bare: readonly string[], input: LoweringInput, place: Place): LoweredRule {
  const http = rule.scheme === 'https' ? [] : rule.httpsRedirect === null ? rules : httpsRedirectDrafts(rule, pathsOf(rules), input, place);
  return { kind: 'written', rule, http, https: rule.scheme === 'http' ? [] : rules, bare };
}

function httpsRedirectDrafts(
  rule: RouteRule,
  paths: readonly Pick<PlannedPath, 'path'>[],
  input: LoweringInput,
  place: Place,
): readonly DraftRule[] {
  if (rule.httpsRedirect === null) return [];
  const redirect = planHttpsRedirect(rule.httpsRedirect, input.release, place);
  if (redirect.kind === 'not-expressible') return [];
  return [
    {
      ingress: rule.ingress,
      matches: paths.map(({ path }) => ({ path })),
      filters: [redirect.filter],
      backends: [],
      settings: {},
      parts: [],
      statements: [...stated(rule.httpsRedirect.entries, redirect.findings, '.filters[0]')],
      notes: [],
      guard: false,
    },
  ];
}

/** The rule is not served; a rule without backend stands in its place so that no broader one answers for it. */
function block(
  rule: RouteRule,
  reason: Finding,
  withheld: boolean,
  intents: readonly Statement[],
  input: LoweringInput,
  place: Place,
): LoweredRule {
  const conditions = planConditions(rule.match, place);
  const paths = guardPaths(rule.match.path, input.target);
  const outcome =
    reason.code === planFindings['backend-unresolved'].code || reason.code === planFindings['backend-external-name'].code
      ? 'manual'
      : 'unmapped';
  const backends = rule.action.kind === 'forward' ? rule.action.backends : [];
  const own =
    rule.action.kind === 'forward'
      ? (rule.action.rewrite?.entries ?? [])
      : rule.action.kind === 'redirect'
        ? rule.action.redirect.entries
        : [];
  const gone = (entries: readonly Entry[]): Statement => ({ entries, outcome, finding: reason, field: null, weak: true });
  const guard: DraftRule = {
    ingress: rule.ingress,
    matches: paths.flatMap((path) => (conditions.kind === 'written' ? conditions.matches : [{}]).map((match) => withPath(match, path))),
    filters: [],
    backends: [],
    settings: {},
    parts: [],
    statements: [
      { entries: pathEntries(rule), outcome, finding: reason, field: null },
      gone(rule.entries),
      gone(own),
      ...backends.map((backend) => gone(backend.entries)),
      ...intents.map((statement) =>
        statement.outcome === 'converted' || statement.outcome === 'approximated' ? gone(statement.entries) : statement,
      ),
    ],
    notes: [`answers with an error: ${reason.code}`],
    guard: true,
  };
  const http =
    rule.scheme === 'https'
      ? []
      : rule.httpsRedirect === null
        ? [guard]
        : httpsRedirectDrafts(
            rule,
            paths.map((path) => ({ path })),
            input,
            place,
          );
  return { kind: 'blocked', rule, reason, withheld, http, https: rule.scheme === 'http' ? [] : [guard] };
}

function answer(intent: Intent, rule: RouteRule, input: LoweringInput): Lowering {
  return input.target.lower(intent, { release: input.release, estate: input.estate, rule, host: input.host.host });
}

function rewriteOf(rule: RouteRule) {
  if (rule.action.kind === 'forward') return rule.action.rewrite;
  if (rule.action.kind === 'redirect' && rule.action.redirect.path.kind === 'regex') {
    return { ...rule.action.redirect.path, entries: rule.action.redirect.entries };
  }
  return null;
}

function redirectModifier(path: { readonly kind: string; readonly path?: string }, planned: PlannedPath): PathModifier | null {
  if (path.kind === 'full') return { type: 'ReplaceFullPath', replaceFullPath: path.path ?? '/' };
  if (path.kind === 'prefix') return { type: 'ReplacePrefixMatch', replacePrefixMatch: path.path ?? '/' };
  return planned.modifier;
}

function withPath(match: HTTPRouteMatch, path: PlannedPath['path']): HTTPRouteMatch {
  return { path, ...match };
}

function pathsOf(rules: readonly DraftRule[]): readonly Pick<PlannedPath, 'path'>[] {
  return rules.flatMap((rule) => rule.matches.slice(0, 1).flatMap((match) => (match.path === undefined ? [] : [{ path: match.path }])));
}

function settingsOf(part: RuleParts): DraftRule['settings'] {
  return {
    ...(part.timeouts === undefined ? {} : { timeouts: part.timeouts }),
    ...(part.retry === undefined ? {} : { retry: part.retry }),
    ...(part.sessionPersistence === undefined ? {} : { sessionPersistence: part.sessionPersistence }),
  };
}
