import type { Gateway, GRPCRoute, HTTPRoute, HTTPRouteMatch, ListenerSet, OutputObject, TLSRoute } from '../../gateway/types.ts';
import { matchesPath, normalisePath, samplePaths } from '../../route/path/index.ts';
import type { PathMatch, RoutingTable } from '../../route/table.ts';
import { takingHostnames } from '../after/hostnames.ts';
import { type GatewayPath, normalise, pathTakes } from '../after/paths.ts';
import { byPaths } from '../after/read-route.ts';
import type { Request } from '../request.ts';
import { type Conditions, conditionsAfter, conditionsBefore, dimensionsOf, isConditional, partsOf } from './conditions.ts';
import { requestHosts } from './hosts.ts';
import { PLAIN, type Variant, variantsOf } from './variants.ts';

export interface RequestSet {
  readonly requests: readonly Request[];
  /** Combinations of conditions that were left out of the full product. */
  readonly reduced: number;
}

/** How many paths of a broader host's match are tried on a host that has its own routes. */
const OF_BROADER = 4;

/**
 * Requests from both sides: every host with names around it; every path with its boundary variants on every port; and on
 * each path the values of every condition that a match which takes it names, with one that is not named. Conditions of
 * matches that do not take a path cannot change its answer. By host; the same ones every time.
 */
export function generateRequests(table: RoutingTable, gateways: readonly Gateway[], objects: readonly OutputObject[]): RequestSet {
  const own = new Set(gateways.map((gateway) => `${gateway.metadata.namespace ?? 'default'}/${gateway.metadata.name}`));
  const routes = objects.flatMap(asRoute);
  const bound = routes.filter((route) => bindsTo(route, own));
  const byHost = matchesByHost(table, bound);
  const sampled = pathSampler();
  const owners = [...gateways, ...objects.filter((object): object is ListenerSet => object.kind === 'ListenerSet')];
  const ports = portsOf(table, owners);
  const requests: Request[] = [];
  const names = hostnamesOf(table, owners, bound);
  const tried = new Set<string>();
  let reduced = 0;
  for (const host of requestHosts(names)) {
    const taking = kindOfHost(host, names);
    // Hosts that the same names take on both sides are answered alike: the whole is tried on one of them.
    const isFirst = !tried.has(taking);
    tried.add(taking);
    // From the most specific on: where a host has routes of its own, broader ones are tried at their borders only.
    const named = takingHostnames(host).flatMap((hostname) => {
      const matches = byHost.get(hostname);
      return matches === undefined ? [] : [matches];
    });
    const paths = new Set(['/', '/gateshift-unknown']);
    (isFirst ? named : []).forEach((matches, depth) => {
      for (const match of matches) {
        const samples = sampled(match.path);
        for (const path of depth === 0 ? samples : samples.slice(0, OF_BROADER)) paths.add(path);
        for (const path of match.targets) paths.add(path);
      }
    });
    const conditional = named.flat().filter(({ conditions }) => isConditional(conditions));
    for (const path of paths) {
      if (!isWellFormed(path)) continue;
      const { variants, left } = variantsFor(path, conditional);
      reduced += left * ports.length;
      for (const port of ports) for (const variant of variants) requests.push({ ...port, host, path, ...variant });
    }
  }
  return { requests, reduced };
}

/** Every hostname that either side names; '' for any. */
function hostnamesOf(
  table: RoutingTable,
  owners: readonly (Gateway | ListenerSet)[],
  routes: readonly (HTTPRoute | TLSRoute)[],
): ReadonlySet<string> {
  return new Set([
    ...table.hosts.map(({ host }) => host),
    ...owners.flatMap(({ spec }) => spec.listeners.map(({ hostname }) => hostname ?? '')),
    ...routes.flatMap(({ spec }) => spec.hostnames ?? []),
  ]);
}

/** Which names take a host, and how deep it lies below those with a wildcard: some of them cover one label alone. */
function kindOfHost(host: string, names: ReadonlySet<string>): string {
  return takingHostnames(host)
    .flatMap((hostname, depth) => (names.has(hostname) ? [`${hostname}${depth > 1 ? ' below' : ''}`] : []))
    .join();
}

function asRoute(object: OutputObject): readonly (HTTPRoute | TLSRoute)[] {
  if (isGrpcRoute(object)) return [byPaths(object)];
  const isRoute = (other: OutputObject): other is HTTPRoute | TLSRoute => other.kind === 'HTTPRoute' || other.kind === 'TLSRoute';
  return isRoute(object) ? [object] : [];
}

function isGrpcRoute(object: OutputObject): object is GRPCRoute {
  return object.kind === 'GRPCRoute';
}

/** A match of either side, as far as requests are made from it. */
interface SampledMatch {
  readonly path: PathMatch;
  readonly takes: (path: string) => boolean;
  readonly conditions: Conditions;
  /** Paths that it redirects to. */
  readonly targets: readonly string[];
}

