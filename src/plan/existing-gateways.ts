import { NAMESPACE_NAME } from '../gateway/admission.ts';
import type { Gateway, Listener, RouteNamespaces } from '../gateway/types.ts';
import type { Finding } from '../ledger/finding.ts';
import type { Estate } from '../model/estate.ts';
import { isObject, type Json, member } from '../model/json.ts';
import type { OtherObject } from '../model/objects.ts';
import { compareText } from '../model/position.ts';
import { type ExistingListener, existingListeners, existingSets, gatewayOfInput } from './existing-listeners.ts';
import { planFindings } from './findings.ts';
import { governing, isGateway } from './governed.ts';
import { named } from './listeners.ts';
import type { Plan, PlannedObject } from './plan.ts';
import { listenerKey, type Rebound, rebound, reboundSettlement } from './rebind.ts';
import type { ExistingSet } from './set-names.ts';

/** What Gateways of the plan have from those of the input. */
export interface Theirs {
  /** By `namespace/name` of the Gateway. */
  readonly gateways: ReadonlyMap<string, TheirGateway>;
  readonly listenerSets: readonly ExistingSet[];
}

export interface TheirGateway {
  /** As it was to be written. */
  readonly own: Gateway;
  readonly found: OtherObject;
  /** Names of the listeners of the input. */
  readonly names: ReadonlySet<string>;
  /** Listeners that were to be written, and whose place one of theirs has. */
  readonly taken: readonly { readonly own: Listener; readonly name: string }[];
}

export function theirListeners({ gateways }: Theirs, { metadata }: Gateway): ReadonlySet<string> {
  return gateways.get(`${metadata.namespace ?? ''}/${metadata.name}`)?.names ?? new Set();
}

/**
 * Gateways that are in the input are used rather than replaced: they keep what they say, routes bind to their listeners where
 * these are for the same host and port, and only listeners that are missing are added. Nothing of theirs is opened wider: a
 * listener that does not admit a namespace is told. `among`: the Gateways to look at; null: all.
 */
export function onExistingGateways(
  plan: Plan,
  estate: Estate,
  among: ReadonlySet<string> | null = null,
): { readonly plan: Plan; readonly theirs: Theirs } {
  const moved = new Map<string, Rebound>();
  const findings: Finding[] = [...plan.findings];
  const replaced = new Map<PlannedObject, PlannedObject>();
  const gateways = new Map<string, TheirGateway>();
  for (const planned of plan.objects) {
    const { object } = planned;
    if (!isGateway(object)) continue;
    const { name, namespace = '' } = object.metadata;
    const label = `${namespace}/${name}`;
    if (among !== null && !among.has(label)) continue;
    const found = gatewayOfInput(estate, object.metadata);
    const listeners = found === null ? [] : existingListeners(found);
    if (found === null || listeners.length === 0) continue;
    const names = new Set(listeners.map((listener) => listener.name));
    const used = new Set(names);
    const added: Listener[] = [];
    const taken: { own: Listener; name: string }[] = [];
    for (const own of object.spec.listeners) {
      const same = listeners.find((listener) => placeOf(listener) === placeOf(own));
      if (same === undefined) {
        const fresh = { ...own, name: freeName(own.name, used) };
        used.add(fresh.name);
        added.push(fresh);
        if (fresh.name !== own.name)
          moved.set(listenerKey(namespace, name, own.name), { kind: 'Gateway', namespace, name, sectionName: fresh.name });
        continue;
      }
      taken.push({ own, name: same.name });
      moved.set(listenerKey(namespace, name, own.name), { kind: 'Gateway', namespace, name, sectionName: same.name });
      findings.push(...differences(label, own, same, found));
    }
    const policies = governing(object, plan.objects).map(({ object: policy }) => `${policy.kind} ${policy.metadata.name}`);
    if (policies.length > 0)
      findings.push(planFindings['gateway-theirs']({ gateway: label, policies: policies.sort(compareText).join(', ') }, { at: found.at }));
    gateways.set(label, { own: object, found, names, taken });
    replaced.set(planned, {
      ...planned,
      object: combined(found, object, added),
      notes: [
        ...planned.notes,
        `the Gateway of the input (${found.at.file}), with ${added.length} more ${added.length === 1 ? 'listener' : 'listeners'}`,
      ],
    });
  }
  const theirs: Theirs = { gateways, listenerSets: existingSets(estate) };
  if (replaced.size === 0) return { plan: { ...plan, findings }, theirs };
  return {
    plan: {
      ...plan,
      objects: plan.objects.map((planned) => replaced.get(planned) ?? { ...planned, object: rebound(planned.object, moved) }),
      settled: plan.settled.map((settlement) => reboundSettlement(settlement, moved)),
      findings,
    },
    theirs,
  };
}

