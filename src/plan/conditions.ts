import { LIMITS } from '../gateway/limits.ts';
import type { GatewayValueMatch, HTTPRouteMatch } from '../gateway/types.ts';
import type { Finding, Place } from '../ledger/finding.ts';
import type { Match, ValueMatch } from '../route/table.ts';
import { planFindings } from './findings.ts';

/** The conditions of a match other than its path, as alternatives: methods multiply. */
export type ConditionPlan =
  | { readonly kind: 'written'; readonly matches: readonly HTTPRouteMatch[]; readonly findings: readonly Finding[] }
  | { readonly kind: 'not-expressible'; readonly finding: Finding };

const METHODS: readonly string[] = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', 'PATCH'];

/** `addresses`: whether the target has a condition on client addresses of its own. */
export function planConditions(match: Match, place: Place, addresses = false): ConditionPlan {
  const headers = [...match.headers.map(valueMatch), ...match.cookies.map(cookieHeader)];
  const query = match.queryParams.map(valueMatch);
  const what = !addresses && match.sourceRanges.length > 0 ? 'the client address' : obstacle(match, headers, query);
  if (what !== null) return { kind: 'not-expressible', finding: planFindings['match-not-expressible']({ what }, place) };
  const findings = [
    ...match.cookies.map((cookie) => planFindings['cookie-match']({ cookie: cookie.name }, place)),
    ...match.headers
      .filter((header) => header.kind === 'regex')
      .map((header) => planFindings['header-regex']({ header: header.name }, place)),
  ];
  const common: HTTPRouteMatch = { ...(headers.length === 0 ? {} : { headers }), ...(query.length === 0 ? {} : { queryParams: query }) };
  const methods = [...new Set(match.methods)];
  return { kind: 'written', matches: methods.length === 0 ? [common] : methods.map((method) => ({ ...common, method })), findings };
}

/** Which condition the API has no place for; null when it has for all. */
function obstacle(match: Match, headers: readonly GatewayValueMatch[], query: readonly GatewayValueMatch[]): string | null {
  const method = match.methods.find((each) => !METHODS.includes(each));
  if (method !== undefined) return `method ${method}`;
  if (match.cookies.length > 1) return 'several cookies at once';
  // A second condition on one header is ignored, not added.
  const repeated = headers.find(({ name }, index) => headers.findIndex((other) => other.name.toLowerCase() === name.toLowerCase()) < index);
  if (repeated !== undefined) return `header ${repeated.name} more than once`;
  const header = headers.find((each) => !isWritable(each, LIMITS.headerValue) || UNPRINTABLE.test(each.value));
  if (header !== undefined) return `header ${header.name}`;
  const names = query.map(({ name }) => name);
  const param = query.find((each, index) => !isWritable(each, LIMITS.queryParamValue) || names.indexOf(each.name) < index);
  if (param !== undefined) return `query parameter ${param.name}`;
  if (headers.length > LIMITS.headersPerMatch) return 'so many headers';
  return query.length > LIMITS.queryParamsPerMatch ? 'so many query parameters' : null;
}

/** What the experimental channel refuses in a header's value: all but printable ASCII, blanks at the ends or doubled. */
const UNPRINTABLE = /[^\t -~]|^[\t ]|[\t ]$|[\t ]{2}/;

const NAME = /^[A-Za-z0-9!#$%&'*+\-.^_`|~]{1,256}$/;

function isWritable({ name, value }: GatewayValueMatch, limit: number): boolean {
  return NAME.test(name) && value.length > 0 && value.length <= limit;
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
