import { toolRuleFor } from '../../rules/common/index.ts';
import { nginxInc } from '../../rules/nginx-inc/pack.ts';
import type { Intent } from '../../src/intent/intent.ts';
import type { Finding } from '../../src/ledger/finding.ts';
import type { Settlement } from '../../src/ledger/outcome.ts';
import type { Entry } from '../../src/model/entry.ts';
import type { Estate } from '../../src/model/estate.ts';
import { DEFAULT_OPTIONS } from '../../src/options.ts';
import { evaluateBefore } from '../../src/prove/before/evaluate.ts';
import type { Request } from '../../src/prove/request.ts';
import type { HostTable, RouteRule, RoutingTable } from '../../src/route/table.ts';
import { runRules } from '../../src/rule/engine.ts';
import { estateOf } from '../read/estate-of.ts';

/** What the pack makes of an estate whose Ingresses are all its own. */
export interface Routed {
  readonly estate: Estate;
  readonly tables: readonly RoutingTable[];
  readonly settled: readonly Settlement[];
  readonly findings: readonly Finding[];
  readonly refused: readonly Finding[];
}

export function routed(...documents: readonly string[]): Routed {
  const estate = estateOf(documents.join('\n---\n'));
  const runs = estate.ingresses.map((ingress) =>
    runRules(ingress, ingress.className?.value ?? null, nginxInc, toolRuleFor, estate, DEFAULT_OPTIONS),
  );
  const served = runs.filter((run) => run.refused === null);
  const made = nginxInc.route({ estate, options: DEFAULT_OPTIONS, ingresses: served.map((run) => run.view) });
  return {
    estate,
    tables: made.tables,
    settled: [...served.flatMap((run) => run.settled), ...made.settled],
    findings: [...served.flatMap((run) => run.findings), ...made.findings],
    refused: runs.flatMap((run) => (run.refused === null ? [] : [run.refused])),
  };
}

export interface Shape {
  readonly namespace?: string;
  readonly created?: string;
  /** Names without prefix are of `nginx.org/`. */
  readonly annotations?: Readonly<Record<string, string>>;
  /** By host, `''` for none: `/path svc:80`, with a path type behind it where it is not Prefix; null for no `http`. */
  readonly rules?: Readonly<Record<string, readonly string[] | null>>;
  /** `secret: host host`; an empty secret is left out. */
  readonly tls?: readonly string[];
  readonly defaultBackend?: string;
}

/** An Ingress of class nginx, one document. */
export function ingress(name: string, shape: Shape): string {
  const { namespace = 'default', created, annotations = {}, rules = { 'a.test': ['/ web'] }, tls, defaultBackend } = shape;
  const prefixed = Object.fromEntries(
    Object.entries(annotations).map(([key, value]) => [key.includes('/') ? key : `nginx.org/${key}`, value]),
  );
  return JSON.stringify({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name, namespace, annotations: prefixed, ...(created === undefined ? {} : { creationTimestamp: created }) },
    spec: {
      ingressClassName: 'nginx',
      ...(defaultBackend === undefined ? {} : { defaultBackend: backend(defaultBackend) }),
      rules: Object.entries(rules).map(([host, paths]) => ({
        ...(host === '' ? {} : { host }),
        ...(paths === null ? {} : { http: { paths: paths.map(path) } }),
      })),
      ...(tls === undefined ? {} : { tls: tls.map(section) }),
    },
  });
}

export function policy(name: string, spec: object): string {
  return JSON.stringify({ apiVersion: 'k8s.nginx.org/v1', kind: 'Policy', metadata: { name, namespace: 'default' }, spec });
}

function path(text: string): object {
  const [value = '/', target = '', pathType = 'Prefix'] = text.split(' ');
  return { path: value, pathType, backend: backend(target) };
}

function backend(target: string): object {
  if (target.startsWith('resource:')) return { resource: { apiGroup: 'k8s.example.com', kind: 'Bucket', name: target.slice(9) } };
  const [name = '', port = '80'] = target.split(':');
  return { service: { name, port: /^\d+$/.test(port) ? { number: Number(port) } : { name: port } } };
}

