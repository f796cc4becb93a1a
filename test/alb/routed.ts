import { alb } from '../../rules/alb/pack.ts';
import { toolRuleFor } from '../../rules/common/index.ts';
import type { AwsIntent, Intent } from '../../src/intent/intent.ts';
import type { Finding } from '../../src/ledger/finding.ts';
import type { Settlement } from '../../src/ledger/outcome.ts';
import type { Entry } from '../../src/model/entry.ts';
import type { Estate } from '../../src/model/estate.ts';
import { DEFAULT_OPTIONS } from '../../src/options.ts';
import { evaluateBefore } from '../../src/prove/before/evaluate.ts';
import type { Request } from '../../src/prove/request.ts';
import type { HostTable, RouteRule, RoutingTable } from '../../src/route/table.ts';
import { CLASS_ANNOTATION } from '../../src/rule/claim.ts';
import { runRules } from '../../src/rule/engine.ts';
import { estateOf } from '../read/estate-of.ts';

/** What the pack makes of an estate whose Ingresses are all its own. */
export interface RoutedEstate {
  readonly estate: Estate;
  readonly tables: readonly RoutingTable[];
  readonly settled: readonly Settlement[];
  readonly findings: readonly Finding[];
  readonly refused: readonly Finding[];
  readonly satellites: readonly Entry[];
}

function routeEstate(estate: Estate): RoutedEstate {
  const runs = estate.ingresses.map((ingress) => {
    const annotation = ingress.annotations.find((entry) => entry.name === CLASS_ANNOTATION);
    return runRules(ingress, annotation?.value ?? ingress.className?.value ?? null, alb, toolRuleFor, estate, DEFAULT_OPTIONS);
  });
  const served = runs.filter((run) => run.refused === null);
  const routed = alb.route({ estate, options: DEFAULT_OPTIONS, ingresses: served.map((run) => run.view) });
  return {
    estate,
    tables: routed.tables,
    settled: [...served.flatMap((run) => run.settled), ...routed.settled],
    findings: [...served.flatMap((run) => run.findings), ...routed.findings],
    refused: runs.flatMap((run) => (run.refused === null ? [] : [run.refused])),
    satellites: routed.satellites ?? [],
  };
}

export function routed(...documents: readonly string[]): RoutedEstate {
  return routeEstate(estateOf(documents.join('\n---\n')));
}

export function tableOf(result: RoutedEstate, name?: string): RoutingTable {
  const found = name === undefined ? result.tables[0] : result.tables.find(({ loadBalancer }) => loadBalancer.name === name);
  if (found === undefined) throw new Error(`no load balancer ${name ?? ''}`);
  return found;
}

export function hostOf(result: RoutedEstate, host: string): HostTable {
  const found = result.tables.flatMap((table) => table.hosts).find((each) => each.host === host);
  if (found === undefined) throw new Error(`no host ${host}`);
  return found;
}

export function linesOf(result: RoutedEstate, host: string): readonly string[] {
  return hostOf(result, host).rules.map(lineOf);
}

/** `exact /a -> svc:80`. */
function lineOf({ match, scheme, action }: RouteRule): string {
  const { path } = match;
  const conditions = [
    ...match.methods.map((method) => ` ${method}`),
    ...match.headers.map(({ name, value }) => ` ${name}=${value}`),
    ...match.queryParams.map(({ name, value }) => ` ?${name}=${value}`),
    ...match.sourceRanges.map((range) => ` from ${range}`),
  ].join('');
  return `${path.kind} ${path.kind === 'regex' ? path.pattern : path.value}${conditions}${scheme === null ? '' : ` ${scheme}`} -> ${actionText(action)}`;
}

function actionText(action: RouteRule['action']): string {
  switch (action.kind) {
    case 'forward': {
      const { backends, rewrite } = action;
      const text = backends.map(
        ({ service, port, written, weight }) => `${service}:${port ?? written}${backends.length > 1 ? `*${weight}` : ''}`,
      );
      return `${text.join(' ')}${rewrite === null ? '' : ` as ${rewrite.kind} ${rewrite.kind === 'regex' ? rewrite.replacement : rewrite.path}`}`;
    }
    case 'redirect': {
      const { status, scheme, host, port, path, query } = action.redirect;
      const target = path.kind === 'keep' ? '(path)' : `${path.kind} ${path.kind === 'regex' ? path.replacement : path.path}`;
      return `${status} ${scheme ?? '(scheme)'}://${host ?? '(host)'}${port === null ? '' : `:${port}`} ${target}${query.kind === 'keep' ? '' : ` ${query.kind}${query.kind === 'set' ? ` ${query.value}` : ''}`}`;
    }
    case 'respond':
      return String(action.status);
    default:
      return action satisfies never;
  }
}

