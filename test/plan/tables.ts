import type { Release } from '../../src/gateway/release.ts';
import type { Gateway, HTTPRoute, OutputObject, ReferenceGrant, TLSRoute } from '../../src/gateway/types.ts';
import type { Intent } from '../../src/intent/intent.ts';
import type { ObjectMetadata } from '../../src/intent/metadata.ts';
import type { Entry, IngressRef } from '../../src/model/entry.ts';
import type { Estate } from '../../src/model/estate.ts';
import { type ConvertOptions, DEFAULT_OPTIONS } from '../../src/options.ts';
import { makePlan } from '../../src/plan/make-plan.ts';
import type { Plan } from '../../src/plan/plan.ts';
import type { Backend, Certificate, HostTable, HttpsRedirect, Match, PathMatch, RouteRule, RoutingTable } from '../../src/route/table.ts';
import type { Target } from '../../src/targets/contract.ts';
import { estateOf } from '../read/estate-of.ts';
import { portable } from './portable-target.ts';

export const EXPERIMENTAL: Release = { version: '1.6', channel: 'experimental' };

let line = 0;

/** An Ingress at a position of its own. */
export function ingress(name = 'web', namespace = 'shop'): IngressRef {
  line += 100;
  return { kind: 'Ingress', namespace, name, at: { file: 'in.yaml', line, column: 1 } };
}

export function entry(of: IngressRef, name: string, value = ''): Entry {
  line += 1;
  const kind = name.startsWith('spec') ? 'field' : 'annotation';
  return { object: of, ingress: of, kind, name, key: name, value, at: { file: 'in.yaml', line, column: 3 } };
}

export function backend(of: IngressRef, service = 'web', more: Partial<Backend> = {}): Backend {
  const entries = [entry(of, 'spec.rules[0].http.paths[0].backend.service.name', service)];
  return { namespace: of.namespace, service, port: 80, written: '80', weight: 1, problem: null, entries, ...more };
}

const NO_CONDITIONS = { headers: [], queryParams: [], cookies: [], methods: [], sourceRanges: [] };

/** `/foo` is the prefix, `=/foo` the exact path, `~/foo` the case-insensitive pattern. */
export function path(text: string): PathMatch {
  if (text.startsWith('=')) return { kind: 'exact', value: text.slice(1) };
  if (text.startsWith('~')) return { kind: 'regex', pattern: text.slice(1), caseInsensitive: true };
  return { kind: 'prefix', value: text };
}

type RuleParts = Omit<Partial<RouteRule>, 'match'> & { readonly match?: Partial<Match>; readonly service?: string };

/** A rule that forwards the path to Service `web` of its namespace. */
export function rule(of: IngressRef, text: string, { match = {}, service = 'web', ...more }: RuleParts = {}): RouteRule {
  return {
    id: `${of.namespace}/${of.name} ${text}`,
    ingress: of,
    scheme: null,
    match: { path: path(text), ...NO_CONDITIONS, ...match },
    action: { kind: 'forward', backends: [backend(of, service)], rewrite: null },
    httpsRedirect: null,
    intents: [],
    entries: [entry(of, 'spec.rules[0].http.paths[0].path', text)],
    ...more,
  };
}

export function httpsRedirect(of: IngressRef): HttpsRedirect {
  return { status: 308, port: 443, entries: [entry(of, 'x/ssl-redirect', 'true')] };
}

/** A protection that no portable field expresses. */
export function allowList(of: IngressRef): Intent {
  return { kind: 'allowList', ranges: ['10.0.0.0/8'], entries: [entry(of, 'x/allow-list', '10.0.0.0/8')] };
}

export function secret(of: IngressRef, name = 'tls', namespace = of.namespace): Certificate {
  return { kind: 'secret', namespace, name, entries: [entry(of, 'spec.tls[0].secretName', name)] };
}

export const BOTH = [
  { scheme: 'http', port: 80 },
  { scheme: 'https', port: 443 },
] as const;
export const HTTP = BOTH.slice(0, 1);

