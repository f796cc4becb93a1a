import { toolRuleFor } from '../../rules/common/index.ts';
import { nginx } from '../../rules/nginx/pack.ts';
import type { Finding } from '../../src/ledger/finding.ts';
import type { Outcome, Settlement } from '../../src/ledger/outcome.ts';
import type { Entry } from '../../src/model/entry.ts';
import type { Estate } from '../../src/model/estate.ts';
import { DEFAULT_OPTIONS } from '../../src/options.ts';
import { evaluateBefore } from '../../src/prove/before/evaluate.ts';
import type { HostTable, RouteRule, RoutingTable } from '../../src/route/table.ts';
import { CLASS_ANNOTATION } from '../../src/rule/claim.ts';
import { runRules } from '../../src/rule/engine.ts';
import { estateOf } from '../read/estate-of.ts';
import { type Request, requestOf } from './requests.ts';

/** What the pack makes of an estate whose Ingresses are all its own. */
export interface RoutedEstate {
  readonly estate: Estate;
  readonly tables: readonly RoutingTable[];
  readonly settled: readonly Settlement[];
  readonly findings: readonly Finding[];
  readonly refused: readonly Finding[];
}

export function routeEstate(estate: Estate): RoutedEstate {
  const runs = estate.ingresses.map((ingress) => {
    const annotation = ingress.annotations.find((entry) => entry.name === CLASS_ANNOTATION);
    return runRules(ingress, ingress.className?.value ?? annotation?.value ?? null, nginx, toolRuleFor, estate, DEFAULT_OPTIONS);
  });
  const served = runs.filter((run) => run.refused === null);
  const routed = nginx.route({ estate, options: DEFAULT_OPTIONS, ingresses: served.map((run) => run.view) });
  return {
    estate,
    tables: routed.tables,
    settled: [...served.flatMap((run) => run.settled), ...routed.settled],
    // Every run without the controller's ConfigMap has that note.
    findings: [...served.flatMap((run) => run.findings), ...routed.findings].filter(({ code }) => code !== 'nginx/config/not-in-input'),
    refused: runs.flatMap((run) => (run.refused === null ? [] : [run.refused])),
  };
}

export function routed(input: string | Readonly<Record<string, string>>): RoutedEstate {
  return routeEstate(estateOf(input));
}

export function hostOf(result: RoutedEstate, host: string): HostTable {
  const found = result.tables.flatMap((table) => table.hosts).find((each) => each.host === host);
  if (found === undefined) throw new Error(`no host ${host}`);
  return found;
}

/** The rules of a host, one line each: `exact /a -> svc:80`. */
export function linesOf(result: RoutedEstate, host: string): readonly string[] {
  return hostOf(result, host).rules.map(lineOf);
}

export function lineOf(rule: RouteRule): string {
  const { path, headers, cookies } = rule.match;
  const conditions = [
    ...headers.map(({ name, value }) => ` ${name}=${value}`),
    ...cookies.map(({ name, value }) => ` cookie ${name}=${value}`),
  ].join('');
  const scheme = rule.scheme === null ? '' : ` ${rule.scheme}`;
  const secure = rule.httpsRedirect === null ? '' : ` [https ${rule.httpsRedirect.status}]`;
  return `${path.kind} ${path.kind === 'regex' ? path.pattern : path.value}${conditions}${scheme} -> ${actionText(rule)}${secure}`;
}

function actionText({ action }: RouteRule): string {
  switch (action.kind) {
    case 'forward': {
      const [first] = action.backends;
      const backends = action.backends.map(
        (backend) => `${backend.service}:${backend.port ?? backend.written}${action.backends.length > 1 ? `*${backend.weight}` : ''}`,
      );
      const rewrite =
        action.rewrite === null ? '' : ` as ${action.rewrite.kind === 'regex' ? action.rewrite.replacement : action.rewrite.path}`;
      return `${first === undefined ? 'nothing' : backends.join(' ')}${rewrite}`;
    }
    case 'redirect': {
      const { status, scheme, host, port, path, query } = action.redirect;
      const target = path.kind === 'keep' ? '(path)' : path.kind === 'regex' ? path.replacement : path.path;
      return `${status} ${scheme ?? '(scheme)'}://${host ?? '(host)'}${port === null ? '' : `:${port}`}${target}${query.kind === 'set' ? `?${query.value}` : query.kind === 'keep' ? '?(query)' : ''}`;
    }
    case 'respond':
      return String(action.status);
    default:
      return action satisfies never;
  }
}

/** `code` of every finding, each once, sorted. */
export function codesOf(result: RoutedEstate): readonly string[] {
  return [...new Set(result.findings.map(({ code }) => code))].sort();
}

/** How an entry ended, as far as the pack says it: by the last part of its name. */
export function endsOf(result: RoutedEstate, name: string): readonly `${Outcome} ${string}`[] {
  return result.settled
    .filter(({ entry }) => entry.name === name || entry.name.endsWith(`/${name}`))
    .map(({ outcome, finding }) => `${outcome} ${finding?.code ?? ''}` as const);
}

/** What a client gets: `svc:80 /path`, `308 https://…` or `404`. */
export function ask(result: RoutedEstate, url: string, more: Partial<Request> = {}): string {
  const [table] = result.tables;
  if (table === undefined) throw new Error('no table');
  const { answer } = evaluateBefore(table, requestOf(url, more));
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

/** Entries that no table stands on and of which nothing is said. */
export function unsettled(result: RoutedEstate, inTables: ReadonlySet<Entry>): readonly string[] {
  const done = new Set([...inTables, ...result.settled.map(({ entry }) => entry)]);
  const refused = new Set(result.refused.map((finding) => finding.ingress));
  return result.estate.ingresses
    .filter(({ ref }) => !refused.has(ref))
    .flatMap((ingress) =>
      [...ingress.annotations.filter(({ name }) => name.startsWith('nginx.ingress.kubernetes.io/')), ...ingress.spec]
        .filter((entry) => !done.has(entry) && entry !== ingress.className?.entry)
        .map((entry) => `${ingress.ref.name} ${entry.name}`),
    );
}