function placeOf({ port, protocol, hostname }: Pick<Listener, 'port' | 'protocol' | 'hostname'>): string {
  return JSON.stringify([port, protocol, hostname ?? '']);
}

function freeName(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name;
  for (let number = 2; ; number++) if (!taken.has(`${name}-${number}`)) return `${name}-${number}`;
}

/** What the listener that is there does in another way than the one that was to be written. */
function differences(gateway: string, own: Listener, same: ExistingListener, { at }: OtherObject): readonly Finding[] {
  const args = { gateway, listener: same.name };
  const text = (value: Json | undefined) => JSON.stringify(value ?? null);
  const admitted = text(member(member(same.value, 'allowedRoutes'), 'namespaces') ?? { from: 'Same' });
  const certificates = text(member(member(same.value, 'tls'), 'certificateRefs'));
  const wanted = JSON.stringify(own.tls?.certificateRefs?.map(({ name, namespace }) => [namespace ?? '', name]) ?? []);
  return [
    ...(admitted === JSON.stringify(own.allowedRoutes?.namespaces ?? { from: 'Same' }) || admitted.includes('"All"')
      ? []
      : [planFindings['listener-admits']({ ...args, wanted: JSON.stringify(own.allowedRoutes?.namespaces ?? {}) }, { at })]),
    ...(own.tls?.certificateRefs === undefined || own.tls.certificateRefs.every(({ name }) => certificates.includes(`"name":"${name}"`))
      ? []
      : [planFindings['listener-certificate']({ ...args, wanted }, { at })]),
  ];
}

/** What the owner wrote, without what the server adds, and our listeners behind theirs. */
function combined({ value }: OtherObject, own: Gateway, added: readonly Listener[]): Gateway {
  const spec = member(value, 'spec');
  const metadata = member(value, 'metadata');
  const texts = (field: string) =>
    Object.entries(isObject(member(metadata, field) ?? null) ? Object(member(metadata, field)) : {}).map(
      ([key, text]) => [key, String(text)] as const,
    );
  const kept = texts('annotations').filter(([key]) => key !== 'kubectl.kubernetes.io/last-applied-configuration');
  const annotations = Object.fromEntries([...Object.entries(own.metadata.annotations ?? {}), ...kept]);
  const labels = Object.fromEntries(texts('labels'));
  const theirs = member(spec, 'listeners');
  const object = {
    apiVersion: own.apiVersion,
    kind: own.kind,
    metadata: {
      name: own.metadata.name,
      ...(own.metadata.namespace === undefined ? {} : { namespace: own.metadata.namespace }),
      ...(Object.keys(labels).length === 0 ? {} : { labels }),
      ...(Object.keys(annotations).length === 0 ? {} : { annotations }),
    },
    spec: { ...own.spec, ...(isObject(spec ?? null) ? Object(spec) : {}), listeners: [...(Array.isArray(theirs) ? theirs : []), ...added] },
  };
  // Sound as far as what the owner wrote is a Gateway; the constraints are held against it as against everything that is written.
  return object as unknown as Gateway;
}

/** Who may bring ListenerSets: those whom the owner admits, and these. `isWhole`: whether it is known that these are among them. */
export function admittedTo(
  before: RouteNamespaces | undefined,
  homes: readonly string[],
  own: string,
): { readonly namespaces: RouteNamespaces; readonly isWhole: boolean } {
  const list = (namespaces: readonly string[]): RouteNamespaces =>
    namespaces.every((namespace) => namespace === own)
      ? { from: 'Same' }
      : { from: 'Selector', selector: named([...new Set(namespaces)].sort(compareText)) };
  switch (before?.from) {
    case undefined:
    case 'None':
      return { namespaces: list(homes), isWhole: true };
    case 'All':
      return { namespaces: before, isWhole: true };
    case 'Same':
      return { namespaces: list([own, ...homes]), isWhole: true };
    case 'Selector': {
      const { matchLabels = {}, matchExpressions = [] } = before.selector;
      const [label] = Object.entries(matchLabels);
      const [expression] = matchExpressions;
      const byName =
        Object.keys(matchLabels).length + matchExpressions.length !== 1
          ? null
          : label !== undefined && label[0] === NAMESPACE_NAME
            ? [label[1]]
            : expression !== undefined && expression.key === NAMESPACE_NAME && expression.operator === 'In'
              ? (expression.values ?? [])
              : null;
      return byName === null ? { namespaces: before, isWhole: false } : { namespaces: list([...byName, ...homes]), isWhole: true };
    }
    default:
      return before satisfies never;
  }
}
