import type { HTTPRouteMatch, PathModifier } from '../gateway/types.ts';
import type { Intent } from '../intent/intent.ts';
import { isProtection } from '../intent/protection.ts';
import { protectionWords } from '../intent/protection-words.ts';
import type { Place } from '../ledger/finding.ts';
import type { Redirect, RouteRule } from '../route/table.ts';
import type { Lowering, LoweringContext, RuleParts } from '../targets/contract.ts';
import { adaptedMatches } from './adapted-match.ts';
import { assumedPort, backendProblem, draftBackends, externalNames } from './backends.ts';
import { blockRule, omitRule } from './block-rule.ts';
import { type ConditionPlan, planConditions } from './conditions.ts';
import type { DraftRule, Statement } from './draft.ts';
import { pathEntries, pathText } from './entries.ts';
import { headersBeyondLimit, mergeFilters } from './filters.ts';
import { planFindings } from './findings.ts';
import { overHttp } from './https-redirect.ts';
import { isServedOver, type LoweredRule, type LoweringInput, matchContext, type RuleContext } from './lowered-rule.ts';
import { modifierFor, type PathPlan, type PlannedPath } from './path-plan.ts';
import { planPath } from './paths.ts';
import { planRedirect } from './redirect.ts';
import { hasTooManyCases, onceFor, withCases } from './rule-cases.ts';
import { intentStatement, rewriteStatements, ruleStatements, stated, unreached } from './rule-statements.ts';
import { mergeSettings } from './settings.ts';
import { withSpelling } from './spelling.ts';

export function lowerRule(rule: RouteRule, input: LoweringInput): LoweredRule {
  const place: Place = { at: pathEntries(rule)[0]?.at ?? rule.ingress.at, ingress: rule.ingress, host: input.host.host };
  const answered = [...rule.intents, ...input.host.intents].map((intent) => ({ intent, lowering: answer(intent, rule, input) }));
  const context: RuleContext = { rule, input, place, answered };
  const { dialect } = input.target;
  const conditions = planConditions(rule.match, place, dialect?.sourceRanges !== undefined);
  const path = withSpelling(
    planPath(rule.match.path, rewriteOf(rule), {
      target: input.target,
      asRegex: input.asRegex(rule),
      asPattern: input.asPattern(rule),
      asGlob: input.asGlob(rule),
      place,
    }),
    context,
  );
  const isFree = rule.action.kind === 'respond' && rule.action.status === 404 && input.isLast(rule);
  // Nothing needs to be written for a 404 but a redirect before it.
  if (isFree && rule.httpsRedirect === null) return omitRule(context);
  if (path.kind === 'not-expressible') return blockRule(context, path.finding);
  if (conditions.kind === 'not-expressible') return blockRule(context, conditions.finding);
  const matches: (readonly HTTPRouteMatch[])[] = [];
  const sources: (readonly RuleParts[] | null)[] = [];
  for (const planned of path.paths) {
    const whole = conditions.matches.map((match): HTTPRouteMatch => ({ path: planned.path, ...match }));
    const adapted = adaptedMatches(whole, dialect, matchContext(context));
    const cases = sourceCases(context, whole);
    if (adapted.kind === 'refused' || cases === 'too-many') {
      const why = adapted.kind === 'refused' ? adapted.why : 'its client addresses need more rules than it may have';
      return blockRule(context, planFindings['match-refused']({ path: pathText(rule), why }, place));
    }
    matches.push(adapted.written);
    sources.push(cases);
  }
  const lowering: Shape = { path, conditions, matches, sources };
  switch (rule.action.kind) {
    case 'forward':
      return lowerForward(context, rule.action, lowering);
    case 'redirect':
      return lowerRedirect(context, rule.action.redirect, lowering);
    case 'respond':
      return isFree ? omitRule(context) : lowerResponse(context, rule.action, lowering);
    default:
      return rule.action satisfies never;
  }
}

/** The match of the rule as it will be written. */
interface Shape {
  readonly path: Planned<PathPlan>;
  readonly conditions: Planned<ConditionPlan>;
  /** Of each path. */
  readonly matches: readonly (readonly HTTPRouteMatch[])[];
  /** Of each path the conditions on client addresses; null for none. */
  readonly sources: readonly (readonly RuleParts[] | null)[];
}

