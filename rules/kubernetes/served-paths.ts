import type { Estate } from '../../src/model/estate.ts';
import { isValidHost } from '../../src/model/host.ts';
import type { IngressBackend, IngressRule } from '../../src/model/ingress.ts';
import { compareText } from '../../src/model/position.ts';
import { resolveBackend } from '../../src/route/backend.ts';
import type { Action, RouteRule } from '../../src/route/table.ts';
import type { IngressView } from '../../src/rule/pack.ts';
import { type Books, settle } from './books.ts';
import { backendFindings, hostFindings, pathFindings } from './findings.ts';
import { type LiteralMatch, readPath } from './path-match.ts';

/** The paths of one host over all Ingresses of a class, and which Ingresses named the host. */
export interface ServedHost {
  readonly host: string;
  readonly views: readonly IngressView[];
  readonly rules: readonly RouteRule[];
}

/** By host; longest path first, and among equally long ones Exact before Prefix. Where two Ingresses say the same, the first has it. */
export function servedHosts(views: readonly IngressView[], estate: Estate, books: Books): readonly ServedHost[] {
  const hosts = new Map<string, { views: Set<IngressView>; rules: Map<string, RouteRule> }>();
  for (const view of views) {
    const { ingress } = view;
    ingress.rules.forEach((rule, ruleIndex) => {
      const place = { at: rule.entries[0]?.at ?? ingress.ref.at, ingress: ingress.ref };
      if (rule.host !== '' && !isValidHost(rule.host)) {
        const leaves = [...rule.entries, ...(rule.paths ?? []).flatMap((path) => [...path.entries, ...(path.backend?.entries ?? [])])];
        settle(books, leaves, 'manual', hostFindings.invalid({ host: rule.host }, place));
        return;
      }
      const served = hosts.get(rule.host) ?? { views: new Set(), rules: new Map() };
      hosts.set(rule.host, served);
      served.views.add(view);
      settleHostOfResources(view, rule, books);
      (rule.paths ?? []).forEach((path, pathIndex) => {
        const at = { at: path.entries[0]?.at ?? place.at, ingress: ingress.ref };
        const label = `${rule.host}${path.path || '/'}`;
        const reading = readPath(path, at);
        const refused =
          reading.kind === 'refused' ? reading.finding : path.backend === null ? pathFindings['no-backend']({ path: label }, at) : null;
        if (refused !== null || reading.kind === 'refused' || path.backend === null) {
          if (refused === null) return;
          books.findings.push(refused);
          settle(books, [...path.entries, ...(path.backend?.entries ?? [])], 'inert', refused);
          return;
        }
        if (reading.doubt !== null) {
          const typed = path.entries.filter((entry) => entry.name.endsWith('.pathType'));
          settle(books, typed.length > 0 ? typed : path.entries, reading.doubt.outcome, reading.doubt.finding);
        }
        const added: RouteRule = {
          id: `${ingress.ref.namespace}/${ingress.ref.name} rules[${ruleIndex}].paths[${pathIndex}]`,
          ingress: ingress.ref,
          scheme: null,
          match: matchOf(reading.match),
          action: actionOf(path.backend, view, estate, books),
          httpsRedirect: null,
          intents: view.intents,
          entries: [...rule.entries, ...path.entries, ...backendLeaves(path.backend)],
        };
        const key = `${reading.match.kind} ${reading.match.value}`;
        const first = served.rules.get(key);
        served.rules.set(key, first === undefined ? added : merge(first, added, label, books));
      });
    });
  }
  return [...hosts].map(([host, { views: named, rules }]) => ({ host, views: [...named], rules: [...rules.values()].sort(bySpecificity) }));
}

function merge(first: RouteRule, second: RouteRule, label: string, books: Books): RouteRule {
  if (JSON.stringify(target(first)) === JSON.stringify(target(second))) {
    const backends = second.action.kind === 'forward' ? second.action.backends : [];
    return { ...first, entries: [...first.entries, ...second.entries, ...backends.flatMap((backend) => backend.entries)] };
  }
  const own = second.entries.filter((entry) => !entry.name.endsWith('.host'));
  const backends = second.action.kind === 'forward' ? second.action.backends.flatMap((backend) => backend.entries) : [];
  const args = {
    path: label,
    kept: `${first.ingress.namespace}/${first.ingress.name}`,
    file: first.ingress.at.file,
    backend: target(first).join(', '),
  };
  settle(
    books,
    [...own, ...backends],
    'manual',
    pathFindings.duplicate(args, { at: own[0]?.at ?? second.ingress.at, ingress: second.ingress }),
  );
  return first;
}

function target(rule: RouteRule): readonly string[] {
  return rule.action.kind === 'forward'
    ? rule.action.backends.map((backend) => `${backend.namespace}/${backend.service}:${backend.written}`)
    : [rule.action.kind];
}

/** A backend of another kind than Service stands as an error, so that no broader path answers for it. */
export function actionOf(backend: IngressBackend, view: IngressView, estate: Estate, books: Books): Action {
  const { namespace } = view.ingress.ref;
  if (backend.kind === 'service') {
    const written = { namespace, service: backend.name, port: backend.port, entries: backend.entries };
    return { kind: 'forward', backends: [resolveBackend(written, estate, { targetPorts: false })], rewrite: null };
  }
  const place = { at: backend.entries[0]?.at ?? view.ingress.ref.at, ingress: view.ingress.ref };
  settle(books, backend.entries, 'unmapped', backendFindings.resource({ resource: backend.resource, name: backend.name }, place));
  return { kind: 'respond', status: 503, contentType: null, body: null };
}

/** A rule whose paths all lead to something else than Services takes its host with it. */
function settleHostOfResources(view: IngressView, rule: IngressRule, books: Books): void {
  const [first, ...rest] = rule.paths ?? [];
  if (first?.backend?.kind !== 'resource' || rest.some((path) => path.backend?.kind !== 'resource')) return;
  const place = { at: rule.entries[0]?.at ?? view.ingress.ref.at, ingress: view.ingress.ref };
  settle(books, rule.entries, 'unmapped', backendFindings.resource({ resource: first.backend.resource, name: first.backend.name }, place));
}

/** Of a backend that is no Service: the rule stands on its leaves, having no other place for them. */
export function backendLeaves(backend: IngressBackend): IngressBackend['entries'] {
  return backend.kind === 'resource' ? backend.entries : [];
}

export function matchOf(path: LiteralMatch): RouteRule['match'] {
  return { path, headers: [], queryParams: [], cookies: [], methods: [], sourceRanges: [] };
}

function bySpecificity(a: RouteRule, b: RouteRule): number {
  const [first, second] = [a.match.path, b.match.path];
  const value = (path: typeof first) => (path.kind === 'regex' ? path.pattern : path.value);
  return (
    value(second).length - value(first).length ||
    Number(first.kind !== 'exact') - Number(second.kind !== 'exact') ||
    compareText(value(first), value(second))
  );
}
