import type { GRPCRoute, HTTPRoute, HTTPRouteFilter, HTTPRouteRule, OutputObject, TLSRoute } from './gateway/types.ts';
import type { Finding } from './ledger/finding.ts';
import type { Ledger, LedgerEntry } from './ledger/ledger.ts';
import type { WithheldRoute } from './ledger/problem.ts';
import type { Entry, IngressRef } from './model/entry.ts';
import type { PlannedObject } from './plan/plan.ts';
import type { RouteChange, RoutedPath } from './report/input.ts';
import type { Action, Backend, Match, PathMatch, Redirect, Rewrite, RouteRule, RoutingTable } from './route/table.ts';

type Route = HTTPRoute | GRPCRoute | TLSRoute;

/** Every rule of today's routing beside the rules of the output that its path and backends were written to. */
export function routeChanges(
  tables: readonly RoutingTable[],
  objects: readonly PlannedObject[],
  ledger: Ledger,
  withheld: readonly WithheldRoute[],
): readonly RouteChange[] {
  const lines = new Map(ledger.entries.map((line) => [line.entry, line]));
  const routes = new Map(objects.flatMap(({ object }) => (isRoute(object) ? [[routeName(object), object] as const] : [])));
  const closed = new Set(withheld.map(({ ingress, host, path }) => ruleKey(ingress, host, path)));
  return tables.flatMap(({ vendor, hosts }) =>
    hosts.flatMap(({ host, rules }) =>
      rules.map((rule): RouteChange => {
        const written = (entries: readonly Entry[]) =>
          writtenRules(
            entries.flatMap((entry) => lines.get(entry) ?? []),
            host,
            routes,
          );
        const own = written(ownEntries(rule));
        const after = own.length > 0 ? own : written(sourceEntries(rule));
        const changes = differences(rule, lines);
        const isWithheld = closed.has(ruleKey(rule.ingress, host, pathOf(rule.match.path)));
        return {
          ingress: rule.ingress,
          vendor,
          host,
          before: { path: beforePath(rule.match), to: actionText(rule.action) },
          after: isWithheld ? [] : after,
          state: isWithheld ? 'withheld' : stateOf(rule, after, changes, lines),
          codes: [...new Set(changes.map(({ code }) => code))],
        };
      }),
    ),
  );
}

function stateOf(
  rule: RouteRule,
  after: RouteChange['after'],
  changes: readonly Finding[],
  lines: ReadonlyMap<Entry, LedgerEntry>,
): RouteChange['state'] {
  const { action } = rule;
  // A Gateway answers 404 to what has no route.
  if (after.length === 0 && action.kind === 'respond' && action.status === 404) return 'same';
  const own = ownEntries(rule);
  if (after.length === 0) return own.length > 0 && own.every((entry) => lines.get(entry)?.outcome === 'inert') ? 'unused' : 'gone';
  return changes.length > 0 ? 'changed' : 'same';
}

function ruleKey({ namespace, name, at }: IngressRef, host: string, path: string): string {
  return JSON.stringify([namespace, name, at.file, at.line, host, path]);
}

/** The leaves that are of this rule alone: path and backends. Annotations and the host belong to all rules of the Ingress. */
function ownEntries({ entries, action }: RouteRule): readonly Entry[] {
  const backends = action.kind === 'forward' ? action.backends.flatMap((backend) => backend.entries) : [];
  return [...entries, ...backends].filter(({ kind, name }) => kind === 'field' && OWN_LEAF.test(name));
}

/** Of a rule that a controller makes of an annotation (an app root, a redirect): what it was made of. */
function sourceEntries({ entries, action }: RouteRule): readonly Entry[] {
  const redirect = action.kind === 'redirect' ? action.redirect.entries : [];
  return [...redirect, ...entries].filter(({ kind }) => kind === 'annotation');
}

const OWN_LEAF = /^spec\.(?:rules\[\d+\]\.http\.paths\[\d+\]|defaultBackend|backend)/;

/** What behaves otherwise, as far as it concerns this rule. */
function differences(rule: RouteRule, lines: ReadonlyMap<Entry, LedgerEntry>): readonly Finding[] {
  const entries = [...rule.entries, ...rule.intents.flatMap((intent) => intent.entries)];
  return [...new Set(entries)].flatMap((entry) => {
    const line = lines.get(entry);
    const isDifferent = line !== undefined && ['approximated', 'unmapped', 'manual', 'waived'].includes(line.outcome);
    return isDifferent && line.finding !== null && line.finding.differs.length > 0 ? [line.finding] : [];
  });
}

type Written = RouteChange['after'][number];

function writtenRules(lines: readonly LedgerEntry[], host: string, routes: ReadonlyMap<string, Route>): readonly Written[] {
  const found = new Map<string, Written>();
  for (const { kind, namespace, name, field } of lines.flatMap(({ wrote }) => wrote)) {
    const index = /^spec\.rules\[(\d+)\]/.exec(field)?.[1];
    const id = `${kind} ${namespace}/${name}`;
    const route = routes.get(id);
    const rule = index === undefined ? undefined : route?.spec.rules[Number(index)];
    if (route === undefined || rule === undefined || !covers(route.spec.hostnames, host)) continue;
    for (const { path, to } of ruleLines(rule)) {
      const text = { route: id, path, to };
      found.set(JSON.stringify(text), text);
    }
  }
  // A redirect to https stands beside the rule that answers there, and says nothing of its own.
  const all = [...found.values()];
  const answering = all.filter(({ to }) => !to.every((target) => target.startsWith('redirect to https:')));
  return answering.length === 0 ? all : answering;
}

