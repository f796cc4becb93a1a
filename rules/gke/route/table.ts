import type { Intent } from '../../../src/intent/intent.ts';
import type { Entry } from '../../../src/model/entry.ts';
import { compareText } from '../../../src/model/position.ts';
import type { Certificate, HostTable, Match, RouteRule, Scheme } from '../../../src/route/table.ts';
import type { IngressView } from '../../../src/rule/pack.ts';
import type { HttpsRedirectSetting } from '../frontend-config.ts';
import type { Backends } from './backends.ts';
import type { Sheet } from './books.ts';
import { pathFindings } from './findings.ts';
import { type FoldedPath, foldPaths } from './fold.ts';
import { backendProblem, mistake, type UrlMap, urlMapOf } from './hosts.ts';

/** How the load balancer of one Ingress listens. */
export interface Frontage {
  readonly ports: readonly { readonly scheme: Scheme; readonly port: number }[];
  readonly redirect: HttpsRedirectSetting | null;
  readonly certificateOf: (host: string) => Certificate;
  /** Of the whole load balancer, given the hosts that it serves. */
  readonly intentsFor: (hosts: readonly string[]) => readonly Intent[];
  /** Of settings that close a port: they stand behind all that is served on the other. */
  readonly closing: readonly Entry[];
}

/** The hosts of one Ingress, by name, '' last. An unmatched path of a host goes to the default backend, never to another host. */
export function hostTables(view: IngressView, backends: Backends, frontage: Frontage, sheet: Sheet): readonly HostTable[] {
  const { ingress } = view;
  const urlMap = urlMapOf(ingress, sheet);
  const scheme: Scheme | null = frontage.redirect === null ? null : 'https';
  const fallback = defaultRule(view, backends, scheme, frontage, sheet);
  const names = new Set([...urlMap.keys(), ...(fallback !== null || frontage.redirect !== null ? [''] : [])]);
  const hosts = [...names].sort((a, b) => Number(a === '') - Number(b === '') || compareText(a, b));
  const intents = frontage.intentsFor(hosts);
  return hosts
    .map((host): HostTable => {
      const rules = foldPaths(urlMap.get(host) ?? new Map()).map((path) => ruleOf(path, view, backends, scheme, frontage));
      const isWhole = rules.some(({ match }) => match.path.kind === 'prefix' && match.path.value === '/');
      const last = isWhole || fallback === null ? [] : [{ ...fallback, id: host === '' ? fallback.id : `${fallback.id} for ${host}` }];
      return {
        host,
        wildcard: 'any-depth',
        ports: frontage.ports,
        certificate: frontage.certificateOf(host),
        rules: [...rules, ...last, ...redirectRule(view, frontage, host)],
        owner: ingress.ref,
        intents,
        passthrough: null,
      };
    })
    .filter((table) => table.rules.length > 0 || hasHost(urlMap, table.host));
}

function hasHost(urlMap: UrlMap, host: string): boolean {
  return host !== '' && urlMap.has(host);
}

function ruleOf(path: FoldedPath, view: IngressView, backends: Backends, scheme: Scheme | null, { closing }: Frontage): RouteRule {
  const [first, ...others] = path.sources;
  if (first === undefined) throw new Error('a folded path has a source');
  const { action, intents } = backends.routed(first.backend);
  const entries = path.sources.flatMap((source) => [...source.rule.entries, ...source.path.entries]);
  const twins = others.flatMap((source) => source.backend.entries);
  return {
    id: path.match.kind === 'exact' && first.path.pathType === 'Prefix' ? `${first.id} bare` : first.id,
    ingress: view.ingress.ref,
    scheme,
    match: matchOf(path.match),
    action,
    httpsRedirect: null,
    intents,
    entries: [...new Set([...entries, ...twins, ...closing])],
  };
}

function defaultRule(view: IngressView, backends: Backends, scheme: Scheme | null, { closing }: Frontage, sheet: Sheet): RouteRule | null {
  const { ref, defaultBackend } = view.ingress;
  if (defaultBackend === null) return null;
  const why = backendProblem(defaultBackend);
  if (why !== null || defaultBackend.kind !== 'service') {
    const place = { at: defaultBackend.entries[0]?.at ?? ref.at, ingress: ref };
    mistake(sheet, defaultBackend.entries, pathFindings['no-backend']({ path: 'the default backend', why: why ?? '' }, place));
    return null;
  }
  const { action, intents } = backends.routed(defaultBackend);
  return {
    id: `${ref.namespace}/${ref.name} defaultBackend`,
    ingress: ref,
    scheme,
    match: matchOf({ kind: 'prefix', value: '/' }),
    action,
    httpsRedirect: null,
    intents,
    entries: closing,
  };
}

/** Over http everything is redirected, whatever its host and path: no path is looked up. */
function redirectRule(view: IngressView, { redirect }: Frontage, host: string): readonly RouteRule[] {
  if (redirect === null) return [];
  const { ref } = view.ingress;
  return [
    {
      id: `${ref.namespace}/${ref.name} redirectToHttps${host === '' ? '' : ` for ${host}`}`,
      ingress: ref,
      scheme: 'http',
      match: matchOf({ kind: 'prefix', value: '/' }),
      action: {
        kind: 'redirect',
        redirect: {
          status: redirect.status,
          scheme: 'https',
          host: null,
          port: null,
          path: { kind: 'keep' },
          query: { kind: 'keep' },
          entries: redirect.entries,
        },
      },
      httpsRedirect: null,
      intents: [],
      entries: [],
    },
  ];
}

function matchOf(path: FoldedPath['match']): Match {
  return { path, headers: [], queryParams: [], cookies: [], methods: [], sourceRanges: [] };
}
