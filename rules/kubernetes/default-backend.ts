import type { Estate } from '../../src/model/estate.ts';
import type { RouteRule } from '../../src/route/table.ts';
import type { IngressView } from '../../src/rule/pack.ts';
import { type Books, settle } from './books.ts';
import { backendFindings } from './findings.ts';
import { actionOf, backendLeaves, matchOf, type ServedHost } from './served-paths.ts';

/**
 * Adds the rule for requests that no path takes: to each host the default backend of the first Ingress that names the host
 * and has one, else the first of the class; and to a host '' for all hosts nobody named.
 */
export function withDefaultBackends(
  hosts: readonly ServedHost[],
  views: readonly IngressView[],
  estate: Estate,
  books: Books,
): readonly ServedHost[] {
  const defaults = new Map<IngressView, RouteRule>();
  for (const view of views) {
    const rule = defaultRule(view, estate, books);
    if (rule !== null) defaults.set(view, rule);
  }
  const [first] = defaults;
  if (first === undefined) return hosts.filter((host) => host.rules.length > 0);
  const used = new Set<IngressView>();
  const everywhere = hosts.some((host) => host.host === '') ? hosts : [...hosts, { host: '', views: [first[0]], rules: [] }];
  const completed = everywhere.map((host) => {
    if (host.rules.some((rule) => rule.match.path.kind === 'prefix' && rule.match.path.value === '/')) return host;
    const [view, rule] = [...defaults].find(([candidate]) => host.views.includes(candidate)) ?? first;
    used.add(view);
    const id = host.host === '' ? rule.id : `${rule.id} for ${host.host}`;
    return { ...host, rules: [...host.rules, { ...rule, id }] };
  });
  // Where every host has a rule for / there is nothing left for any default backend: the first is unused, the others second.
  for (const view of defaults.keys()) if (!used.has(view) && view !== first[0]) settleUnused(view, first[0], books);
  return completed.filter((host) => host.rules.length > 0);
}

function defaultRule(view: IngressView, estate: Estate, books: Books): RouteRule | null {
  const { ref, defaultBackend } = view.ingress;
  if (defaultBackend === null) return null;
  return {
    id: `${ref.namespace}/${ref.name} defaultBackend`,
    ingress: ref,
    scheme: null,
    match: matchOf({ kind: 'prefix', value: '/' }),
    action: actionOf(defaultBackend, view, estate, books),
    httpsRedirect: null,
    intents: view.intents,
    entries: backendLeaves(defaultBackend),
  };
}

function settleUnused(view: IngressView, kept: IngressView, books: Books): void {
  const entries = view.ingress.defaultBackend?.entries ?? [];
  const place = { at: entries[0]?.at ?? view.ingress.ref.at, ingress: view.ingress.ref };
  settle(
    books,
    entries,
    'manual',
    backendFindings['second-default']({ kept: `${kept.ingress.ref.namespace}/${kept.ingress.ref.name}` }, place),
  );
}
