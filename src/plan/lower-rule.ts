import type { HTTPRouteMatch, PathModifier } from '../gateway/types.ts';
import type { Intent } from '../intent/intent.ts';
import { isProtection } from '../intent/protection.ts';
import type { Place } from '../ledger/finding.ts';
import type { Redirect, RouteRule } from '../route/table.ts';
import type { Lowering, LoweringContext, RuleParts } from '../targets/contract.ts';
import { assumedPort, backendProblem, draftBackends } from './backends.ts';
import { blockRule, omitRule } from './block-rule.ts';
import { type ConditionPlan, planConditions } from './conditions.ts';
import type { DraftRule, Statement } from './draft.ts';
import { pathEntries, pathText } from './entries.ts';
import { headersBeyondLimit, mergeFilters } from './filters.ts';
import { planFindings } from './findings.ts';
import { overHttp } from './https-redirect.ts';
import { isServedOver, type LoweredRule, type LoweringInput, type RuleContext, redirectRelease } from './lowered-rule.ts';
import { modifierFor, type PathPlan, type PlannedPath } from './path-plan.ts';
import { planPath } from './paths.ts';
import { planRedirect } from './redirect.ts';
import { intentStatement, rewriteStatements, ruleStatements, stated, unreached } from './rule-statements.ts';
import { mergeSettings } from './settings.ts';

export function lowerRule(rule: RouteRule, input: LoweringInput): LoweredRule {
  const place: Place = { at: pathEntries(rule)[0]?.at ?? rule.ingress.at, ingress: rule.ingress, host: input.host.host };
  const answered = [...rule.intents, ...input.host.intents].map((intent) => ({ intent, lowering: answer(intent, rule, input) }));
  const context: RuleContext = { rule, input, place, answered };
  const conditions = planConditions(rule.match, place);
  const path = planPath(rule.match.path, rewriteOf(rule), { target: input.target, asRegex: input.asRegex(rule), place });
  const isFree = rule.action.kind === 'respond' && rule.action.status === 404 && input.isLast(rule);
  // Nothing needs to be written for a 404 but a redirect before it.
  if (isFree && rule.httpsRedirect === null) return omitRule(context);
  if (path.kind === 'not-expressible') return blockRule(context, path.finding);
  if (conditions.kind === 'not-expressible') return blockRule(context, conditions.finding);
  switch (rule.action.kind) {
    case 'forward':
      return lowerForward(context, rule.action, path, conditions);
    case 'redirect':
      return lowerRedirect(context, rule.action.redirect, path, conditions);
    case 'respond':
      return isFree ? omitRule(context) : lowerResponse(context, rule.action, path, conditions);
    default:
      return rule.action satisfies never;
  }
}

type Planned<T extends { readonly kind: string }> = Exclude<T, { readonly kind: 'not-expressible' }>;

function lowerForward(
  context: RuleContext,
  action: Extract<RouteRule['action'], { kind: 'forward' }>,
  path: Planned<PathPlan>,
  conditions: Planned<ConditionPlan>,
): LoweredRule {
  const { rule, input, place, answered } = context;
  const lost = answered.filter(({ intent, lowering }) => isProtection(intent) && lowering.as === 'absent' && lowering.outcome !== 'inert');
  const loss = { host: input.host.host, path: pathText(rule), lost: [...new Set(lost.map(({ intent }) => intent.kind))].join(', ') };
  if (lost.length > 0 && input.onSecurityLoss === 'withhold') return blockRule(context, planFindings.withheld(loss, place));
  const problem = backendProblem(action.backends, place);
  if (problem !== null) return blockRule(context, problem);
  const findings = [...path.findings, ...conditions.findings, ...(lost.length > 0 ? [planFindings['protection-lost'](loss, place)] : [])];
  const own = answered.flatMap(({ lowering }) => (lowering.as === 'written' ? [lowering.parts] : []));
  const defaults = input.target.forward?.(loweringContext(rule, input));
  const rules = path.paths.map((planned): DraftRule => {
    // What an intent asks for counts over what the implementation needs by default.
    const parts = [...(defaults === undefined ? [] : [defaults]), ...own, ...(planned.parts === undefined ? [] : [planned.parts])];
    const filters = mergeFilters(parts, planned.modifier);
    return {
      ...bareDraft(rule, planned, conditions),
      filters,
      backends: draftBackends(action.backends),
      settings: mergeSettings(parts),
      parts,
      statements: [
        ...ruleStatements(rule, findings),
        ...action.backends.filter((backend) => backend.problem === 'assumed-port').map(assumedPort),
        ...rewriteStatements(rule, path.rewriteFindings, filters),
        ...answered.map(({ intent, lowering }) => intentStatement(intent, lowering, filters)),
        ...lostHeaders(context, parts),
      ],
    };
  });
  return written(context, rules, path);
}

