import type { Entry, IngressRef } from '../../../src/model/entry.ts';
import type { Estate } from '../../../src/model/estate.ts';
import { compareText } from '../../../src/model/position.ts';
import { resolveBackend } from '../../../src/route/backend.ts';
import type { Match, PathMatch, Redirect, RouteRule } from '../../../src/route/table.ts';
import type { Books } from '../../../src/rule/books.ts';
import { locationSettings } from './location-intents.ts';
import { type Location, startOf } from './locations.ts';
import { matchFor, rewriteOf } from './rewriting.ts';
import type { ServerSettings } from './server-settings.ts';

/**
 * The rules of a host in the order nginx tries them: what the server block answers by itself, exact locations, redirects to a
 * trailing slash, patterns in the order of the configuration, prefixes, the longest first.
 */
export function hostRules(locations: readonly Location[], server: ServerSettings, estate: Estate, books: Books): readonly RouteRule[] {
  const served = (some: readonly Location[]) => some.map((location) => locationRule(location, server, estate, books));
  const of = (...forms: readonly Location['form'][]) => locations.filter(({ form }) => forms.includes(form));
  const prefixes = [...of('prefix', 'text')].sort((a, b) => b.path.length - a.path.length || compareText(a.path, b.path));
  const rules = [
    ...appRootRule(server),
    ...served(of('exact')),
    ...slashRedirects([...of('exact'), ...prefixes], server),
    ...served(of('pattern', 'pattern-any-case')),
    ...served(prefixes),
  ];
  const isCovered = locations.some(({ form, path }) => form !== 'exact' && path === '/');
  const asText = locations.some(({ form }) => form !== 'exact' && form !== 'prefix');
  return [...rules, ...(isCovered ? [] : undeclared(server, asText ? startOf('/') : { kind: 'prefix', value: '/' }))].flatMap((rule) => [
    ...forwardedRule(rule, server),
    rule,
  ]);
}

function locationRule(location: Location, server: ServerSettings, estate: Estate, books: Books): RouteRule {
  const { facts, backend } = location;
  const settings = locationSettings(location, server, estate, books);
  const rewrite = rewriteOf(location, settings.isGrpc, books);
  const written = { namespace: facts.ref.namespace, service: backend.name, port: backend.port, entries: backend.entries };
  return {
    ...plainRule(location.id, facts.ref, matchFor(location, rewrite), server),
    action: { kind: 'forward', backends: [resolveBackend(written, estate, { targetPorts: false })], rewrite },
    intents: settings.intents,
    entries: [...location.entries, ...server.entries, ...settings.entries],
  };
}

function appRootRule(server: ServerSettings): readonly RouteRule[] {
  const { owner, host } = server.owned;
  if (server.appRoot === null) return [];
  const { path: target, entries } = server.appRoot;
  const [path = target, query] = target.split(/\?(.*)/s);
  const redirect: Redirect = {
    ...toSelf(302, { kind: 'full', path }, entries),
    query: query === undefined || query === '' ? { kind: 'drop' } : { kind: 'set', value: query },
  };
  const id = `${owner.name} app-root ${host === '' ? 'any' : host}`;
  return [redirectRule(id, owner.ref, { kind: 'exact', value: '/' }, redirect, server, [])];
}

/** nginx answers `/foo` with a redirect where only `/foo/` is a location, before it looks at anything of that location. */
function slashRedirects(locations: readonly Location[], server: ServerSettings): readonly RouteRule[] {
  const served = new Set(locations.map(({ path }) => path));
  return locations.flatMap((location): readonly RouteRule[] => {
    const bare = location.path.slice(0, -1);
    if (!location.path.endsWith('/') || bare === '' || served.has(bare)) return [];
    served.add(bare);
    const redirect: Redirect = { ...toSelf(301, { kind: 'full', path: location.path }, []), query: { kind: 'keep' } };
    return [redirectRule(`${location.id} slash`, location.facts.ref, { kind: 'exact', value: bare }, redirect, server, location.entries)];
  });
}

/** The server block redirects to HTTPS before any location is chosen, also for paths that nobody declares. */
function undeclared(server: ServerSettings, path: PathMatch): readonly RouteRule[] {
  const { owner, host } = server.owned;
  if (server.httpsRedirect === null && server.forwarded === null) return [];
  return [
    {
      ...plainRule(`${owner.name} undeclared ${host === '' ? 'any' : host}`, owner.ref, path, server),
      action: { kind: 'respond', status: 404, contentType: null, body: null },
      intents: [],
      entries: [],
    },
  ];
}

/** The twin of a rule for requests that a proxy in front received in clear text. */
function forwardedRule(rule: RouteRule, { forwarded }: ServerSettings): readonly RouteRule[] {
  if (forwarded === null) return [];
  const { status, entries } = forwarded;
  const redirect: Redirect = { ...toSelf(status, { kind: 'keep' }, entries), scheme: 'https', query: { kind: 'keep' } };
  const headers = [{ name: 'X-Forwarded-Proto', value: 'http', kind: 'exact' }] as const;
  return [
    {
      ...rule,
      id: `${rule.id} forwarded`,
      match: { ...rule.match, headers },
      action: { kind: 'redirect', redirect },
      intents: [],
      entries: [],
    },
  ];
}

function toSelf(status: number, path: Redirect['path'], entries: readonly Entry[]): Omit<Redirect, 'query'> {
  return { status, scheme: null, host: null, port: null, path, entries };
}

function redirectRule(
  id: string,
  ingress: IngressRef,
  path: PathMatch,
  redirect: Redirect,
  server: ServerSettings,
  entries: readonly Entry[],
): RouteRule {
  return { ...plainRule(id, ingress, path, server), action: { kind: 'redirect', redirect }, intents: [], entries };
}

function plainRule(
  id: string,
  ingress: IngressRef,
  path: PathMatch,
  { httpsRedirect }: ServerSettings,
): Pick<RouteRule, 'id' | 'ingress' | 'scheme' | 'match' | 'httpsRedirect'> {
  const match: Match = { path, headers: [], queryParams: [], cookies: [], methods: [], sourceRanges: [] };
  return { id, ingress, scheme: null, match, httpsRedirect };
}