function sourceCases({ rule, input }: RuleContext, [match]: readonly HTTPRouteMatch[]): readonly RuleParts[] | null | 'too-many' {
  const { sourceRanges } = rule.match;
  if (sourceRanges.length === 0 || match === undefined) return null;
  return input.target.dialect?.sourceRanges?.(sourceRanges, match, matchContext({ rule, input })) ?? 'too-many';
}

type Planned<T extends { readonly kind: string }> = Exclude<T, { readonly kind: 'not-expressible' }>;

function lowerForward(context: RuleContext, action: Extract<RouteRule['action'], { kind: 'forward' }>, shape: Shape): LoweredRule {
  const { rule, input, place, answered } = context;
  const { path, conditions } = shape;
  const { dialect } = input.target;
  const lost = answered.filter(({ intent, lowering }) => isProtection(intent) && lowering.as === 'absent' && lowering.outcome !== 'inert');
  const loss = {
    host: input.host.host,
    path: pathText(rule),
    lost: protectionWords(lost.map(({ intent }) => intent)),
  };
  if (lost.length > 0 && input.onSecurityLoss === 'withhold') return blockRule(context, planFindings.withheld(loss, place));
  const problem = backendProblem(action.backends, place, dialect, { rule, estate: input.estate });
  if (problem !== null) return blockRule(context, problem);
  const findings = [...path.findings, ...conditions.findings, ...(lost.length > 0 ? [planFindings['protection-lost'](loss, place)] : [])];
  const own = answered.flatMap(({ lowering }) => (lowering.as === 'written' ? [lowering.parts] : []));
  const { rewrites, whyNot } = dialect ?? {};
  if (rewrites === false && path.paths.some(({ modifier }) => modifier !== null)) {
    const why = whyNot?.rewrites ?? 'this target hands paths on as they come, and the backend expects another';
    return blockRule(context, planFindings['rewrite-unsupported']({ path: pathText(rule), why }, place));
  }
  if (rewrites === 'prefix' && path.paths.some(({ modifier }) => modifier?.type === 'ReplaceFullPath'))
    return blockRule(context, planFindings['rewrite-whole']({ path: pathText(rule) }, place));
  if (hasTooManyCases(own, shape.sources))
    return blockRule(context, planFindings['match-refused']({ path: pathText(rule), why: TOO_MANY_CASES }, place));
  const defaults = input.target.forward?.(loweringContext(rule, input));
  const behind = closedBehind(context);
  const rules = path.paths.map((planned, index): DraftRule => {
    // What an intent asks for counts over what the implementation needs by default.
    const parts = [...(defaults === undefined ? [] : [defaults]), ...own, ...(planned.parts === undefined ? [] : [planned.parts])];
    const filters = mergeFilters(parts, planned.modifier);
    return {
      ...bareDraft(rule, shape, index),
      ...(behind === null ? {} : { closedBehind: behind }),
      filters,
      backends: draftBackends(action.backends, input.target.dialect ?? {}, input.gatewayClass),
      settings: mergeSettings(parts),
      parts,
      statements: [
        ...ruleStatements(rule, findings),
        ...action.backends.filter((backend) => backend.problem === 'assumed-port').map(assumedPort),
        ...externalNames({ rule, estate: input.estate }, dialect, place),
        ...rewriteStatements(rule, path.rewriteFindings, filters),
        ...answered.map(({ intent, lowering }) => intentStatement(intent, lowering, filters)),
        ...lostHeaders(context, parts),
      ],
    };
  });
  return written(context, rules, shape);
}

const TOO_MANY_CASES = 'two settings of it each need rules of their own';

