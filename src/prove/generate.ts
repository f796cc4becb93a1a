import type { Gateway, HTTPRoute, HTTPRouteMatch, OutputObject } from '../gateway/types.ts';
import { isValidHost } from '../model/host.ts';
import { compareText } from '../model/position.ts';
import { samplePaths } from '../route/path/index.ts';
import type { PathMatch, RoutingTable, ValueMatch } from '../route/table.ts';
import type { Request } from './request.ts';

/** The most requests generated for one host; what is left out is counted. */
const PER_HOST = 4000;

export interface RequestSet {
  readonly requests: readonly Request[];
  /** Requests that the full product would have had and that were left out. */
  readonly reduced: number;
}

/**
 * Requests from both sides: every host with a sibling, an unknown one and subdomains; every path with its boundary
 * variants; both schemes; every header, cookie, method and query value named anywhere on the host, and one that is
 * not. Conditions vary one at a time on every path, not all against all.
 */
export function generateRequests(table: RoutingTable, gateways: readonly Gateway[], objects: readonly OutputObject[]): RequestSet {
  const names = new Set(gateways.map((gateway) => `${gateway.metadata.namespace}/${gateway.metadata.name}`));
  const routes = objects.filter((object): object is HTTPRoute => object.kind === 'HTTPRoute').filter((route) => bindsTo(route, names));
  const hosts = hostsOf(table, gateways, routes);
  const ports = portsOf(table, gateways);
  const requests: Request[] = [];
  let reduced = 0;
  for (const host of hosts) {
    const before = table.hosts
      .filter((candidate) => relates(candidate.host, host))
      .flatMap((candidate) => candidate.rules.map((rule) => rule.match));
    const after = routes
      .filter((route) => (route.spec.hostnames ?? ['']).some((hostname) => relates(hostname, host)))
      .flatMap((route) => route.spec.rules.flatMap((rule) => rule.matches ?? []));
    const paths = distinct([
      '/',
      '/gateshift-unknown',
      ...before.flatMap((match) => samplePaths(match.path)),
      ...after.flatMap((match) => samplePaths(pathMatchOf(match))),
    ]);
    const variants = variantsOf(before, after);
    const full = paths.length * variants.length * ports.length;
    const chosen = paths.filter(isWellFormed).slice(0, Math.max(1, Math.floor(PER_HOST / (variants.length * ports.length))));
    reduced += full - chosen.length * variants.length * ports.length;
    for (const path of chosen) for (const port of ports) for (const variant of variants) requests.push({ ...port, host, path, ...variant });
  }
  return { requests, reduced };
}

function bindsTo(route: HTTPRoute, gateways: ReadonlySet<string>): boolean {
  return route.spec.parentRefs.some((parent) => gateways.has(`${parent.namespace ?? route.metadata.namespace}/${parent.name}`));
}

/** Each host, names beside it, one label below it, and one that nobody named. */
function hostsOf(table: RoutingTable, gateways: readonly Gateway[], routes: readonly HTTPRoute[]): readonly string[] {
  const named = [
    ...table.hosts.map((host) => host.host),
    ...gateways.flatMap((gateway) => gateway.spec.listeners.map((listener) => listener.hostname ?? '')),
    ...routes.flatMap((route) => route.spec.hostnames ?? []),
  ];
  const hosts = distinct([
    'unknown-host.invalid',
    ...named.flatMap((host) => {
      if (host === '') return [];
      if (host.startsWith('*.')) return [`one${host.slice(1)}`, `two.one${host.slice(1)}`, host.slice(2)];
      return [host, `sub.${host}`];
    }),
  ]);
  return hosts.filter(isValidHost).sort(compareText);
}

function portsOf(table: RoutingTable, gateways: readonly Gateway[]): readonly Pick<Request, 'scheme' | 'port'>[] {
  const before = table.hosts.flatMap((host) => host.ports.map(({ scheme, port }) => `${scheme}:${port}`));
  const after = gateways.flatMap((gateway) =>
    gateway.spec.listeners
      .filter((listener) => listener.protocol.startsWith('HTTP'))
      .map((listener) => `${listener.protocol.toLowerCase()}:${listener.port}`),
  );
  return distinct(['http:80', 'https:443', ...before, ...after]).map((text) => ({
    scheme: text.startsWith('https') ? 'https' : 'http',
    port: Number(text.slice(text.indexOf(':') + 1)),
  }));
}

function relates(named: string, host: string): boolean {
  return named === '' || named === host || (named.startsWith('*.') && host.endsWith(named.slice(1)));
}

type Variant = Pick<Request, 'method' | 'headers' | 'cookies' | 'query'>;

const PLAIN: Variant = { method: 'GET', headers: {}, cookies: {}, query: {} };

function variantsOf(
  before: readonly {
    headers: readonly ValueMatch[];
    queryParams: readonly ValueMatch[];
    cookies: readonly ValueMatch[];
    methods: readonly string[];
  }[],
  after: readonly HTTPRouteMatch[],
): readonly Variant[] {
  const headers = [
    ...before.flatMap((match) => match.headers),
    ...after.flatMap((match) => match.headers ?? []).filter((item) => item.name.toLowerCase() !== 'cookie'),
  ];
  const query = [...before.flatMap((match) => match.queryParams), ...after.flatMap((match) => match.queryParams ?? [])];
  const cookies = before.flatMap((match) => match.cookies);
  const methods = [...before.flatMap((match) => match.methods), ...after.flatMap((match) => match.method ?? [])];
  const both = (items: readonly { name: string; value: string }[], make: (pair: Readonly<Record<string, string>>) => Variant) =>
    items.flatMap(({ name, value }) => [make({ [name]: value }), make({ [name]: 'gateshift-other' })]);
  const all = [
    PLAIN,
    ...both(headers, (pair) => ({ ...PLAIN, headers: pair })),
    ...both(query, (pair) => ({ ...PLAIN, query: pair })),
    ...both(cookies, (pair) => ({ ...PLAIN, cookies: pair })),
    ...methods.map((method) => ({ ...PLAIN, method })),
    ...(methods.length === 0 ? [] : [{ ...PLAIN, method: 'OPTIONS' }]),
    ...(query.length > 0 ? [] : [{ ...PLAIN, query: { q: '1' } }]),
  ];
  return [...new Map(all.map((variant) => [JSON.stringify(variant), variant])).values()];
}

/** For sampling only: the strings worth trying around a Gateway API match. */
function pathMatchOf(match: HTTPRouteMatch): PathMatch {
  const path = match.path ?? { type: 'PathPrefix', value: '/' };
  if (path.type === 'Exact') return { kind: 'exact', value: path.value };
  if (path.type === 'PathPrefix') return { kind: 'prefix', value: path.value };
  return { kind: 'regex', pattern: path.value.replace(/^\(\?i\)/, '').replace(/^\^/, ''), caseInsensitive: path.value.startsWith('(?i)') };
}

function distinct(values: readonly string[]): readonly string[] {
  return [...new Set(values)];
}

/** A stray `%` is answered with 400 by one proxy and taken by the next, whatever the routes say. */
function isWellFormed(path: string): boolean {
  return !/%(?![0-9A-Fa-f]{2})/.test(path);
}