export function codesOf({ findings, settled }: RoutedEstate): readonly string[] {
  return [...new Set([...findings, ...settled.flatMap(({ finding }) => finding ?? [])].map(({ code }) => code))].sort();
}

/** How an entry ended, as far as the pack says it. */
export function endsOf({ settled }: RoutedEstate, name: string): readonly string[] {
  return [
    ...new Set(
      settled
        .filter(({ entry }) => entry.name === name || entry.name.endsWith(`/${name}`))
        .map(({ outcome, finding }) => `${outcome} ${finding?.code ?? ''}`),
    ),
  ];
}

export function findingsOf({ findings, settled }: RoutedEstate, code: string): readonly Finding[] {
  return [...new Set([...findings, ...settled.flatMap(({ finding }) => finding ?? [])])].filter((finding) => finding.code === code);
}

/** Intents of the load balancer, without their entries. */
export function balancer(result: RoutedEstate, kind: AwsIntent['kind']): readonly object[] {
  return result.tables
    .flatMap(({ loadBalancer }) => loadBalancer.intents ?? [])
    .filter((intent) => intent.kind === kind)
    .map(bare);
}

/** Intents of the rules of all hosts, each once, without their entries. */
export function onRules(result: RoutedEstate, kind: Intent['kind']): readonly object[] {
  const all = result.tables.flatMap(({ hosts }) => hosts.flatMap(({ rules }) => rules.flatMap(({ intents }) => intents)));
  const texts = new Set(all.filter((intent) => intent.kind === kind).map((intent) => JSON.stringify(bare(intent))));
  return [...texts].map((text): object => JSON.parse(text));
}

function bare({ entries: _, ...body }: Intent): object {
  return body;
}

/** What a client gets: `svc:80`, `301 https://…` or `404`. */
export function ask(result: RoutedEstate, url: string, more: Partial<Request> = {}): string {
  const { protocol, hostname, port, pathname, searchParams } = new URL(url);
  const scheme = protocol === 'https:' ? 'https' : 'http';
  const request: Request = {
    scheme,
    host: hostname,
    port: port === '' ? (scheme === 'https' ? 443 : 80) : Number(port),
    method: 'GET',
    path: pathname,
    headers: {},
    cookies: {},
    query: Object.fromEntries(searchParams),
    ...more,
  };
  const answers = result.tables.map((table) => evaluateBefore(table, request).answer);
  const answer = answers.find(({ kind }) => kind !== 'unreachable') ?? { kind: 'unreachable' };
  switch (answer.kind) {
    case 'backends':
      return `${answer.shares.map(({ backend, path }) => `${backend.replace(/^[^/]*\//, '')} ${path}`).join(' | ')}${answer.protections.length === 0 ? '' : ` behind ${answer.protections.join(', ')}`}`;
    case 'redirect':
      return `${answer.status} ${answer.location}`;
    case 'error':
      return String(answer.status);
    default:
      return answer.kind;
  }
}

/** Entries of Ingresses and satellites of which nothing is said anywhere. */
export function unsettled(result: RoutedEstate): readonly string[] {
  const done = new Set<Entry>(result.settled.map(({ entry }) => entry));
  for (const table of result.tables) for (const entry of entriesOf(table)) done.add(entry);
  const refused = new Set(result.refused.map((finding) => finding.ingress));
  const own = result.estate.ingresses
    .filter(({ ref }) => !refused.has(ref))
    .flatMap((ingress) => [
      ...ingress.annotations.filter(({ name }) => name.startsWith('alb.ingress.kubernetes.io/')),
      ...ingress.spec.filter((entry) => entry !== ingress.className?.entry),
    ]);
  return [...own, ...result.satellites].filter((entry) => !done.has(entry)).map(({ key, at }) => `${at.line} ${key}`);
}

function entriesOf({ hosts, loadBalancer }: RoutingTable): readonly Entry[] {
  const ofIntents = (intents: readonly Intent[]) => intents.flatMap(({ entries }) => entries);
  return [
    ...ofIntents(loadBalancer.intents ?? []),
    ...hosts.flatMap(({ intents, certificate, rules }) => [
      ...ofIntents(intents),
      ...(certificate.kind === 'none' ? [] : certificate.entries),
      ...rules.flatMap(({ entries, intents: own, action }) => [
        ...entries,
        ...ofIntents(own),
        ...(action.kind === 'forward' ? [...action.backends.flatMap((each) => each.entries), ...(action.rewrite?.entries ?? [])] : []),
        ...(action.kind === 'redirect' ? action.redirect.entries : []),
      ]),
    ]),
  ];
}
