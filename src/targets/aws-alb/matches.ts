import type { GatewayValueMatch, HTTPRouteMatch } from '../../gateway/types.ts';
import type { Adapted, MatchContext } from '../dialect.ts';
import { albPattern } from './pattern.ts';

/** Of one rule of the load balancer, over host, paths, headers, methods, query and client addresses together. */
export const CONDITION_VALUES = 5;

const LONGEST = 128;

type Path = NonNullable<HTTPRouteMatch['path']>;

/**
 * What the load balancer takes for a match. Whatever it refuses would keep the controller from building the whole Gateway:
 * wildcards in prefixes, patterns above 128 characters, more than five condition values.
 */
export function adaptMatch(match: HTTPRouteMatch, context: MatchContext): Adapted<HTTPRouteMatch> {
  const { path, headers, queryParams } = match;
  const written = path === undefined ? undefined : adaptPath(path, context.isGlob);
  if (typeof written === 'string') return refused(written);
  const query = queryParams?.map(adaptQuery);
  const unwritable = query?.find((each) => typeof each === 'string');
  if (unwritable !== undefined) return refused(unwritable);
  const named = headers?.map(adaptHeader);
  const long = named?.find(({ value }) => value.length > LONGEST);
  if (long !== undefined) return refused(`header ${long.name} is compared with more than ${LONGEST} characters`);
  const adapted: HTTPRouteMatch = {
    ...match,
    ...(written === undefined ? {} : { path: written }),
    ...(named === undefined ? {} : { headers: named }),
    ...(query === undefined ? {} : { queryParams: query.filter((each) => typeof each !== 'string') }),
  };
  const values = conditionValues(adapted, context);
  return values > CONDITION_VALUES
    ? refused(`it has ${values} condition values (host, paths, headers, …), and a rule of the load balancer takes ${CONDITION_VALUES}`)
    : { kind: 'written', written: adapted };
}

function refused(why: string): Adapted<never> {
  return { kind: 'refused', why };
}

/** A text says why not. */
function adaptPath(path: Path, isGlob: boolean): Path | string {
  if (path.type === 'RegularExpression') {
    const value = albPattern(path.value);
    return value.length > LONGEST
      ? `as a pattern it has ${value.length} characters, and the load balancer takes ${LONGEST}`
      : { ...path, value };
  }
  // `/foo` becomes the patterns `/foo` and `/foo/*`.
  const longest = path.type === 'PathPrefix' ? path.value.replace(/\/+$/, '').length + 2 : path.value.length;
  if (longest > LONGEST) return `it is longer than the ${LONGEST} characters that the load balancer takes`;
  if (!isGlob && /[*?]/.test(path.value)) return 'the load balancer reads * in it as a wildcard';
  return path;
}

/** `*` is a wildcard in Exact paths, and it alone: the API server refuses `?` there. */
export function globPath(glob: string): Path | null {
  if (!glob.startsWith('/') || !glob.includes('*') || glob.includes('?') || glob === '/*' || glob.includes('//') || !PLAIN.test(glob))
    return null;
  return { type: 'Exact', value: glob };
}

const PLAIN = /^[A-Za-z0-9\-._~!$&'()*+,;=:@/]+$/;

/** An exact value with wildcards or separators in it is written as a pattern for nothing but itself. */
function adaptHeader(header: GatewayValueMatch): GatewayValueMatch {
  if (header.type === 'RegularExpression') return { ...header, value: anchored(header.value) };
  if (!/[*?,\\]/.test(header.value)) return header;
  return { type: 'RegularExpression', name: header.name, value: `^${header.value.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}$` };
}

/** Whatever its type, the value is text with wildcards; a text says why it cannot be that. */
function adaptQuery({ type, name, value }: GatewayValueMatch): GatewayValueMatch | string {
  const glob = type === 'RegularExpression' ? wildcardsOf(value) : value.replace(/[*?\\]/g, '\\$&');
  if (glob === null) return `query parameter ${name} is compared with a pattern, and the load balancer knows * and ? there alone`;
  return glob.length > LONGEST ? `query parameter ${name} is compared with more than ${LONGEST} characters` : { name, value: glob };
}

/** `^a.*\.b$` → `a*.b`; null for a pattern that says more than wildcards can. */
function wildcardsOf(pattern: string): string | null {
  const [, body] = /^\^(.*)\$$/s.exec(pattern) ?? [];
  if (body === undefined) return null;
  let glob = '';
  for (const [token, escaped, plain] of body.matchAll(/\.\*|\.|\\(\W)|([^\\^$.*+?()[\]{}|])|[\s\S]/g)) {
    if (token === '.*') glob += '*';
    else if (token === '.') glob += '?';
    else if (escaped !== undefined) glob += /[*?\\]/.test(escaped) ? `\\${escaped}` : escaped;
    else if (plain !== undefined) glob += plain;
    else return null;
  }
  return glob;
}

function anchored(pattern: string): string {
  const start = pattern.startsWith('^') ? pattern : `^${pattern}`;
  return start.endsWith('$') && !start.endsWith('\\$') ? start : `${start}$`;
}

/** How many values the conditions of the rule have that a match becomes. */
export function conditionValues(
  { path, method, headers = [], queryParams = [] }: HTTPRouteMatch,
  { host }: Pick<MatchContext, 'host'>,
): number {
  const paths = path?.type === 'PathPrefix' && path.value.replace(/\/+$/, '') !== '' ? 2 : 1;
  return Number(host !== '') + paths + Number(method !== undefined) + headers.length + queryParams.length;
}