/** The API takes a limited number of headers in one filter, and one filter of a kind. */
function lostHeaders({ answered, place }: RuleContext, parts: readonly RuleParts[]): readonly Statement[] {
  const headers = headersBeyondLimit(parts);
  if (headers.length === 0) return [];
  const finding = planFindings['headers-too-many']({ headers: headers.join(', ') }, place);
  return answered
    .filter(({ lowering }) => lowering.as === 'written' && (lowering.parts.requestHeaders ?? lowering.parts.responseHeaders) !== undefined)
    .map(({ intent }): Statement => ({ entries: intent.entries, outcome: 'approximated', finding, field: '.filters' }));
}

/** A redirect is answered before the controller authorises: it has no backend to protect. */
function lowerRedirect(context: RuleContext, redirect: Redirect, path: Planned<PathPlan>, conditions: Planned<ConditionPlan>): LoweredRule {
  const { rule, input, place, answered } = context;
  const findings = [...path.findings, ...conditions.findings];
  const rules: DraftRule[] = [];
  for (const planned of path.paths) {
    const plan = planRedirect(redirect, redirectModifier(redirect, planned), redirectRelease(input), place);
    if (plan.kind === 'not-expressible') return blockRule(context, plan.finding);
    rules.push({
      ...bareDraft(rule, planned, conditions),
      filters: [plan.filter],
      statements: [
        ...ruleStatements(rule, findings),
        ...stated(redirect.entries, [...path.rewriteFindings, ...plan.findings], '.filters[0]'),
        ...answered.map(({ intent, lowering }) => unreached(intent, lowering)),
      ],
    });
  }
  return written(context, rules, path);
}

/** Answered before the controller authorises, as a redirect is. */
function lowerResponse(
  context: RuleContext,
  action: Extract<RouteRule['action'], { kind: 'respond' }>,
  path: Planned<PathPlan>,
  conditions: Planned<ConditionPlan>,
): LoweredRule {
  const { rule, input, place, answered } = context;
  const { status, contentType, body } = action;
  const parts = input.target.respond?.({ status, contentType, body });
  if (parts === undefined) return blockRule(context, planFindings['fixed-response']({ status }, place));
  const rules = path.paths.map(
    (planned): DraftRule => ({
      ...bareDraft(rule, planned, conditions),
      parts: [parts],
      statements: [
        ...ruleStatements(rule, [...path.findings, ...conditions.findings]),
        ...answered.map(({ intent, lowering }) => unreached(intent, lowering)),
      ],
    }),
  );
  return written(context, rules, path);
}

function bareDraft(rule: RouteRule, planned: PlannedPath, conditions: Planned<ConditionPlan>): DraftRule {
  return {
    ingress: rule.ingress,
    matches: conditions.matches.map((match): HTTPRouteMatch => ({ path: planned.path, ...match })),
    filters: [],
    backends: [],
    settings: {},
    parts: [],
    statements: [],
    notes: [],
    guard: 'no',
  };
}

function written(context: RuleContext, rules: readonly DraftRule[], path: Planned<PathPlan>): LoweredRule {
  return {
    kind: 'written',
    rule: context.rule,
    http: overHttp(context, rules, path.findings),
    https: isServedOver('https', context) ? rules : [],
    bare: path.bare,
  };
}

function answer(intent: Intent, rule: RouteRule, input: LoweringInput): Lowering {
  return input.target.lower(intent, loweringContext(rule, input));
}

function loweringContext(rule: RouteRule, { release, estate, host, gatewayClass }: LoweringInput): LoweringContext {
  return { release, estate, rule, host: host.host, ...(gatewayClass === null ? {} : { gatewayClass }) };
}

function rewriteOf(rule: RouteRule) {
  if (rule.action.kind === 'forward') return rule.action.rewrite;
  if (rule.action.kind === 'redirect' && rule.action.redirect.path.kind === 'regex') {
    return { ...rule.action.redirect.path, entries: rule.action.redirect.entries };
  }
  return null;
}

function redirectModifier({ path }: Redirect, planned: PlannedPath): PathModifier | null {
  return path.kind === 'full' || path.kind === 'prefix' ? modifierFor(planned.path, path) : planned.modifier;
}
