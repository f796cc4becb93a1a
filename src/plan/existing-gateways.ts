import { LIMITS } from '../gateway/limits.ts';
import type { Gateway, Listener } from '../gateway/types.ts';
import type { Finding } from '../ledger/finding.ts';
import type { Estate } from '../model/estate.ts';
import { isObject, type Json, type JsonObject, member } from '../model/json.ts';
import type { OtherObject } from '../model/objects.ts';
import { planFindings } from './findings.ts';
import type { Plan, PlannedObject } from './plan.ts';
import { listenerKey, type Rebound, rebound, reboundSettlement } from './rebind.ts';

/**
 * Gateways that are in the input are used rather than replaced: they keep what they say, routes bind to their listeners where
 * these are for the same host and port, and only listeners that are missing are added. Nothing of theirs is opened wider: a
 * listener that does not admit a namespace is told.
 */
export function onExistingGateways(plan: Plan, estate: Estate): Plan {
  const moved = new Map<string, Rebound>();
  const findings: Finding[] = [...plan.findings];
  const replaced = new Map<PlannedObject, PlannedObject>();
  for (const planned of plan.objects) {
    const { object } = planned;
    if (object.kind !== 'Gateway' || !isGateway(object)) continue;
    const { name, namespace = '' } = object.metadata;
    const found = estate.others.find(
      ({ ref, apiVersion }) =>
        ref.kind === 'Gateway' && apiVersion.startsWith('gateway.networking.k8s.io/') && ref.namespace === namespace && ref.name === name,
    );
    const listeners = found === undefined ? [] : listenersOf(found);
    if (found === undefined || listeners.length === 0) continue;
    const label = `${namespace}/${name}`;
    const taken = new Set(listeners.map((listener) => listener.name));
    const added: Listener[] = [];
    for (const own of object.spec.listeners) {
      const same = listeners.find((listener) => placeOf(listener) === placeOf(own));
      if (same === undefined) {
        const fresh = { ...own, name: freeName(own.name, taken) };
        taken.add(fresh.name);
        added.push(fresh);
        if (fresh.name !== own.name)
          moved.set(listenerKey(namespace, name, own.name), { kind: 'Gateway', namespace, name, sectionName: fresh.name });
        continue;
      }
      moved.set(listenerKey(namespace, name, own.name), { kind: 'Gateway', namespace, name, sectionName: same.name });
      findings.push(...differences(label, own, same, found));
    }
    if (listeners.length + added.length > LIMITS.listenersPerGateway) {
      findings.push(planFindings['gateway-full']({ gateway: label, listeners: listeners.length + added.length }, { at: found.at }));
      continue;
    }
    replaced.set(planned, {
      ...planned,
      object: combined(found, object, added),
      notes: [...planned.notes, `the Gateway of the input (${found.at.file}), with ${added.length} listeners more`],
    });
  }
  if (replaced.size === 0) return { ...plan, findings };
  return {
    ...plan,
    objects: plan.objects.map((planned) => replaced.get(planned) ?? { ...planned, object: rebound(planned.object, moved) }),
    settled: plan.settled.map((settlement) => reboundSettlement(settlement, moved)),
    findings,
  };
}

function isGateway(object: PlannedObject['object']): object is Gateway {
  return object.kind === 'Gateway';
}

/** Of a Gateway as somebody wrote it: what says which requests a listener is for, and its whole text to be kept. */
interface Existing {
  readonly name: string;
  readonly port: number;
  readonly protocol: string;
  readonly hostname?: string;
  readonly value: JsonObject;
}

function listenersOf({ value }: OtherObject): readonly Existing[] {
  const listeners = member(member(value, 'spec'), 'listeners');
  return (Array.isArray(listeners) ? listeners : []).flatMap((item: Json): readonly Existing[] => {
    const [name, port, protocol, hostname] = ['name', 'port', 'protocol', 'hostname'].map((field) => member(item, field));
    if (!isObject(item) || typeof name !== 'string' || typeof port !== 'number' || typeof protocol !== 'string') return [];
    return [{ name, port, protocol, ...(typeof hostname === 'string' ? { hostname } : {}), value: item }];
  });
}

function placeOf({ port, protocol, hostname }: Pick<Listener, 'port' | 'protocol' | 'hostname'>): string {
  return JSON.stringify([port, protocol, hostname ?? '']);
}

function freeName(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name;
  for (let number = 2; ; number++) if (!taken.has(`${name}-${number}`)) return `${name}-${number}`;
}

/** What the listener that is there does in another way than the one that was to be written. */
function differences(gateway: string, own: Listener, same: Existing, { at }: OtherObject): readonly Finding[] {
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
