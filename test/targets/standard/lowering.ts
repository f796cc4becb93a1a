import type { Release } from '../../../src/gateway/release.ts';
import type { HTTPRoute, HTTPRouteRule } from '../../../src/gateway/types.ts';
import type { Intent } from '../../../src/intent/intent.ts';
import type { Entry, IngressRef } from '../../../src/model/entry.ts';
import { mergeFilters } from '../../../src/plan/filters.ts';
import type { Backend, RouteRule } from '../../../src/route/table.ts';
import type { Lowering, LoweringContext, RuleParts, Target } from '../../../src/targets/contract.ts';
import { standard } from '../../../src/targets/standard/standard.ts';
import { estateOf } from '../../read/estate-of.ts';

const STANDARD: Release = { version: '1.6', channel: 'standard' };
export const EXPERIMENTAL: Release = { version: '1.6', channel: 'experimental' };
export const OLD: Release = { version: '1.4', channel: 'standard' };

export const ingress: IngressRef = { kind: 'Ingress', namespace: 'shop', name: 'web', at: { file: 'in.yaml', line: 1, column: 1 } };
export const entry: Entry = {
  object: ingress,
  ingress,
  kind: 'annotation',
  name: 'a',
  key: 'a',
  value: 'v',
  at: { file: 'in.yaml', line: 6, column: 5 },
};

/** An intent without its entries. */
export type Statement = Intent extends infer I ? (I extends Intent ? Omit<I, 'entries'> : never) : never;

export interface Setting {
  readonly release?: Release;
  readonly services?: string;
  readonly beside?: readonly Statement[];
  readonly rule?: Partial<RouteRule>;
  readonly host?: string;
  readonly ports?: LoweringContext['ports'];
  readonly target?: Target;
}

const backend: Backend = { namespace: 'shop', service: 'web', port: 8443, written: '8443', weight: 1, problem: null, entries: [] };

export function lower(statement: Statement, setting: Setting = {}): Lowering {
  return (setting.target ?? standard).lower(withEntries(statement), contextOf(statement, setting));
}

export function contextOf(
  statement: Statement,
  { release = STANDARD, services = '', beside = [], rule = {}, host = 'a.test', ports = [] }: Setting = {},
): LoweringContext {
  const intent = withEntries(statement);
  return {
    release,
    estate: estateOf(services),
    host,
    ports,
    gatewayClass: null,
    table: { vendor: 'kubernetes', loadBalancer: { name: 'public', namespace: null, className: null, ingresses: [ingress] }, hosts: [] },
    rule: {
      id: 'shop/web rules[0].paths[0]',
      ingress,
      scheme: null,
      match: { path: { kind: 'prefix', value: '/' }, headers: [], queryParams: [], cookies: [], methods: [], sourceRanges: [] },
      action: { kind: 'forward', backends: [backend], rewrite: null },
      httpsRedirect: null,
      entries: [],
      ...rule,
      intents: [intent, ...beside.map(withEntries)],
    },
  };
}

export function withEntries(statement: Statement): Intent {
  return { ...statement, entries: [entry] } as Intent;
}

/** `outcome code` of a lowering, or its outcome where nothing is to be said. */
export function result(lowering: Lowering): string {
  const where = lowering.as === 'written' ? 'written' : 'absent';
  return lowering.finding === null ? `${where} ${lowering.outcome}` : `${where} ${lowering.outcome} ${lowering.finding.code}`;
}

export function partsOf(lowering: Lowering): RuleParts {
  return lowering.as === 'written' ? lowering.parts : {};
}

/** A route with the parts in its one rule. */
export function routeWith(parts: RuleParts): HTTPRoute {
  const rule: HTTPRouteRule = {
    matches: [{ path: { type: 'PathPrefix', value: '/' } }],
    filters: mergeFilters([parts], null),
    backendRefs: [{ name: 'web', port: 80 }],
    ...(parts.timeouts === undefined ? {} : { timeouts: parts.timeouts }),
    ...(parts.retry === undefined ? {} : { retry: parts.retry }),
    ...(parts.sessionPersistence === undefined ? {} : { sessionPersistence: parts.sessionPersistence }),
  };
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: { name: 'web', namespace: 'shop' },
    spec: { parentRefs: [{ name: 'gateway' }], hostnames: ['a.test'], rules: [rule] },
  };
}
