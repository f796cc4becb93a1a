import type { HTTPRouteFilter, HTTPRouteMatch, PathModifier } from '../gateway/types.ts';
import type { CoreFeature, Target } from '../targets/contract.ts';
import { type DraftRule, guardRule, retracted } from './draft.ts';
import { planFindings } from './findings.ts';

/** A rule that the implementation would refuse, and its route with it, answers with an error instead. */
export function withoutLacking(draft: DraftRule, { lacks = [], title }: Pick<Target, 'lacks' | 'title'>): DraftRule {
  const feature = lacks.find((each) => uses(draft, each));
  if (feature === undefined) return draft;
  const finding = planFindings['not-by-target']({ what: NAMES[feature], target: title }, { at: draft.ingress.at, ingress: draft.ingress });
  return {
    // Without its own condition it takes more than it should, so that others may stand in its place.
    ...guardRule(draft.ingress, distinct(draft.matches.map((match) => withoutFeature(match, feature))), finding.code),
    guard: OF_MATCHES.includes(feature) ? 'yields' : draft.guard === 'no' ? 'exact' : draft.guard,
    statements: retracted(draft.statements, 'unmapped', finding),
  };
}

const OF_MATCHES: readonly CoreFeature[] = ['method-match', 'query-match', 'header-pattern'];

const NAMES: Readonly<Record<CoreFeature, string>> = {
  'tls-route': 'TLS that is passed through',
  'method-match': 'a condition on the method',
  'query-match': 'a condition on a query parameter',
  'header-pattern': 'a pattern for a header',
  'redirect-port': 'a redirect to a port',
  'other-redirects': 'a redirect with status 303, 307 or 308',
  'full-path': 'a path that is replaced as a whole',
  'several-mirrors': 'more than one mirror',
};

function uses({ matches, filters }: DraftRule, feature: CoreFeature): boolean {
  switch (feature) {
    case 'tls-route':
      return false;
    case 'method-match':
      return matches.some(({ method }) => method !== undefined);
    case 'query-match':
      return matches.some(({ queryParams = [] }) => queryParams.length > 0);
    case 'header-pattern':
      return matches.some(({ headers = [] }) => headers.some(({ type }) => type === 'RegularExpression'));
    case 'redirect-port':
      return filters.some((filter) => filter.type === 'RequestRedirect' && filter.requestRedirect.port !== undefined);
    case 'other-redirects':
      return filters.some((filter) => filter.type === 'RequestRedirect' && (filter.requestRedirect.statusCode ?? 302) > 302);
    case 'full-path':
      return filters.some((filter) => modifierOf(filter)?.type === 'ReplaceFullPath');
    case 'several-mirrors':
      return filters.filter(({ type }) => type === 'RequestMirror').length > 1;
    default:
      return feature satisfies never;
  }
}

/** Of a rewrite; redirects may replace the whole path. */
function modifierOf(filter: HTTPRouteFilter): PathModifier | undefined {
  return filter.type === 'URLRewrite' ? filter.urlRewrite.path : undefined;
}

function withoutFeature(match: HTTPRouteMatch, feature: CoreFeature): HTTPRouteMatch {
  const { method, queryParams, headers, ...path } = match;
  return {
    ...path,
    ...(method === undefined || feature === 'method-match' ? {} : { method }),
    ...(queryParams === undefined || feature === 'query-match' ? {} : { queryParams }),
    ...(headers === undefined || feature === 'header-pattern' ? {} : { headers }),
  };
}

function distinct(matches: readonly HTTPRouteMatch[]): readonly HTTPRouteMatch[] {
  return [...new Map(matches.map((match) => [JSON.stringify(match), match])).values()];
}