function bindsTo(route: HTTPRoute | TLSRoute, gateways: ReadonlySet<string>): boolean {
  return route.spec.parentRefs.some(
    // What hangs on a ListenerSet may reach any Gateway.
    (parent) =>
      parent.kind === 'ListenerSet' || gateways.has(`${parent.namespace ?? route.metadata.namespace ?? 'default'}/${parent.name}`),
  );
}

function matchesByHost(table: RoutingTable, routes: readonly (HTTPRoute | TLSRoute)[]): ReadonlyMap<string, readonly SampledMatch[]> {
  const found = new Map<string, SampledMatch[]>();
  const add = (host: string, matches: readonly SampledMatch[]) => {
    const known = found.get(host);
    if (known === undefined) found.set(host, [...matches]);
    else known.push(...matches);
  };
  for (const { host, rules } of table.hosts) {
    add(
      host,
      rules.map(({ match, action, httpsRedirect }) => ({
        path: match.path,
        takes: (path) => matchesPath(match.path, normalisePath(path) ?? path) !== false,
        conditions: conditionsBefore(match, httpsRedirect !== null || action.kind === 'redirect'),
        targets: action.kind === 'redirect' && action.redirect.path.kind === 'full' ? [action.redirect.path.path] : [],
      })),
    );
  }
  for (const route of routes) {
    if (route.kind !== 'HTTPRoute') continue;
    const matches = route.spec.rules.flatMap(({ matches = [{}], filters = [] }) => {
      const redirect = filters.find((filter) => filter.type === 'RequestRedirect')?.requestRedirect;
      const targets = redirect?.path?.type === 'ReplaceFullPath' ? [redirect.path.replaceFullPath] : [];
      return matches.map((match) => sampledAfter(match, redirect !== undefined, targets));
    });
    for (const hostname of route.spec.hostnames ?? ['']) add(hostname, matches);
  }
  return found;
}

function sampledAfter(match: HTTPRouteMatch, redirects: boolean, targets: readonly string[]): SampledMatch {
  return {
    path: asPathMatch(match.path ?? { type: 'PathPrefix', value: '/' }),
    takes: (path) => pathTakes(match.path, normalise(path)) !== false,
    conditions: conditionsAfter(match, redirects),
    targets: targets.filter((path) => path.startsWith('/')),
  };
}

/** For sampling only: the strings worth trying around a Gateway API match. */
function asPathMatch({ type, value }: GatewayPath): PathMatch {
  switch (type) {
    case 'Exact':
      // Some implementations take it for any text.
      return value.includes('*') ? { kind: 'glob', value } : { kind: 'exact', value };
    case 'PathPrefix':
      return { kind: 'prefix', value };
    case 'RegularExpression':
      return { kind: 'regex', pattern: value.replace(/^\(\?i\)/, '').replace(/^\^/, ''), caseInsensitive: value.startsWith('(?i)') };
    default:
      return type satisfies never;
  }
}

/** Many hosts have the same paths. */
function pathSampler(): (match: PathMatch) => readonly string[] {
  const kept = new Map<string, readonly string[]>();
  return (match) => {
    const key = match.kind === 'regex' ? `regex ${match.pattern}` : `${match.kind} ${match.value}`;
    const known = kept.get(key) ?? samplePaths(match);
    kept.set(key, known);
    return known;
  };
}

function portsOf(table: RoutingTable, owners: readonly (Gateway | ListenerSet)[]): readonly Pick<Request, 'scheme' | 'port'>[] {
  const before = table.hosts.flatMap((host) => host.ports.map(({ scheme, port }) => `${scheme}:${port}`));
  const after = owners.flatMap((owner) =>
    owner.spec.listeners.flatMap(({ protocol, port }) =>
      protocol === 'HTTP' ? [`http:${port}`] : protocol === 'HTTPS' || protocol === 'TLS' ? [`https:${port}`] : [],
    ),
  );
  return [...new Set(['http:80', 'https:443', ...before, ...after])].map((text) => ({
    scheme: text.startsWith('https') ? 'https' : 'http',
    port: Number(text.slice(text.indexOf(':') + 1)),
  }));
}

const ONLY_PLAIN = { variants: [PLAIN], left: 0 };

function variantsFor(path: string, conditional: readonly SampledMatch[]): { readonly variants: readonly Variant[]; readonly left: number } {
  const taking = conditional.filter((match) => match.takes(path));
  if (taking.length === 0) return ONLY_PLAIN;
  const conditions = taking.map((match) => match.conditions);
  return variantsOf(dimensionsOf(conditions), conditions.map(partsOf));
}

/** A stray `%` is answered with 400 by one proxy and taken by the next, whatever the routes say. */
function isWellFormed(path: string): boolean {
  return !/#|%(?![0-9A-Fa-f]{2})/.test(path);
}