/** Served on port 80; over TLS as well when it has a certificate. */
export function host(name: string, rules: readonly RouteRule[], more: Partial<HostTable> = {}): HostTable {
  const certificate = more.certificate ?? { kind: 'none' };
  return {
    host: name,
    wildcard: 'any-depth',
    ports: certificate.kind === 'none' ? HTTP : BOTH,
    certificate,
    rules,
    owner: rules[0]?.ingress ?? null,
    intents: [],
    passthrough: null,
    ...more,
  };
}

export function table(
  hosts: readonly HostTable[],
  more: Partial<Omit<RoutingTable, 'loadBalancer'>> & Partial<RoutingTable['loadBalancer']> = {},
): RoutingTable {
  const { vendor = 'kubernetes', name = 'public', namespace = null, className = name } = more;
  const ingresses = more.ingresses ?? [...new Set(hosts.flatMap((each) => each.rules.map((rule) => rule.ingress)))];
  return { vendor, loadBalancer: { name, namespace, className, ingresses }, hosts };
}

export interface PlanSetting {
  readonly options?: Partial<ConvertOptions>;
  readonly target?: Target;
  readonly metadata?: readonly ObjectMetadata[];
  readonly classEntries?: ReadonlyMap<IngressRef, readonly Entry[]>;
  readonly estate?: Estate;
}

export function plan(tables: RoutingTable | readonly RoutingTable[], setting: PlanSetting = {}): Plan {
  return makePlan({
    tables: 'hosts' in tables ? [tables] : tables,
    metadata: setting.metadata ?? [],
    classEntries: setting.classEntries ?? new Map(),
    estate: setting.estate ?? estateOf(''),
    target: setting.target ?? portable,
    options: { ...DEFAULT_OPTIONS, ...setting.options },
  });
}

const ofKind =
  <T extends OutputObject>(kind: T['kind']) =>
  (made: Plan): readonly T[] =>
    made.objects.map(({ object }) => object).filter((object): object is T => object.kind === kind);

export const gateways = ofKind<Gateway>('Gateway');
export const routes = ofKind<HTTPRoute>('HTTPRoute');
export const tlsRoutes = ofKind<TLSRoute>('TLSRoute');
export const grants = ofKind<ReferenceGrant>('ReferenceGrant');

/** One line a rule: `host [listeners] matches → what it does`. */
export function served(made: Plan): readonly string[] {
  return routes(made).flatMap(({ spec }) =>
    spec.rules.map((each) => {
      const matches = (each.matches ?? []).map(({ path: at, headers = [], method }) =>
        [
          at?.type === 'Exact' ? '=' : at?.type === 'RegularExpression' ? '~' : '',
          at?.value,
          ...headers.map(({ name, value }) => ` ${name}:${value}`),
          method === undefined ? '' : ` ${method}`,
        ].join(''),
      );
      const filters = (each.filters ?? []).map((filter) =>
        filter.type === 'RequestRedirect'
          ? Object.values(filter.requestRedirect)
              .map((part) => (typeof part === 'object' ? JSON.stringify(part) : part))
              .join(' ')
          : filter.type === 'URLRewrite'
            ? JSON.stringify(filter.urlRewrite)
            : filter.type,
      );
      const backends = (each.backendRefs ?? []).map(({ name, weight }) => (weight === undefined ? name : `${name}*${weight}`));
      const does = [...filters, ...backends].join(' ') || 'error';
      const listeners = spec.parentRefs.map(({ sectionName }) => sectionName?.split('-')[0]).join('+');
      return `${spec.hostnames?.join() ?? 'any'} [${listeners}] ${matches.join(', ')} → ${does}`;
    }),
  );
}

export function codes(made: Plan): readonly string[] {
  return [...new Set([...made.findings, ...made.settled.flatMap(({ finding }) => finding ?? [])].map(({ code }) => code))].sort();
}

/** The outcomes of an entry, each once. */
export function outcomes(made: Plan, wanted: Entry): readonly string[] {
  return [...new Set(made.settled.filter((each) => each.entry === wanted).map(({ outcome }) => outcome))].sort();
}