function covers(hostnames: readonly string[] | undefined, host: string): boolean {
  return hostnames === undefined ? host === '' : hostnames.includes(host);
}

function ruleLines(rule: Route['spec']['rules'][number]): readonly RoutedPath[] {
  const to = targetsOf(rule);
  if (!('matches' in rule) || rule.matches === undefined) return [{ path: 'any path', to }];
  const matches: readonly object[] = rule.matches;
  return matches.map((match) => ({ path: afterPath(match), to }));
}

function afterPath(match: object): string {
  const { path, headers = [], queryParams = [], method }: NonNullable<HTTPRouteRule['matches']>[number] = match;
  const isHttp = path === undefined || typeof path === 'object';
  const text = !isHttp || path === undefined ? 'any path' : `${path.type} ${path.value}`;
  const conditions = [
    ...(typeof method === 'string' ? [method] : []),
    ...headers.map(({ name, value }) => `header ${name}=${value}`),
    ...queryParams.map(({ name, value }) => `query ${name}=${value}`),
  ];
  return [text, ...conditions].join(', ');
}

function targetsOf(rule: Route['spec']['rules'][number]): readonly string[] {
  const refs = rule.backendRefs ?? [];
  const weights = refs.reduce((sum, { weight = 1 }) => sum + weight, 0);
  const backends = refs.map(({ namespace, name, port, weight = 1 }) => {
    const share = refs.length > 1 && weights > 0 ? ` ${percent(weight / weights)}` : '';
    return `${namespace === undefined ? '' : `${namespace}/`}${name}${port === undefined ? '' : `:${port}`}${share}`;
  });
  const filters = 'filters' in rule ? (rule.filters ?? []).flatMap(filterText) : [];
  const all = [...backends, ...filters];
  return all.length === 0 ? ['500: no backend, on purpose'] : all;
}

function filterText(filter: HTTPRouteFilter): readonly string[] {
  if (filter.type === 'RequestRedirect') {
    const { scheme, hostname, port, path, statusCode = 302 } = filter.requestRedirect;
    const where = [scheme === undefined ? '' : `${scheme}:`, hostname ?? '', port === undefined ? '' : `:${port}`, pathChange(path)];
    return [`redirect to ${where.join('') || 'the same place'} (${statusCode})`];
  }
  if (filter.type === 'URLRewrite') {
    const { hostname, path } = filter.urlRewrite;
    return [
      ...(path === undefined ? [] : [`path becomes ${pathChange(path)}`]),
      ...(hostname === undefined ? [] : [`host becomes ${hostname}`]),
    ];
  }
  return [];
}

function pathChange(path: { readonly replaceFullPath: string } | { readonly replacePrefixMatch: string } | undefined): string {
  if (path === undefined) return '';
  return 'replaceFullPath' in path ? path.replaceFullPath : `${path.replacePrefixMatch.replace(/\/$/, '')}/…`;
}

function beforePath({ path, headers, queryParams, cookies, methods, sourceRanges }: Match): string {
  const conditions = [
    ...methods,
    ...headers.map(({ name, value }) => `header ${name}=${value}`),
    ...queryParams.map(({ name, value }) => `query ${name}=${value}`),
    ...cookies.map(({ name, value }) => `cookie ${name}=${value}`),
    ...(sourceRanges.length === 0 ? [] : [`from ${sourceRanges.join(' ')}`]),
  ];
  return [`${PATH_KINDS[path.kind]} ${pathOf(path)}`, ...conditions].join(', ');
}

const PATH_KINDS: Readonly<Record<PathMatch['kind'], string>> = {
  exact: 'Exact',
  prefix: 'Prefix',
  'text-prefix': 'starts with',
  regex: 'pattern',
  glob: 'glob',
};

function pathOf(path: PathMatch): string {
  return path.kind === 'regex' ? path.pattern : path.value;
}

function actionText(action: Action): readonly string[] {
  switch (action.kind) {
    case 'forward': {
      const weights = action.backends.reduce((sum, { weight }) => sum + weight, 0);
      const backends = action.backends.map((backend) => backendText(backend, action.backends.length > 1 ? weights : 0));
      return [
        ...(backends.length === 0 ? ['503: no backend'] : backends),
        ...(action.rewrite === null ? [] : [rewriteText(action.rewrite)]),
      ];
    }
    case 'redirect':
      return [redirectText(action.redirect)];
    case 'respond':
      return [`answers ${action.status}`];
    default:
      return action satisfies never;
  }
}

function backendText({ service, port, written, weight }: Backend, weights: number): string {
  return `${service}:${port ?? written}${weights > 0 ? ` ${percent(weight / weights)}` : ''}`;
}

function rewriteText(rewrite: Rewrite): string {
  return `path becomes ${rewrite.kind === 'regex' ? rewrite.replacement : rewrite.path}`;
}

function redirectText({ scheme, host, port, path, status }: Redirect): string {
  const to = path.kind === 'keep' ? '' : path.kind === 'regex' ? path.replacement : path.path;
  const where = [scheme === null ? '' : `${scheme}:`, host ?? '', port === null ? '' : `:${port}`, to].join('');
  return `redirect to ${where || 'the same place'} (${status})`;
}

function percent(share: number): string {
  return `${Math.round(share * 1000) / 10}%`;
}

function routeName({ kind, metadata }: Route): string {
  return `${kind} ${metadata.namespace ?? ''}/${metadata.name}`;
}

function isRoute(object: OutputObject): object is Route {
  return object.kind === 'HTTPRoute' || object.kind === 'GRPCRoute' || object.kind === 'TLSRoute';
}
