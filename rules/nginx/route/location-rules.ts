import type { Intent, IntentKind } from '../../../src/intent/intent.ts';
import type { Entry } from '../../../src/model/entry.ts';
import type { Estate } from '../../../src/model/estate.ts';
import type { Match, PathMatch, Rewrite, RouteRule } from '../../../src/route/table.ts';
import { canaryFindings } from '../canary.ts';
import { blockFindings, isForAllHosts } from '../controller/config-lists.ts';
import { redirectFindings } from '../redirect.ts';
import { inert } from '../settlement.ts';
import { type Affinities, sharedAffinity } from './affinities.ts';
import { backendOf } from './backends.ts';
import type { Alternative } from './canaries.ts';
import { canaryRules, isNever } from './canary-rules.ts';
import { placeOfLocation } from './conflicts.ts';
import { isDecided } from './facts.ts';
import { conflictFindings } from './findings.ts';
import { httpsDecision, NOT_REDIRECTED } from './https-redirect.ts';
import type { Location } from './location.ts';
import { isRewritten } from './regex-host.ts';
import { rewriteAction } from './rewrites.ts';
import { type Onward, type SnippetContext, snippetRules } from './snippet-rules.ts';

export interface HostContext extends SnippetContext {
  /** The paths of the host are regular expressions. */
  readonly regex: boolean;
  /** A certificate is registered for the host. */
  readonly registered: boolean;
  readonly estate: Estate;
  readonly alternatives: ReadonlyMap<string, Alternative>;
  readonly affinities: Affinities;
}

/** They belong to the upstream, whose first Ingress decides for all paths that use it. */
const OF_UPSTREAM: ReadonlySet<IntentKind> = new Set<IntentKind>(['loadBalancing', 'hashing', 'serviceUpstream']);

export function plainMatch(path: PathMatch): Match {
  return { path, headers: [], queryParams: [], cookies: [], methods: [], sourceRanges: [] };
}

/** The rules of one nginx location: several where the backend has a canary. `path` is the location's own, after splitting. */
export function locationRules(
  location: Location,
  path: string,
  suffix: string,
  match: PathMatch,
  context: HostContext,
): readonly RouteRule[] {
  return snippetRules(location, match, context, (onward) => onwardRules(location, path, suffix, onward, context));
}

/** Those of the controller alone, behind what snippets do before. */
export function onwardRules(
  location: Location,
  path: string,
  suffix: string,
  { match, stopped: passedOver, rewrite: changed }: Onward,
  context: HostContext,
): readonly RouteRule[] {
  const { facts } = location;
  const { books } = context;
  const base = {
    id: suffix === '' ? location.id : `${location.id} ${suffix}`,
    ingress: facts.ref,
    scheme: null,
    match: plainMatch(match),
  };
  // Such a location answers before it redirects or rewrites anything.
  const stopped = passedOver || facts.denied;
  const regexEntries = context.regex && location.rewriting ? (facts.rewrite.useRegex ?? []) : [];
  const entries: readonly Entry[] = [...location.entries, ...regexEntries];
  if (!stopped && location.rewriting && facts.redirect?.kind === 'redirect') {
    const intents = beforeAccess(location, context);
    return [{ ...base, action: { kind: 'redirect', redirect: facts.redirect.redirect }, httpsRedirect: null, intents, entries }];
  }
  const target = !stopped && changed === null && isRewritten(location, path) ? facts.rewrite.target : null;
  const change = target === null ? null : rewriteAction(path, target);
  // nginx rewrites before the balancer redirects to HTTPS.
  if (change?.kind === 'redirect')
    return [{ ...base, action: change, httpsRedirect: null, intents: beforeAccess(location, context), entries }];
  const https = facts.denied ? NOT_REDIRECTED : httpsDecision(location, context.registered, books);
  const shaped = { ...base, httpsRedirect: https.redirect, entries: [...entries, ...https.entries] };
  if (location.upstream === null) {
    return [{ ...shaped, action: { kind: 'respond', status: 404, contentType: null, body: null }, intents: [] }];
  }
  const rewrite = changed ?? change?.rewrite ?? null;
  const backend = backendOf(location.upstream, location.backendEntries, context.estate, books);
  const intents = [...intentsOf(location, context), ...forwardedPrefix(location, rewrite)];
  const rule: RouteRule = { ...shaped, action: { kind: 'forward', backends: [backend], rewrite }, intents };
  const alternative = context.alternatives.get(location.upstream.key);
  if (alternative === undefined || isNever(alternative.policy)) return [rule];
  reportCanary(location, alternative, intents, context);
  const paths = alternative.paths;
  const canary = backendOf(
    alternative.upstream,
    paths.flatMap((each) => each.backend.entries),
    context.estate,
    books,
  );
  return canaryRules(
    rule,
    backend,
    canary,
    alternative.policy,
    paths.flatMap((each) => each.entries),
    rewrite,
  );
}