function section(text: string): object {
  const [secretName = '', hosts = ''] = text.split(':');
  const names = hosts.split(' ').filter((host) => host !== '');
  return { ...(names.length === 0 ? {} : { hosts: names }), ...(secretName === '' ? {} : { secretName }) };
}

export function hostOf(result: Routed, host: string): HostTable {
  const found = result.tables.flatMap((table) => table.hosts).find((each) => each.host === host);
  if (found === undefined) throw new Error(`no host ${host}`);
  return found;
}

/** What the rule of a path says besides where it leads. */
export function intentsOf(result: Routed, id: string): readonly Omit<Intent, 'entries'>[] {
  const rule = result.tables.flatMap((table) => table.hosts.flatMap(({ rules }) => rules)).find((each) => each.id === id);
  if (rule === undefined) throw new Error(`no rule ${id}`);
  return rule.intents.map(({ entries: _, ...intent }) => intent);
}

/** What a client gets: `svc:80 /path`, `301 https://…` or `404`. */
export function ask(result: Routed, url: string, headers: Readonly<Record<string, string>> = {}): string {
  const [table] = result.tables;
  if (table === undefined) throw new Error('no table');
  const { answer } = evaluateBefore(table, requestOf(url, headers));
  switch (answer.kind) {
    case 'backends':
      return answer.shares.map((share) => `${share.backend.replace(/^[^/]*\//, '')} ${share.path}`).join(' | ');
    case 'redirect':
      return `${answer.status} ${answer.location}`;
    case 'error':
      return String(answer.status);
    default:
      return answer.kind;
  }
}

function requestOf(url: string, headers: Readonly<Record<string, string>>): Request {
  const [, scheme = '', host = '', port, path = '/', query = ''] = /^(https?):\/\/([^/?:]+)(?::(\d+))?([^?]*)(?:\?(.*))?$/.exec(url) ?? [];
  return {
    scheme: scheme === 'https' ? 'https' : 'http',
    port: port === undefined ? (scheme === 'https' ? 443 : 80) : Number(port),
    host,
    path: path === '' ? '/' : path,
    method: 'GET',
    headers,
    cookies: {},
    query: Object.fromEntries(query === '' ? [] : query.split('&').map((pair) => pair.split('=', 2))),
  };
}

export function codesOf({ findings }: Routed): readonly string[] {
  return [...new Set(findings.map(({ code }) => code))].sort();
}

/** How an entry ended, as far as the pack says it, by the end of its name; each statement once. */
export function endsOf(result: Routed, name: string): readonly string[] {
  const statements = result.settled
    .filter(({ entry }) => entry.name === name || entry.name.endsWith(`/${name}`))
    .map(({ outcome, finding }) => `${outcome} ${finding?.code ?? ''}`);
  return [...new Set(statements)].sort();
}

/** Entries of served Ingresses that no table stands on and of which nothing is said. */
export function unsettled(result: Routed): readonly string[] {
  const done = new Set<Entry>([...inTables(result.tables), ...result.settled.map(({ entry }) => entry)]);
  const refused = new Set(result.refused.map(({ ingress: ref }) => ref));
  return result.estate.ingresses
    .filter(({ ref }) => !refused.has(ref))
    .flatMap((each) =>
      [...each.annotations, ...each.spec]
        .filter((entry) => !done.has(entry) && entry !== each.className?.entry)
        .map((entry) => `${each.ref.name} ${entry.name}`),
    );
}

function inTables(tables: readonly RoutingTable[]): readonly Entry[] {
  return tables
    .flatMap(({ hosts }) => hosts)
    .flatMap((host) => [
      ...(host.certificate.kind === 'none' ? [] : host.certificate.entries),
      ...host.intents.flatMap(({ entries }) => entries),
      ...host.rules.flatMap(entriesOf),
    ]);
}

function entriesOf({ entries, httpsRedirect, intents, action }: RouteRule): readonly Entry[] {
  const own =
    action.kind === 'forward'
      ? [...action.backends.flatMap((each) => each.entries), ...(action.rewrite?.entries ?? [])]
      : action.kind === 'redirect'
        ? action.redirect.entries
        : [];
  return [...entries, ...(httpsRedirect?.entries ?? []), ...intents.flatMap((intent) => intent.entries), ...own];
}
