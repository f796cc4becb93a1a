import { apiVersionOf, GATEWAY_API_GROUP, hasField } from '../gateway/fields.ts';
import type { Release } from '../gateway/release.ts';
import type { Gateway, Listener, ListenerSet, OutputObject, ReferenceGrant } from '../gateway/types.ts';
import { compareText } from '../model/position.ts';
import { planFindings } from './findings.ts';
import type { Plan, PlannedObject } from './plan.ts';
import { listenerKey, type Rebound, rebound, reboundSettlement } from './rebind.ts';

/**
 * The plan with every listener that belongs to one namespace in a ListenerSet of that namespace: its team owns the listener and
 * its certificate, and no grant is needed for that. What has routes of several namespaces stays on the Gateway, and so does
 * everything of a Gateway that other objects say something about: whether that holds for ListenerSets is not promised.
 */
export function withListenerSets(plan: Plan, release: Release): Plan {
  const gateways = plan.objects.filter(
    (planned): planned is PlannedObject & { readonly object: Gateway } => planned.object.kind === 'Gateway',
  );
  const version = apiVersionOf(release, 'ListenerSet');
  if (version === null || !hasField(release, 'Gateway.allowedListeners'))
    return gateways.length === 0
      ? plan
      : { ...plan, findings: [...plan.findings, planFindings['no-listener-sets']({ version: release.version })] };
  const moved = new Map<string, Rebound>();
  const findings = [...plan.findings];
  const replaced = new Map<PlannedObject, readonly PlannedObject[]>();
  for (const planned of gateways) {
    const { name, namespace = '' } = planned.object.metadata;
    const label = `${namespace}/${name}`;
    if (isGoverned(planned.object, plan.objects)) {
      findings.push(planFindings['listeners-stay']({ gateway: label }));
      continue;
    }
    const homes = planned.object.spec.listeners.map((listener) => ({ listener, home: homeOf(listener, namespace) }));
    const sets = new Map<string, Listener[]>();
    for (const { listener, home } of homes) {
      if (home === null) continue;
      sets.set(home, [...(sets.get(home) ?? []), listener]);
      moved.set(listenerKey(namespace, name, listener.name), { kind: 'ListenerSet', namespace: home, name, sectionName: listener.name });
    }
    if (sets.size === 0) continue;
    const staying = homes.flatMap(({ listener, home }) => (home === null ? [listener] : []));
    const namespaces = [...sets.keys()].sort(compareText);
    replaced.set(planned, [
      remaining(planned, staying, namespaces),
      ...namespaces.map((home) => setOf(planned, home, sets.get(home) ?? [], version)),
    ]);
  }
  const objects = plan.objects.flatMap((planned) => replaced.get(planned) ?? [{ ...planned, object: rebound(planned.object, moved) }]);
  return {
    ...plan,
    objects: withoutIdleGrants(objects),
    settled: plan.settled.map((settlement) => reboundSettlement(settlement, moved)),
    findings,
  };
}

/** The one namespace that routes come from, if everything the listener needs is there. */
function homeOf({ allowedRoutes, tls }: Listener, gatewayNamespace: string): string | null {
  const namespaces = allowedRoutes?.namespaces;
  const home = namespaces?.from === 'Selector' ? namespaces.selector.matchLabels?.['kubernetes.io/metadata.name'] : undefined;
  if (home === undefined || (tls?.certificateRefs ?? []).some((ref) => (ref.namespace ?? gatewayNamespace) !== home)) return null;
  return home;
}

/** Whether something else names the Gateway: policies, or its own settings for clients' certificates. */
function isGoverned({ metadata, spec }: Gateway, objects: readonly PlannedObject[]): boolean {
  if (spec.tls?.frontend !== undefined) return true;
  return objects.some(({ object }) => {
    if (object.apiVersion.startsWith(`${GATEWAY_API_GROUP}/`) || !('spec' in object)) return false;
    const text = JSON.stringify(object.spec ?? {});
    return (
      object.metadata.namespace === metadata.namespace && text.includes('"kind":"Gateway"') && text.includes(`"name":"${metadata.name}"`)
    );
  });
}

function remaining(
  planned: PlannedObject & { readonly object: Gateway },
  staying: readonly Listener[],
  namespaces: readonly string[],
): PlannedObject {
  const { object } = planned;
  const key = 'kubernetes.io/metadata.name';
  return {
    ...planned,
    object: {
      ...object,
      spec: {
        ...object.spec,
        allowedListeners: {
          namespaces: { from: 'Selector', selector: { matchExpressions: [{ key, operator: 'In', values: namespaces }] } },
        },
        listeners: staying.length === 0 ? [PLACEHOLDER] : staying,
      },
    },
    notes:
      staying.length === 0
        ? [...planned.notes, 'a Gateway has to have a listener: this one serves nothing, the others are in ListenerSets']
        : planned.notes,
  };
}

/** No name under `invalid` can ever be asked for (RFC 6761). */
const PLACEHOLDER: Listener = {
  name: 'placeholder',
  hostname: 'placeholder.invalid',
  port: 80,
  protocol: 'HTTP',
  allowedRoutes: { namespaces: { from: 'Same' } },
};

function setOf(
  planned: PlannedObject & { readonly object: Gateway },
  home: string,
  listeners: readonly Listener[],
  apiVersion: ListenerSet['apiVersion'],
): PlannedObject {
  const { name, namespace = '', annotations } = planned.object.metadata;
  const object: ListenerSet = {
    apiVersion,
    kind: 'ListenerSet',
    // Tools that read a Gateway read its ListenerSets as well.
    metadata: { name, namespace: home, ...(annotations === undefined ? {} : { annotations }) },
    spec: { parentRef: { name, namespace }, listeners: listeners.map(ofOwnNamespace) },
  };
  return { object, role: 'routes', origin: planned.origin.filter((ref) => ref.namespace === home), notes: [] };
}

function ofOwnNamespace(listener: Listener): Listener {
  const refs = listener.tls?.certificateRefs;
  return {
    ...listener,
    ...(refs === undefined ? {} : { tls: { ...listener.tls, certificateRefs: refs.map(({ namespace: _, ...ref }) => ref) } }),
    allowedRoutes: { namespaces: { from: 'Same' } },
  };
}

/** Grants for certificates that no Gateway refers to any more would only be open doors. */
function withoutIdleGrants(objects: readonly PlannedObject[]): readonly PlannedObject[] {
  const used = new Set(
    objects.flatMap(({ object }) =>
      isGateway(object)
        ? object.spec.listeners.flatMap(({ tls }) =>
            (tls?.certificateRefs ?? []).map(
              (ref) => `${object.metadata.namespace} ${ref.namespace ?? object.metadata.namespace}/${ref.name}`,
            ),
          )
        : [],
    ),
  );
  return objects.flatMap((planned) => {
    const { object } = planned;
    if (!isGrant(object)) return [planned];
    const [from] = object.spec.from;
    if (from?.kind !== 'Gateway') return [planned];
    const to = object.spec.to.filter(
      ({ kind, name }) => kind !== 'Secret' || used.has(`${from.namespace} ${object.metadata.namespace}/${name ?? ''}`),
    );
    return to.length === 0 ? [] : [{ ...planned, object: { ...object, spec: { ...object.spec, to } } }];
  });
}

function isGateway(object: OutputObject): object is Gateway {
  return object.kind === 'Gateway';
}

function isGrant(object: OutputObject): object is ReferenceGrant {
  return object.kind === 'ReferenceGrant';
}
