import type { JsonObject } from '../../model/json.ts';
import { overlap } from '../../route/path/index.ts';
import type { PathMatch, RouteRule } from '../../route/table.ts';
import type { LoweringContext } from '../contract.ts';
import { hostTable } from '../host-table.ts';

/**
 * The requests of one rule in the words of an AuthorizationPolicy: hosts, paths, and the paths below them that belong to other
 * rules. Rules for which `alike` holds may be taken along. null where that cannot be said, as with patterns among rules that
 * differ: a policy knows neither patterns nor another case of letters.
 */
export function scopeOf(context: LoweringContext, alike: (other: RouteRule) => boolean): JsonObject | null {
  const { rule, host, table } = context;
  const served = hostTable(context);
  const place = placeOf(
    host,
    table.hosts.map((each) => each.host),
  );
  if (served === undefined || place === null) return null;
  const others = served.rules.filter((other) => other !== rule && other.action.kind === 'forward' && !alike(other));
  if (others.length === 0) return Object.keys(place).length === 0 ? { paths: ['/*'] } : place;
  const paths = pathsOf(rule.match.path);
  if (paths === null) return null;
  const excluded: string[] = [];
  for (const other of others.filter(({ match }) => overlap(rule.match.path, match.path) !== false)) {
    if (isNested(other, rule)) excluded.push(...(pathsOf(other.match.path) ?? []));
    else if (!isNested(rule, other)) return null;
  }
  return { ...place, paths, ...(excluded.length === 0 ? {} : { notPaths: [...new Set(excluded)].sort() }) };
}

/**
 * A port may stand behind a name, which a policy can say of a single name alone: those of a wildcard are all that are not
 * somebody else's.
 */
function placeOf(host: string, hosts: readonly string[]): JsonObject | null {
  if (isSingle(host)) return { hosts: withPorts([host]) };
  const others = hosts.filter((each) => each !== host);
  if (!others.every(isSingle)) return null;
  return others.length === 0 ? {} : { notHosts: withPorts(others) };
}

function isSingle(host: string): boolean {
  return host !== '' && !host.startsWith('*');
}

function withPorts(hosts: readonly string[]): readonly string[] {
  return hosts.flatMap((host) => [host, `${host}:*`]);
}

/** Whether every request under the path of `inner` is its own, though `outer` would take it too. */
function isNested(inner: RouteRule, outer: RouteRule): boolean {
  const [a, b] = [inner.match.path, outer.match.path];
  if (pathsOf(a) === null || pathsOf(b) === null || hasConditions(inner) || a.kind === 'regex' || b.kind === 'regex') return false;
  return (
    (a.kind === 'exact' ? 1 : 0) - (b.kind === 'exact' ? 1 : 0) > 0 || (a.kind === b.kind && bare(a.value).length > bare(b.value).length)
  );
}

function hasConditions({ match, scheme }: RouteRule): boolean {
  const { headers, queryParams, cookies, methods, sourceRanges } = match;
  return scheme !== null || headers.length + queryParams.length + cookies.length + methods.length + sourceRanges.length > 0;
}

/** null for paths with signs that a policy reads otherwise, or that stand encoded in requests. */
function pathsOf(match: PathMatch): readonly string[] | null {
  if (match.kind === 'regex' || match.kind === 'glob' || !/^\/[A-Za-z0-9\-._~/]*$/.test(match.value)) return null;
  switch (match.kind) {
    case 'exact':
      return [match.value];
    case 'text-prefix':
      return [`${match.value}*`];
    case 'prefix':
      return bare(match.value) === '' ? ['/*'] : [bare(match.value), `${bare(match.value)}/*`];
    default:
      return match satisfies never;
  }
}

function bare(path: string): string {
  return path.replace(/\/+$/, '');
}
