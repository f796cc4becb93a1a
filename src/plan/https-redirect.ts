import type { HTTPRouteMatch } from '../gateway/types.ts';
import type { Finding } from '../ledger/finding.ts';
import { adaptedMatches } from './adapted-match.ts';
import type { DraftRule, Statement } from './draft.ts';
import { guardPaths } from './guard-paths.ts';
import { isServedOver, type RuleContext } from './lowered-rule.ts';
import { planHttpsRedirect } from './redirect.ts';
import { matchStatements, stated } from './rule-statements.ts';

/**
 * What the rule answers over http: the same, or a redirect to https under the same matches; nothing where http is not served.
 * `findings` are those about the matches.
 */
export function overHttp(context: RuleContext, rules: readonly DraftRule[], findings: readonly Finding[] = []): readonly DraftRule[] {
  if (!isServedOver('http', context)) return [];
  const { httpsRedirect } = context.rule;
  if (httpsRedirect === null) return rules;
  const { release, target, gatewayClass } = context.input;
  const redirect = planHttpsRedirect(httpsRedirect, { release, target, gatewayClass, place: context.place, path: undefined });
  // Said by what is served over https as well, where there is any.
  const matched = matchStatements(context.rule, findings).map((statement): Statement => ({ ...statement, weak: true }));
  // Nothing of the redirect can be broken, so that no guard has to stand behind it.
  return rules.map(({ closedBehind: _, ...rule }, index): DraftRule => {
    const matches = index === 0 ? [...patternsFor(context, rules), ...rule.matches] : rule.matches;
    const answer: DraftRule = { ...rule, matches, filters: [], backends: [], settings: {}, parts: [], notes: [], guard: 'no' };
    if (redirect.kind === 'written')
      return {
        ...answer,
        filters: [redirect.filter],
        parts: redirect.parts,
        statements: [...stated(httpsRedirect.entries, redirect.findings, '.filters[0]'), ...matched],
      };
    const { finding } = redirect;
    return {
      ...answer,
      guard: 'exact',
      notes: [`answers with an error: ${finding.code}`],
      statements: [{ entries: httpsRedirect.entries, outcome: 'unmapped', finding, field: null }],
    };
  });
}

/** A redirect replaces no prefix, so that it goes with a pattern where the rule is to be ranked among patterns and is none itself. */
function patternsFor({ rule, input }: RuleContext, drafts: readonly DraftRule[]): readonly HTTPRouteMatch[] {
  const { path } = rule.match;
  if (path.kind !== 'regex' || !input.asRegex(rule)) return [];
  const { paths, fits } = guardPaths(path, { target: input.target, withPatterns: true });
  const patterns = fits ? paths.filter(({ type }) => type === 'RegularExpression') : [];
  const matches = patterns.flatMap((pattern) => (drafts[0]?.matches ?? []).map((match) => ({ ...match, path: pattern })));
  const adapted = adaptedMatches(matches, input.target.dialect, { host: input.host.host, isGlob: false });
  return adapted.kind === 'written' ? adapted.written : [];
}
