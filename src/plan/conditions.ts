import type { GatewayValueMatch, HTTPRouteMatch } from '../gateway/types.ts';
import type { Finding, Place } from '../ledger/finding.ts';
import type { Match, ValueMatch } from '../route/table.ts';
import { planFindings } from './findings.ts';

/** The conditions of a match other than its path, as alternatives: methods multiply. */
export type ConditionPlan =
  | { readonly kind: 'written'; readonly matches: readonly HTTPRouteMatch[]; readonly findings: readonly Finding[] }
  | { readonly kind: 'not-expressible'; readonly finding: Finding };

const METHODS: readonly string[] = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', 'PATCH'];

export function planConditions(match: Match, place: Place): ConditionPlan {
  if (match.sourceRanges.length > 0)
    return { kind: 'not-expressible', finding: planFindings['match-not-expressible']({ what: 'the client address' }, place) };
  const foreign = match.methods.find((method) => !METHODS.includes(method));
  if (foreign !== undefined)
    return { kind: 'not-expressible', finding: planFindings['match-not-expressible']({ what: `method ${foreign}` }, place) };
  const findings = [
    ...match.cookies.map((cookie) => planFindings['cookie-match']({ cookie: cookie.name }, place)),
    ...match.headers
      .filter((header) => header.kind === 'regex')
      .map((header) => planFindings['header-regex']({ header: header.name }, place)),
  ];
  const cookies = match.cookies.map(cookieHeader);
  if (cookies.length > 1)
    return { kind: 'not-expressible', finding: planFindings['match-not-expressible']({ what: 'several cookies at once' }, place) };
  const headers = [...match.headers.map(valueMatch), ...cookies];
  const query = match.queryParams.map(valueMatch);
  const common: HTTPRouteMatch = { ...(headers.length === 0 ? {} : { headers }), ...(query.length === 0 ? {} : { queryParams: query }) };
  const matches = match.methods.length === 0 ? [common] : match.methods.map((method) => ({ ...common, method }));
  return { kind: 'written', matches, findings };
}

function valueMatch(match: ValueMatch): GatewayValueMatch {
  return match.kind === 'exact'
    ? { name: match.name, value: match.value }
    : { type: 'RegularExpression', name: match.name, value: match.value };
}

/** Written so that it holds for engines that match the whole value and for those that search in it. */
function cookieHeader(cookie: ValueMatch): GatewayValueMatch {
  const value = cookie.kind === 'exact' ? escape(cookie.value) : cookie.value;
  return { type: 'RegularExpression', name: 'Cookie', value: `^(.*;\\s*)?${escape(cookie.name)}=${value}(;.*)?$` };
}

function escape(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
