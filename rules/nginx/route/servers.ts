import type { Entry } from '../../../src/model/entry.ts';
import type { IngressPath } from '../../../src/model/ingress.ts';
import type { Books } from '../../../src/rule/books.ts';
import { canaryFindings } from '../canary.ts';
import { inert } from '../settlement.ts';
import { reportDefaultBackend, reportDuplicate, reportShadowed } from './conflicts.ts';
import type { Facts } from './facts.ts';
import { locationFindings } from './findings.ts';
import type { Location, Server } from './location.ts';
import { type Upstream, upstreamKey } from './upstreams.ts';

interface Draft {
  readonly host: string;
  readonly creator: Facts | null;
  readonly locations: Location[];
  readonly members: Facts[];
}

/** Hosts by name, as `createServers` and `getBackendServers` of the controller fill them. `facts` in its order. */
export function buildServers(facts: readonly Facts[], upstreams: ReadonlyMap<string, Upstream>, books: Books): ReadonlyMap<string, Server> {
  const servers = new Map<string, Draft>();
  const primaries = facts.filter((each) => each.canary === null);
  for (const each of primaries) {
    if (each.ingress.rules.length === 0) addCatchAll(each, servers, upstreams, books);
    for (const [index, rule] of each.ingress.rules.entries()) {
      const known = servers.get(rule.host);
      if (known !== undefined) {
        // They come in order: a member of this host already is its last.
        if (known.members.at(-1) !== each) known.members.push(each);
        continue;
      }
      const root: Location = { ...implicitRoot(each, upstreams), id: `${each.name} rules[${index}] implicit`, entries: rule.entries };
      // The default server exists from the start, with a root of nobody's.
      servers.set(rule.host, {
        host: rule.host,
        creator: rule.host === '' ? null : each,
        locations: rule.host === '' ? [] : [root],
        members: [each],
      });
    }
  }
  for (const each of primaries) {
    for (const [index, rule] of each.ingress.rules.entries()) {
      const server = servers.get(rule.host);
      if (server === undefined) continue;
      for (const [position, path] of (rule.paths ?? []).entries()) {
        const location = declared(each, `rules[${index}].paths[${position}]`, rule.entries, path, rule.host, upstreams, books);
        if (location !== null) addLocation(server, location, books);
      }
    }
  }
  return servers;
}

function implicitRoot(facts: Facts, upstreams: ReadonlyMap<string, Upstream>): Omit<Location, 'id' | 'entries'> {
  const fallback = facts.ingress.defaultBackend;
  const upstream = fallback?.kind === 'service' ? (upstreams.get(upstreamKey(facts.ref.namespace, fallback)) ?? null) : null;
  return {
    path: '/',
    type: 'prefix',
    facts,
    upstream,
    backendEntries: upstream === null ? [] : (fallback?.entries ?? []),
    implicit: true,
    rewriting: true,
  };
}

/** A default backend without rules has the `/` of the default server, before any rule without host. */
function addCatchAll(facts: Facts, servers: Map<string, Draft>, upstreams: ReadonlyMap<string, Upstream>, books: Books): void {
  const location: Location = {
    ...implicitRoot(facts, upstreams),
    id: `${facts.name} defaultBackend`,
    entries: [],
    implicit: false,
    rewriting: false,
  };
  if (location.upstream === null) return;
  const server = servers.get('') ?? { host: '', creator: null, locations: [], members: [] };
  servers.set('', server);
  const holder = server.locations[0];
  // Without a rule for it the Ingress has no say in the server itself.
  if (holder === undefined) server.locations.push(location);
  else {
    reportDefaultBackend(holder, location, books);
  }
}

function declared(
  facts: Facts,
  position: string,
  hostEntries: readonly Entry[],
  { path: written, pathType, backend, entries }: IngressPath,
  host: string,
  upstreams: ReadonlyMap<string, Upstream>,
  books: Books,
): Location | null {
  const path = written === '' ? '/' : written;
  const at = { at: entries[0]?.at ?? facts.ref.at, ingress: facts.ref };
  if (backend === null || backend.kind === 'resource') {
    const finding =
      backend === null
        ? locationFindings['no-backend']({ path }, at)
        : locationFindings['resource-backend']({ path, resource: `${backend.resource} ${backend.name}` }, at);
    books.findings.push(finding);
    books.settled.push(...inert([...entries, ...(backend?.entries ?? [])], finding));
    return null;
  }
  const upstream = upstreams.get(upstreamKey(facts.ref.namespace, backend)) ?? null;
  if (upstream?.canaryOnly === true) {
    const finding = canaryFindings['primary-refused']({ path: `${host}${path}`, service: backend.name }, at);
    books.findings.push(finding);
    books.settled.push(...inert([...entries, ...backend.entries], finding));
    return null;
  }
  return {
    id: `${facts.name} ${position}`,
    path,
    type: pathType === 'Exact' ? 'exact' : 'prefix',
    facts,
    upstream,
    backendEntries: backend.entries,
    entries: [...hostEntries, ...entries],
    implicit: false,
    rewriting: true,
  };
}

/** Where the first location of each path stands, and of each path and type: hosts have up to tens of thousands. */
interface Places {
  readonly byPath: Map<string, number>;
  readonly byType: Map<string, number>;
  known: number;
}

const PLACES = new WeakMap<Draft, Places>();

function placesOf(server: Draft): Places {
  const places = PLACES.get(server) ?? { byPath: new Map(), byType: new Map(), known: 0 };
  PLACES.set(server, places);
  for (; places.known < server.locations.length; places.known += 1) {
    const location = server.locations[places.known];
    if (location === undefined) break;
    if (!places.byPath.has(location.path)) places.byPath.set(location.path, places.known);
    const key = `${location.type} ${location.path}`;
    if (!places.byType.has(key)) places.byType.set(key, places.known);
  }
  return places;
}

/** First wins by path and type. The controller stops looking at the first location of another type, and then adds a second one. */
function addLocation(server: Draft, location: Location, books: Books): void {
  const isSame = (other: Location) => other.path === location.path && other.type === location.type;
  const places = placesOf(server);
  const first = places.byPath.get(location.path) ?? -1;
  const found = server.locations[first];
  if (found === undefined || !isSame(found)) {
    const twin = server.locations[places.byType.get(`${location.type} ${location.path}`) ?? -1];
    if (twin === undefined) {
      server.locations.push(location);
    } else reportDuplicate(server.host, twin, location, books);
  } else if (found.implicit) {
    server.locations[first] = location;
  } else {
    reportShadowed(server.host, found, location, books);
  }
}
