import { isProtection } from '../../../src/intent/protection.ts';
import { compareText } from '../../../src/model/position.ts';
import type { PathMatch, Redirect, RouteRule } from '../../../src/route/table.ts';
import { inert } from '../settlement.ts';
import { appRootRule } from './app-root-rule.ts';
import { bareLocations } from './bare-locations.ts';
import { besidePatterns } from './beside-patterns.ts';
import { ownEntries, placeOfLocation, reportDuplicate } from './conflicts.ts';
import { locationFindings } from './findings.ts';
import { type Location, older, type Server } from './location.ts';
import { type HostContext, locationRules, plainMatch } from './location-rules.ts';
import { withNested } from './nested-locations.ts';
import { byLength, exactPaths, isRewritten, nginxPaths, regexCause, regexMatch } from './regex-host.ts';
import { jumpRules } from './snippet-jump.ts';
import { beforePatterns, inPlainOrder, type PlacedLocation } from './snippet-location-order.ts';
import { serverLocations } from './snippet-locations.ts';

/** The rules of a host in the order nginx tries them. */
export function hostRules(server: Server, host: Omit<HostContext, 'regex' | 'jump'>): readonly RouteRule[] {
  const cause = regexCause(server.locations);
  const context: HostContext = {
    ...host,
    regex: cause !== null,
    jump: (jump, onward, from) => jumpRules(jump, onward, from, server.locations, context),
  };
  const rules = cause === null ? plainRules(server.locations, context) : regexRules(server.locations, cause, context);
  reportUndeclared(server, context);
  const { before, behind } = context.snippets.rules;
  return besidePatterns([...before, ...appRootRule(server, context).flatMap((rule) => behindOwn(rule, context)), ...behind, ...rules]);
}

/** Exact locations, then prefixes, the longest first: how nginx chooses among them. Those of snippets stand among them. */
function plainRules(all: readonly Location[], context: HostContext): readonly RouteRule[] {
  const locations = withoutDoubles(byLength(all.filter((location) => isMatched(location, context))), context);
  for (const location of locations) reportLiteral(location, context);
  const own = locations.map((location): PlacedLocation => {
    const { path, type } = location;
    const match: PathMatch = { kind: type, value: path };
    const rules = withNested(location, match, locationRules(location, path, '', match, context), context);
    return { kind: type, path, isOfController: true, rules };
  });
  const ofServer = serverLocations(own, context);
  const slashes = slashRedirects(locations).flatMap((rule) => behindServer(rule, context));
  return inPlainOrder([...bareLocations(locations, ofServer, context), ...own, ...ofServer], slashes, context);
}

/** Of a rule that the controller puts between the server-snippet of an Ingress and its own. */
function behindOwn(rule: RouteRule, { snippets }: HostContext): readonly RouteRule[] {
  return snippets.isAnsweredByIngress(rule.match.path) ? [] : [rule];
}

/** Of rules that nginx finds behind all directives of the server. */
function behindServer(rule: RouteRule, { snippets }: HostContext): readonly RouteRule[] {
  return snippets.isAnswered(rule.match.path) ? [] : [rule];
}

/** nginx answers `/foo` with a redirect where only `/foo/` is a location, before it looks at anything of that location. */
function slashRedirects(locations: readonly Location[]): readonly RouteRule[] {
  const served = new Set(locations.filter(({ path }) => !path.endsWith('/')).map(({ path }) => path));
  return locations.flatMap((location): readonly RouteRule[] => {
    const bare = location.path.slice(0, -1);
    if (!location.path.endsWith('/') || bare === '' || served.has(bare)) return [];
    served.add(bare);
    const redirect: Redirect = {
      status: 301,
      scheme: null,
      host: null,
      port: null,
      path: { kind: 'full', path: location.path },
      query: { kind: 'keep' },
      entries: [],
    };
    const match = plainMatch({ kind: 'exact', value: bare });
    return [
      {
        id: `${location.id} slash`,
        ingress: location.facts.ref,
        scheme: null,
        match,
        action: { kind: 'redirect', redirect },
        httpsRedirect: null,
        intents: [],
        entries: location.entries,
      },
    ];
  });
}

/**
 * Every path is a pattern, the longest text first. The halves of a split prefix differ only where one of them is rewritten. Of two
 * locations with the same text nginx only ever reaches the first, which is the implicit root before an exact `/`.
 */
