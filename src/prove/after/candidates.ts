import type { Gateway, TLSRoute } from '../../gateway/types.ts';

import { boundRoutes, type RoutesByHostname } from './attachment.ts';
import { takingHostnames } from './hostnames.ts';
import { type Listening, listeningOn } from './listeners.ts';
import { byPrecedence, type Candidate } from './precedence.ts';
import type { ReadRoute } from './read-route.ts';
import type { World } from './world.ts';

/** What serves a host on a port. */
export type Service =
  | { readonly kind: 'none' }
  | { readonly kind: 'passthrough'; readonly listening: Listening; readonly route: TLSRoute | null }
  /** One order for each way in which implementations may differ; most often a single one. */
  | { readonly kind: 'http'; readonly orders: readonly (readonly Candidate[])[] };

interface Bound {
  readonly listening: Listening;
  readonly http: RoutesByHostname<ReadRoute>;
  readonly tls: RoutesByHostname<TLSRoute>;
}

/** Finds the service of a host in time that does not grow with the number of listeners and routes. */
export function serviceFinder(world: World, gateway: Gateway): (scheme: 'http' | 'https', port: number, host: string) => Service {
  const byPlace = new Map<string, Bound>();
  for (const listening of listeningOn(world, gateway)) {
    const { protocol, port, hostname = '' } = listening.listener;
    if (protocol !== 'HTTP' && protocol !== 'HTTPS' && protocol !== 'TLS') continue;
    byPlace.set(`${protocol === 'HTTP' ? 'http' : 'https'} ${port} ${hostname}`, {
      listening,
      http: protocol === 'TLS' ? new Map() : boundRoutes(world, listening, world.httpRoutes),
      tls: protocol === 'TLS' ? boundRoutes(world, listening, world.tlsRoutes) : new Map(),
    });
  }
  const routed = new Set([...byPlace.values()].flatMap(({ http }) => [...http.keys()]));
  return (scheme, port, host) => {
    const hostnames = takingHostnames(host);
    const listening = hostnames.flatMap((hostname) => byPlace.get(`${scheme} ${port} ${hostname}`) ?? []);
    const [first] = listening;
    if (first === undefined) return { kind: 'none' };
    // Which listener takes a TLS connection is told by its server name, the most specific one everywhere.
    if (first.listening.listener.protocol === 'TLS')
      return { kind: 'passthrough', listening: first.listening, route: firstOf(first.tls, hostnames) };
    const terminating = listening.filter((bound) => bound.listening.listener.protocol !== 'TLS');
    const candidates = terminating.map((bound) =>
      candidatesOf(bound, world.reading.isolatedHosts ? hostnames.filter((hostname) => routed.has(hostname)).slice(0, 1) : hostnames),
    );
    // Isolation of listeners is optional: with it only the most specific one serves a host, without it every one that takes it.
    if (world.reading.sharedPorts) return { kind: 'http', orders: ordersOf(candidates.flat(), world) };
    const sets = [candidates[0] ?? [], ...(candidates.slice(1).some((set) => set.length > 0) ? [candidates.flat()] : [])];
    return { kind: 'http', orders: sets.flatMap((set) => ordersOf(set, world)) };
  };
}

function ordersOf(candidates: readonly Candidate[], { patternRanks: known, reading }: World): readonly (readonly Candidate[])[] {
  const types = new Set(candidates.map(({ match }) => match.path?.type ?? 'PathPrefix'));
  const ranks = reading.priority === undefined && types.has('RegularExpression') && types.has('PathPrefix') ? known : known.slice(0, 1);
  return ranks.map((patterns) => candidates.toSorted(byPrecedence(patterns, reading)));
}

const EVERYTHING = [{ path: { type: 'PathPrefix', value: '/' } }] as const;

function candidatesOf({ listening, http }: Bound, hostnames: readonly string[]): readonly Candidate[] {
  return hostnames.flatMap((hostname, hostnameRank) =>
    (http.get(hostname) ?? []).flatMap((route) =>
      route.spec.rules.flatMap((rule, ruleIndex) =>
        (rule.matches ?? EVERYTHING).map((match): Candidate => ({ route, listening, hostnameRank, ruleIndex, rule, match })),
      ),
    ),
  );
}

function firstOf(routes: RoutesByHostname<TLSRoute>, hostnames: readonly string[]): TLSRoute | null {
  for (const hostname of hostnames) {
    const [route] = routes.get(hostname) ?? [];
    if (route !== undefined) return route;
  }
  return null;
}