/** Why the rule may not be there, where the implementation drops one that names what it cannot build. */
function closedBehind({ rule, input, answered, place }: RuleContext): string | null {
  if (input.target.dropsBrokenRules !== true) return null;
  const [external] = externalNames({ rule, estate: input.estate }, input.target.dialect, place);
  if (external !== undefined) return 'while its backend of type ExternalName is not allowed';
  const named = answered.filter(
    ({ intent, lowering }) =>
      isProtection(intent) && lowering.as === 'written' && (lowering.parts.policies ?? []).some(({ on }) => on.to === 'filter'),
  );
  return named.length === 0 ? null : `where the rule before it cannot be built (${protectionWords(named.map(({ intent }) => intent))})`;
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
function lowerRedirect(context: RuleContext, redirect: Redirect, shape: Shape): LoweredRule {
  const { rule, input, place } = context;
  const { path, conditions } = shape;
  const findings = [...path.findings, ...conditions.findings];
  const guards = guardsOf(context);
  const rules: DraftRule[] = [];
  for (const [index, planned] of path.paths.entries()) {
    const modifier = redirectModifier(redirect, planned);
    const plan = planRedirect(redirect, modifier, { ...input, place, path: planned.path });
    if (plan.kind === 'not-expressible') return blockRule(context, plan.finding);
    rules.push({
      ...bareDraft(rule, shape, index),
      filters: [plan.filter],
      parts: [...guards.parts, ...plan.parts],
      statements: [
        ...ruleStatements(rule, findings),
        ...stated(redirect.entries, [...path.rewriteFindings, ...plan.findings], '.filters[0]'),
        ...guards.statements,
      ],
    });
  }
  return written(context, rules, shape);
}

/** Answered before the controller authorises, as a redirect is. */
function lowerResponse(context: RuleContext, action: Extract<RouteRule['action'], { kind: 'respond' }>, shape: Shape): LoweredRule {
  const { rule, input, place } = context;
  const guards = guardsOf(context);
  const { path, conditions } = shape;
  const { status, contentType, body } = action;
  const parts = input.target.respond?.({ status, contentType, body }) ?? null;
  // A refusal written narrower than it was would open what it no longer takes: a guard is rather wider.
  const isNarrower = status >= 400 && path.findings.some(({ code }) => code === planFindings['path-narrower'].code);
  if (parts === null || isNarrower) return blockRule(context, planFindings['fixed-response']({ status }, place));
  const rules = path.paths.map(
    (_, index): DraftRule => ({
      ...bareDraft(rule, shape, index),
      parts: [...guards.parts, parts],
      statements: [...ruleStatements(rule, [...path.findings, ...conditions.findings]), ...guards.statements],
    }),
  );
  return written(context, rules, shape);
}

/** What guards an answer that comes from no backend, on implementations that guard it at all; of the rest nothing is left to act on. */
function guardsOf({ answered, input }: RuleContext): { readonly parts: readonly RuleParts[]; readonly statements: readonly Statement[] } {
  const holds = ({ intent, lowering }: RuleContext['answered'][number]) =>
    input.target.dialect?.guardsAnswers === true && isProtection(intent) && lowering.as === 'written' && lowering.parts.cases === undefined;
  return {
    parts: answered.flatMap((each) => (holds(each) && each.lowering.as === 'written' ? [each.lowering.parts] : [])),
    statements: answered.map((each) => (holds(each) ? intentStatement(each.intent, each.lowering) : unreached(each.intent, each.lowering))),
  };
}

function bareDraft(rule: RouteRule, { matches }: Shape, index: number): DraftRule {
  return {
    ingress: rule.ingress,
    matches: matches[index] ?? [],
    filters: [],
    backends: [],
    settings: {},
    parts: [],
    statements: [],
    notes: [],
    guard: 'no',
    case: '',
  };
}

function written(context: RuleContext, rules: readonly DraftRule[], { path, sources }: Shape): LoweredRule {
  const fromSources = (drafts: readonly DraftRule[]) =>
    drafts.flatMap((draft, index) => {
      const conditions = sources[index] ?? null;
      return conditions === null ? [draft] : onceFor(draft, conditions);
    });
  const redirects = context.rule.httpsRedirect !== null;
  const answers = sources.some((conditions) => conditions !== null) ? fromSources(rules) : rules.flatMap(withCases);
  const http = overHttp(context, redirects ? rules : answers, path.findings);
  return {
    kind: 'written',
    rule: context.rule,
    http: redirects ? fromSources(http) : http,
    https: isServedOver('https', context) ? answers : [],
    bare: path.bare,
  };
}

function answer(intent: Intent, rule: RouteRule, input: LoweringInput): Lowering {
  return input.target.lower(intent, loweringContext(rule, input));
}

function loweringContext(rule: RouteRule, { release, estate, host, table, gatewayClass }: LoweringInput): LoweringContext {
  return { release, estate, rule, host: host.host, ports: host.ports, table, gatewayClass };
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