function regexRules(all: readonly Location[], cause: Location, context: HostContext): readonly RouteRule[] {
  const reached = new Map<string, Location>();
  const isExact = exactPaths(all);
  const rules = byLength(all).flatMap((location) => {
    const paths = nginxPaths(location, isExact);
    // `/foo` as a pattern takes what `/foo/` takes.
    const firstFor = (path: string) => reached.get(path) ?? reached.get(path.replace(/\/$/, ''));
    const [slashed, bare] = paths.filter((path) => firstFor(path) === undefined);
    if (isBehindRoot(location, all, context.host)) {
      reportUnreached(location, { ...location, implicit: true }, context);
      return [];
    }
    if (slashed === undefined) {
      const [path = '/'] = paths;
      reportUnreached(location, firstFor(path) ?? location, context);
      return [];
    }
    for (const path of paths) if (!reached.has(path)) reached.set(path, location);
    reportElsewhere(location, cause, context);
    const rulesOf = (path: string, suffix = '') =>
      withNested(location, regexMatch(path), locationRules(location, path, suffix, regexMatch(path), context), context);
    if (bare === undefined) return rulesOf(slashed);
    return isRewritten(location, slashed) ? [...rulesOf(slashed, 'below'), ...rulesOf(bare)] : rulesOf(bare);
  });
  return [...beforePatterns(serverLocations([], context), context), ...rules];
}

/** The server for any host has its `/` from the start, before any exact one that an Ingress declares. */
function isBehindRoot({ path, type }: Location, all: readonly Location[], host: string): boolean {
  return host === '' && path === '/' && type === 'exact' && !all.some((other) => other.path === '/' && other.type === 'prefix');
}

function reportUnreached(location: Location, first: Location, { host, books }: HostContext): void {
  const name = first.implicit ? 'the implicit / of the host, which answers with its default backend' : first.id;
  const finding = locationFindings['never-reached']({ path: location.path, host, first: name }, placeOfLocation(location, host));
  books.findings.push(finding);
  books.settled.push(...inert(ownEntries(location), finding));
}

function isMatched(location: Location, { host, books }: HostContext): boolean {
  if (location.path.startsWith('/')) return true;
  const place = placeOfLocation(location, host);
  const finding = locationFindings['never-matched']({ path: location.path }, place);
  books.findings.push(finding);
  books.settled.push(...inert(ownEntries(location), finding));
  return false;
}

/** `/foo` and `/foo/` as prefixes are both the location `/foo/`, which nginx refuses to have twice. */
function withoutDoubles(locations: readonly Location[], { host, books }: HostContext): readonly Location[] {
  const losers = new Set<Location>();
  const prefixes = new Map(locations.filter(({ type }) => type === 'prefix').map((location) => [location.path, location]));
  for (const location of locations) {
    const twin = prefixes.get(`${location.path}/`);
    if (location.type !== 'prefix' || location.path === '/' || twin === undefined) continue;
    const [winner, loser] = older(location, twin);
    reportDuplicate(host, winner, loser, books);
    losers.add(loser);
  }
  return locations.filter((location) => !losers.has(location));
}

function reportLiteral(location: Location, { host, books }: HostContext): void {
  if (!/[\\^$*+?()[\]{}|]/.test(location.path)) return;
  books.findings.push(locationFindings['literal-pattern']({ path: location.path, host }, placeOfLocation(location, host)));
}

/** Said of the paths of other Ingresses than the one that makes the host so. */
function reportElsewhere(location: Location, cause: Location, { host, books }: HostContext): void {
  if (location.facts === cause.facts || location.path === '/' || location.implicit) return;
  const { rewrite } = cause.facts;
  const [setting] = rewrite.useRegex ?? rewrite.target?.entries ?? [];
  const at = setting?.at ?? cause.facts.ref.at;
  const args = { path: location.path, host, cause: `${setting?.name ?? 'a rewrite'} of ${cause.facts.name}`, file: at.file, line: at.line };
  books.findings.push(locationFindings['regex-elsewhere'](args, placeOfLocation(location, host)));
}

function reportUndeclared(server: Server, { host, books }: HostContext): void {
  const root = server.locations.find((location) => location.implicit && location.upstream === null);
  if (root === undefined || (root.facts.redirect?.kind === 'redirect' && root.rewriting)) return;
  const protections = [...new Set(root.facts.view.intents.filter(isProtection).map(({ kind }) => kind))].sort(compareText);
  if (protections.length === 0) return;
  books.findings.push(
    locationFindings['protected-elsewhere'](
      { host, protections: protections.join(', ') },
      { at: root.facts.ref.at, ingress: root.facts.ref, host },
    ),
  );
}
