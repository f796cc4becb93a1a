import type { HTTPRouteRule, OutputObject, ParentRef } from '../../gateway/types.ts';
import type { WrittenField } from '../../ledger/outcome.ts';
import { groupBy } from '../../model/group-by.ts';
import { isObject, type Json, type JsonObject, member } from '../../model/json.ts';
import { compareText } from '../../model/position.ts';
import type { RulePlace } from '../../targets/effects.ts';
import type { ReadRoute } from './read-route.ts';
import { nameOf, namespaceOf, type World } from './world.ts';

/** What bears on the answers of one rule beside its route: one value for each thing that sets something. */
export interface RuleSettings {
  /** Filters, timeouts and the like of the rule itself, and certificates of its listeners, by what they are. */
  readonly own: ReadonlyMap<string, Json>;
  /** Objects of the implementation's own API that hold for it, by kind: whether by its route or by the Gateway makes no difference. */
  readonly objects: ReadonlyMap<string, readonly OutputObject[]>;
  readonly places: readonly RulePlace[];
}

/** Reads them for the rule that a field names, on whatever listeners its route is. null for what names no rule of these objects. */
export function settingsReader(world: World, objects: readonly OutputObject[]): (field: WrittenField) => RuleSettings | null {
  const routes = new Map([...world.httpRoutes.values()].flat().map((route) => [`${nameOf(route)}`, route]));
  const foreign = objects.filter(({ apiVersion, kind }) => !apiVersion.startsWith(GROUP) && apiVersion.includes('/') && kind !== 'Service');
  const policies = [...foreign, ...objects.filter(({ kind }) => kind === 'BackendTLSPolicy')];
  const kept = new Map<string, RuleSettings | null>();
  return (field) => {
    const key = `${field.namespace}/${field.name} ${field.field}`;
    const known = kept.get(key);
    if (known !== undefined) return known;
    const route = routes.get(`${field.namespace}/${field.name}`);
    const [, index = ''] = /^spec\.rules\[(\d+)\]/.exec(field.field) ?? [];
    const rule = route?.spec.rules[Number(index)];
    const read = route === undefined || rule === undefined || index === '' ? null : settingsOf(world, policies, route, Number(index), rule);
    kept.set(key, read);
    return read;
  };
}

const GROUP = 'gateway.networking.k8s.io/';

function settingsOf(
  world: World,
  policies: readonly OutputObject[],
  route: ReadRoute,
  ruleIndex: number,
  rule: HTTPRouteRule,
): RuleSettings {
  const places = placesOf(world, route, ruleIndex);
  const subjects = new Set<string>();
  const home = namespaceOf(route);
  for (const { owner, listener } of places) {
    subjects.add(`${owner.kind} ${nameOf(owner)}`).add(`${owner.kind} ${nameOf(owner)}#${listener.name}`);
  }
  subjects.add(`${route.kind} ${nameOf(route)}`).add(`HTTPRoute ${nameOf(route)}`);
  if (rule.name !== undefined) subjects.add(`HTTPRoute ${nameOf(route)}#${rule.name}`);
  const named = new Set<string>();
  for (const { kind = 'Service', name, namespace = home } of rule.backendRefs ?? []) {
    subjects.add(`${kind} ${namespace}/${name}`);
    named.add(`${kind} ${namespace}/${name}`);
  }
  for (const filter of rule.filters ?? [])
    if (filter.type === 'ExtensionRef') named.add(`${filter.extensionRef.kind} ${home}/${filter.extensionRef.name}`);
  for (const { owner } of places) {
    const ref = owner.kind === 'Gateway' ? owner.spec.infrastructure?.parametersRef : undefined;
    if (ref !== undefined) named.add(`${ref.kind} ${namespaceOf(owner)}/${ref.name}`);
  }
  const found = new Set(policies.filter((policy) => named.has(`${policy.kind} ${nameOf(policy)}`) || holdsFor(policy, subjects)));
  // What these name in their turn: where to ask, whom to trust.
  for (const object of found) {
    const { targetRef: _, targetRefs: __, targetReference: ___, ...spec } = specOf(object);
    const names = namesIn(spec);
    for (const other of policies) if (namespaceOf(other) === namespaceOf(object) && names.has(other.metadata.name)) found.add(other);
  }
  const ofKind = groupBy(
    [...found].sort((a, b) => compareText(nameOf(a), nameOf(b))),
    ({ kind }) => kind,
  );
  return { own: ownSettings(rule, places), objects: ofKind, places };
}

function placesOf(world: World, route: ReadRoute, ruleIndex: number): readonly RulePlace[] {
  const home = namespaceOf(route);
  return [...world.gateways, ...world.listenerSets].flatMap((owner) =>
    owner.spec.listeners
      .filter((listener) =>
        route.spec.parentRefs.some(
          ({ kind = 'Gateway', name, namespace = home, sectionName }: ParentRef) =>
            kind === owner.kind && `${namespace}/${name}` === nameOf(owner) && (sectionName ?? listener.name) === listener.name,
        ),
      )
      .map((listener): RulePlace => ({ route, ruleIndex, listener, owner })),
  );
}

/** Paths, backends and redirects are for the answer itself to show. */
function ownSettings(rule: HTTPRouteRule, places: readonly RulePlace[]): ReadonlyMap<string, Json> {
  const own = new Map<string, Json>();
  for (const filter of rule.filters ?? []) {
    if (filter.type === 'RequestRedirect' || filter.type === 'URLRewrite' || filter.type === 'ExtensionRef') continue;
    own.set(filter.type, asJson(filter));
  }
  for (const name of ['timeouts', 'retry', 'sessionPersistence'] as const) if (rule[name] !== undefined) own.set(name, asJson(rule[name]));
  const tls = places.flatMap(({ listener }) => (listener.tls === undefined ? [] : [asJson(listener.tls)]));
  if (tls.length > 0) own.set('certificates', tls);
  return own;
}

/** Whether a policy names one of these; `host` is how some name a Service. */
function holdsFor(policy: OutputObject, subjects: ReadonlySet<string>): boolean {
  const spec = specOf(policy);
  const home = namespaceOf(policy);
  const refs = ['targetRefs', 'targetRef', 'targetReference'].flatMap((key) => listOf(member(spec, key)));
  const isNamed = refs.some((ref) => {
    const [kind, name, namespace, section] = ['kind', 'name', 'namespace', 'sectionName'].map((key) => member(ref, key));
    const base = `${String(kind ?? 'Service')} ${String(namespace ?? home)}/${String(name)}`;
    return subjects.has(kind === 'Service' || section === undefined ? base : `${base}#${String(section)}`);
  });
  const [, service, namespace] = /^([a-z0-9-]+)\.([a-z0-9-]+)\.svc/.exec(String(member(spec, 'host') ?? '')) ?? [];
  return isNamed || subjects.has(`Service ${namespace}/${service}`);
}

export function specOf(object: OutputObject): JsonObject {
  const { spec } = object as { spec?: Json };
  return isObject(spec) ? spec : {};
}

function namesIn(value: Json): ReadonlySet<string> {
  const names = new Set<string>();
  const pending: Json[] = [value];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (Array.isArray(next)) pending.push(...next);
    else if (isObject(next)) {
      for (const [key, held] of Object.entries(next)) {
        if (typeof held === 'string' && /^name$|Ref$|Transport$/i.test(key)) names.add(held);
        else pending.push(held);
      }
    }
  }
  return names;
}

function listOf(value: Json | undefined): readonly Json[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value];
}

function asJson(value: object): Json {
  return JSON.parse(JSON.stringify(value)) as Json;
}
