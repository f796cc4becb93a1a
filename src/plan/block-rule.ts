import { isProtection } from '../intent/protection.ts';
import type { Finding } from '../ledger/finding.ts';
import type { RouteRule } from '../route/table.ts';
import { closingMatch } from './adapted-match.ts';
import { bareOf } from './bare-paths.ts';
import { planConditions } from './conditions.ts';
import { converted, type DraftRule, guardRule, retracted, type Statement } from './draft.ts';
import { pathEntries, pathText } from './entries.ts';
import { planFindings } from './findings.ts';
import { guardPaths } from './guard-paths.ts';
import { overHttp } from './https-redirect.ts';
import { redirectsToHttps } from './leads-to-https.ts';
import { isServedOver, type LoweredRule, matchContext, type RuleContext } from './lowered-rule.ts';
import { intentStatement } from './rule-statements.ts';

/** The rule is not served; a rule without backend stands in its place so that no broader one answers for it. */
export function blockRule(context: RuleContext, reason: Finding): LoweredRule {
  const { rule, input, place, answered } = context;
  const { action } = rule;
  const { dialect } = input.target;
  const conditions = planConditions(rule.match, place);
  // What led to https must not be answered in clear text by a broader rule.
  const isClosed = action.kind === 'respond' || redirectsToHttps(action);
  const isProtected =
    rule.action.kind === 'forward' &&
    input.onSecurityLoss === 'withhold' &&
    answered.some(({ intent, lowering }) => isProtection(intent) && lowering.outcome !== 'inert');
  const mustClose = isProtected || isClosed;
  const base =
    conditions.kind === 'written'
      ? conditions.matches
      : // Without its condition a guard would close the path for everybody: only what must not be opened is worth that.
        mustClose
        ? [{}]
        : [];
  const guards = guardPaths(rule.match.path, {
    target: input.target,
    asGlob: input.asGlob(rule),
    withPatterns: mustClose || input.asRegex(rule),
  });
  const closings = guards.paths.flatMap((path) => base.map((match) => closingMatch({ path, ...match }, dialect, matchContext(context))));
  const matches = closings.map(({ match }) => match);
  const statements = answered.map(({ intent, lowering }) => intentStatement(intent, lowering));
  const closed = closings.every(({ fits }) => fits) ? guards.paths : matches.flatMap(({ path }) => path ?? []);
  const isInPlace = conditions.kind === 'written' && guards.fits && closings.every(({ fits }) => fits);
  const guard: DraftRule = {
    ...guardRule(rule.ingress, matches, reason.code),
    guard: isInPlace ? 'exact' : mustClose ? 'wide' : 'yields',
    statements: statementsOf(rule, reason, statements, isInPlace),
  };
  return {
    kind: 'blocked',
    rule,
    reason,
    withheld: isProtected,
    bare: closed.flatMap(({ type, value }) => (type === 'PathPrefix' ? bareOf(decodeURIComponent(value)) : [])),
    // A redirect in a wider place than its own would answer what was refused.
    http: isInPlace ? overHttp(context, [guard]) : isServedOver('http', context) ? [guard] : [],
    https: isServedOver('https', context) ? [guard] : [],
  };
}

/** A rule that answers 404 where nothing else would answer: a Gateway does that without a rule. */
export function omitRule(context: RuleContext): LoweredRule {
  const { rule, answered, place } = context;
  const { http, bare } = blockRule(context, planFindings['fixed-response']({ status: 404 }, place));
  const redirects = http.filter(({ guard }) => guard === 'no');
  const why = `its path, ${pathText(rule)}, cannot be written`;
  const lost: readonly Statement[] =
    rule.httpsRedirect === null || redirects.length > 0
      ? []
      : [
          {
            entries: rule.httpsRedirect.entries,
            outcome: 'unmapped',
            finding: planFindings['redirect-not-expressible']({ why }, place),
            field: null,
            weak: true,
          },
        ];
  const intents = answered.map(({ intent, lowering }) => ({ ...intentStatement(intent, lowering), weak: true as const }));
  return {
    kind: 'nothing',
    rule,
    statements: [{ ...converted(rule.entries, ''), weak: true }, ...lost, ...intents],
    bare,
    http: redirects,
    https: [],
  };
}

/** `isInPlace`: the guard takes what the rule took. */
function statementsOf(rule: RouteRule, reason: Finding, intents: readonly Statement[], isInPlace: boolean): readonly Statement[] {
  const { action } = rule;
  // An error for an error: only a page that comes with it would be missed.
  const refuses = isInPlace && action.kind === 'respond' && action.status >= 400 && action.body === null;
  const outcome = refuses ? 'approximated' : MANUAL.includes(reason.code) ? 'manual' : 'unmapped';
  const field = refuses ? '.matches' : null;
  const own =
    action.kind === 'forward'
      ? [...(action.rewrite?.entries ?? []), ...action.backends.flatMap((backend) => backend.entries)]
      : action.kind === 'redirect'
        ? action.redirect.entries
        : [];
  return [
    { entries: pathEntries(rule), outcome, finding: reason, field },
    { entries: [...rule.entries, ...own, ...(rule.httpsRedirect?.entries ?? [])], outcome, finding: reason, field, weak: true },
    ...retracted(intents, refuses ? 'unmapped' : outcome, reason),
  ];
}

/** A person has to look at the Service; with anything else the target lacks something. */
const MANUAL: readonly string[] = [planFindings['backend-unresolved'].code, planFindings['backend-external-name'].code];