/** Settings of the path's own Ingress; what belongs to the upstream, of the Ingress that mentioned it first. */
function intentsOf(location: Location, { host, books, affinities }: HostContext): readonly Intent[] {
  const { facts, upstream } = location;
  const creator = upstream?.creator ?? facts;
  const own = withOwnLists(facts.view.intents, host, books).map((intent) =>
    upstream === null || intent.kind !== 'sessionAffinity' ? intent : sharedAffinity(intent, facts, upstream, affinities, books),
  );
  if (creator === facts) return own;
  for (const intent of own.filter(({ kind }) => OF_UPSTREAM.has(kind))) {
    const [entry] = intent.entries;
    const args = { setting: entry?.name ?? intent.kind, service: upstream?.service ?? '', winner: creator.name, loser: facts.name };
    const finding = conflictFindings['upstream-setting'](args, { at: entry?.at ?? facts.ref.at, ingress: facts.ref, host });
    if (!isDecided(creator, facts)) books.findings.push(finding);
    books.settled.push(...intent.entries.map((each) => ({ entry: each, outcome: 'inert' as const, finding, wrote: [] })));
  }
  return [...own.filter(({ kind }) => !OF_UPSTREAM.has(kind)), ...creator.view.intents.filter(({ kind }) => OF_UPSTREAM.has(kind))];
}

/** Lists of a location take the place of those of the levels above (`ngx_http_access_merge_loc_conf`). */
function withOwnLists(intents: readonly Intent[], host: string, books: HostContext['books']): readonly Intent[] {
  const list = intents.find((intent) => (intent.kind === 'allowList' || intent.kind === 'denyList') && !isForAllHosts(intent));
  const [entry] = list?.entries ?? [];
  if (entry === undefined) return intents;
  const outer = intents.filter(isForAllHosts).flatMap(({ entries }) => entries);
  const [first] = outer;
  if (first === undefined) return intents;
  const finding = blockFindings['own-list']({ list: entry.name }, { at: first.at, ingress: entry.ingress, host });
  books.findings.push(finding);
  books.settled.push(...inert(outer, finding));
  return intents.filter((intent) => !isForAllHosts(intent));
}

function forwardedPrefix({ facts }: Location, rewrite: Rewrite | null): readonly Intent[] {
  const prefix = facts.forwardedPrefix;
  if (rewrite === null || prefix === null) return [];
  return [
    { kind: 'requestHeaders', set: [{ name: 'X-Forwarded-Prefix', value: prefix.value }], add: [], remove: [], entries: prefix.entries },
  ];
}

/** Asked in a phase behind the one that redirects. */
const OF_ACCESS: ReadonlySet<IntentKind> = new Set<IntentKind>(['allowList', 'denyList', 'basicAuth', 'externalAuth', 'satisfyAny']);

/** What holds for a redirect: lists and authentication keep nobody from it. */
function beforeAccess(location: Location, context: HostContext): readonly Intent[] {
  const { facts } = location;
  const { host, books } = context;
  const intents = intentsOf(location, context);
  const entries = intents.filter(({ kind }) => OF_ACCESS.has(kind)).flatMap((intent) => intent.entries);
  const [redirect] = facts.redirect?.kind === 'redirect' ? facts.redirect.redirect.entries : (facts.rewrite.target?.entries ?? []);
  if (entries.length > 0) {
    const lists = [...new Set(entries.map(({ name }) => name))].join(', ');
    const finding = redirectFindings['before-access']({ lists }, { at: redirect?.at ?? facts.ref.at, ingress: facts.ref, host });
    books.findings.push(finding);
    books.settled.push(...inert(entries, finding));
  }
  return intents.filter(({ kind }) => !OF_ACCESS.has(kind));
}

function reportCanary(
  location: Location,
  { paths, upstream }: Alternative,
  intents: readonly Intent[],
  { host, books }: HostContext,
): void {
  const place = placeOfLocation(location, host);
  const isOwn = paths.some((each) => each.isDefault || (each.path === location.path && each.type === location.type && each.host === host));
  const [first] = paths;
  if (!isOwn && first !== undefined) {
    const args = { path: `${host}${location.path}`, service: location.upstream?.service ?? '', canary: `${first.host}${first.path}` };
    books.findings.push(canaryFindings['shared-upstream'](args, place));
  }
  const sticky = intents.some((intent) => intent.kind === 'sessionAffinity' && intent.canary === 'sticky');
  const own = upstream.creator.view.intents.some((intent) => intent.kind === 'sessionAffinity');
  if (sticky || own) books.findings.push(canaryFindings.affinity({ path: `${host}${location.path}` }, place));
}
