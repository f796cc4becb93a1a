import type { Gateway, HTTPRoute, OutputObject } from '../../../src/gateway/types.ts';
import type { Intent } from '../../../src/intent/intent.ts';
import type { Plan } from '../../../src/plan/plan.ts';
import type { HttpsRedirect, RouteRule } from '../../../src/route/table.ts';
import type { Lowering, LoweringContext, Target } from '../../../src/targets/contract.ts';
import { backend, entry, host, httpsRedirect, ingress, type PlanSetting, plan, rule, secret, table } from '../../plan/tables.ts';
import { estateOf } from '../../read/estate-of.ts';
import type { Statement } from '../standard/lowering.ts';

export interface Setting {
  /** Beside it on the same rule. */
  readonly beside?: readonly Statement[];
  readonly path?: string;
  readonly redirect?: HttpsRedirect | null;
  /** Services and Secrets of the input, as manifests. */
  readonly estate?: string;
  readonly backends?: readonly string[];
  readonly options?: PlanSetting['options'];
}

const HOST_WIDE: readonly Intent['kind'][] = ['clientCertificate', 'tlsPolicy', 'httpVersions'];

/** One rule of `a.test` with the statement, redirected to https over http; what the target says of it and what is planned. */
export function plannedIntent(
  target: Target,
  statement: Statement,
  { beside = [], path = '/', redirect, estate = '', backends = ['web'], options = {} }: Setting = {},
): { readonly lowering: Lowering; readonly made: Plan; readonly objects: readonly OutputObject[] } {
  const of = ingress('web', 'shop');
  const withEntry = (each: Statement): Intent => ({ ...each, entries: [entry(of, `x/${each.kind}`)] }) as Intent;
  const all = [statement, ...beside].map(withEntry);
  const [intent] = all;
  if (intent === undefined) throw new Error('there is a statement');
  const own: RouteRule = rule(of, path, {
    action: { kind: 'forward', backends: backends.map((name) => backend(of, name)), rewrite: null },
    httpsRedirect: redirect === undefined ? httpsRedirect(of) : redirect,
    intents: all.filter(({ kind }) => !HOST_WIDE.includes(kind)),
  });
  const intents = all.filter(({ kind }) => HOST_WIDE.includes(kind));
  const read = estateOf(estate);
  const served = table([host('a.test', [own], { certificate: secret(of), intents })]);
  const made = plan(served, { target, estate: read, options });
  const context: LoweringContext = {
    release: { version: '1.6', channel: 'standard' },
    estate: read,
    host: 'a.test',
    ports: [],
    gatewayClass: null,
    table: served,
    rule: own,
  };
  return { lowering: target.lower(intent, context), made, objects: made.objects.map(({ object }) => object) };
}

/** The one spec of a kind; undefined when there is none. */
export function specOf(objects: readonly OutputObject[], kind: string): unknown {
  const found = objects.filter((object) => object.kind === kind);
  if (found.length > 1) throw new Error(`there are ${found.length} of kind ${kind}`);
  return found[0] === undefined ? undefined : JSON.parse(JSON.stringify('spec' in found[0] ? found[0].spec : null));
}

/** What the objects check of requests over TLS. */
export function checksOverTls(target: Target, objects: readonly OutputObject[]): readonly string[] {
  const gateway = objects.find((object): object is Gateway => object.kind === 'Gateway');
  const route = objects.find(
    (object): object is HTTPRoute =>
      object.kind === 'HTTPRoute' && (object as HTTPRoute).spec.rules.some(({ backendRefs = [] }) => backendRefs.length > 0),
  );
  const listener = gateway?.spec.listeners.find(({ protocol }) => protocol === 'HTTPS');
  if (gateway === undefined || listener === undefined || route === undefined) return [];
  return target.effects(objects)({ route, ruleIndex: 0, listener, owner: gateway }).protections;
}

/** What the target says of a statement that is not among those of its rule, as of one in another vendor's words. */
export function lowerAlone(target: Target, statement: Statement): Lowering {
  const of = ingress('web', 'shop');
  const intent = { ...statement, entries: [entry(of, `x/${statement.kind}`)] } as Intent;
  return target.lower(intent, {
    release: { version: '1.6', channel: 'standard' },
    estate: estateOf(''),
    host: 'a.test',
    ports: [],
    gatewayClass: null,
    table: table([host('a.test', [rule(of, '/')])]),
    rule: rule(of, '/'),
  });
}
