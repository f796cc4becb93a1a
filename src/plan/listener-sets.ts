import { NAMESPACE_NAME } from '../gateway/admission.ts';
import { apiVersionOf } from '../gateway/fields.ts';
import { LIMITS } from '../gateway/limits.ts';
import type { Release } from '../gateway/release.ts';
import type { Gateway, Listener, ListenerSet, RouteNamespaces } from '../gateway/types.ts';
import type { Finding } from '../ledger/finding.ts';
import { groupBy } from '../model/group-by.ts';
import { compareText } from '../model/position.ts';
import type { Dialect } from '../targets/dialect.ts';
import { admittedTo, type Theirs, theirListeners } from './existing-gateways.ts';
import { planFindings } from './findings.ts';
import { hasListenerSets, inRelease, isGateway, isGoverned } from './governed.ts';
import type { Plan, PlannedObject } from './plan.ts';
import { listenerKey, type Rebound, rebound, reboundSettlement } from './rebind.ts';
import { setGrants } from './set-grants.ts';
import { setNames } from './set-names.ts';

type PlannedGateway = PlannedObject & { readonly object: Gateway };

/** A ListenerSet to be: `part` counts those of one Gateway and namespace. */
interface SetDraft {
  readonly planned: PlannedGateway;
  readonly home: string;
  readonly part: number;
  readonly listeners: readonly Listener[];
}

/**
 * The plan with every listener that belongs to one namespace in a ListenerSet of that namespace: its team owns the listener and
 * its certificate, and no grant is needed for that. What has routes of several namespaces stays on the Gateway as long as that has
 * room, and else goes to ListenerSets beside it, so that all of it keeps one address. Everything of a Gateway that other objects
 * say something about stays: whether that holds for ListenerSets is not promised. So does what a Gateway of the input has.
 */
export function withListenerSets(
  plan: Plan,
  {
    release,
    dialect,
    target,
    theirs,
  }: { readonly release: Release; readonly dialect: Dialect | undefined; readonly target: string; readonly theirs: Theirs },
): Plan {
  const gateways = plan.objects.filter((planned): planned is PlannedGateway => isGateway(planned.object));
  const apiVersion = apiVersionOf(release, 'ListenerSet');
  if (gateways.length === 0) return plan;
  if (apiVersion === null || !hasListenerSets(release, dialect))
    return { ...plan, findings: [...plan.findings, unavailable(release, dialect, target)] };
  const findings: Finding[] = [...plan.findings];
  const drafts: SetDraft[] = [];
  const staying = new Map<PlannedObject, readonly Listener[]>();
  for (const planned of gateways) {
    const { name, namespace = '' } = planned.object.metadata;
    if (isGoverned(planned.object, plan.objects)) {
      findings.push(planFindings['listeners-stay']({ gateway: `${namespace}/${name}` }));
      continue;
    }
    const { kept, moved } = divided(planned, theirListeners(theirs, planned.object));
    drafts.push(...moved);
    if (moved.length > 0) staying.set(planned, kept);
  }
  const names = setNames(
    drafts.map(({ planned, home, part, listeners }) => ({ gateway: planned.object, home, part, listeners })),
    theirs.listenerSets,
  );
  const sets = drafts.map((draft, index) => ({ draft, name: names[index] ?? draft.planned.object.metadata.name }));
  const moved = new Map(
    sets.flatMap(({ draft: { planned, home, listeners }, name }) =>
      listeners.map((listener): [string, Rebound] => [
        listenerKey(planned.object.metadata.namespace ?? '', planned.object.metadata.name, listener.name),
        { kind: 'ListenerSet', namespace: home, name, sectionName: listener.name },
      ]),
    ),
  );
  const byGateway = groupBy(sets, ({ draft }): PlannedObject => draft.planned);
  const objects = plan.objects.flatMap((planned): readonly PlannedObject[] => {
    const own = byGateway.get(planned);
    const kept = staying.get(planned);
    if (own === undefined || kept === undefined || !isGateway(planned.object))
      return [{ ...planned, object: rebound(planned.object, moved) }];
    const homes = [...new Set(own.map(({ draft }) => draft.home))].sort(compareText);
    return [remaining(planned, planned.object, kept, homes, findings), ...own.map(({ draft, name }) => setOf(draft, name, apiVersion))];
  });
  return {
    ...plan,
    objects: setGrants(objects, release),
    settled: plan.settled.map((settlement) => reboundSettlement(settlement, moved)),
    findings,
  };
}

function unavailable(release: Release, dialect: Dialect | undefined, target: string): Finding {
  if (dialect?.listeners === 'port') return planFindings['listeners-shared']({ target });
  return inRelease(release)
    ? planFindings['listener-sets-unread']({ target })
    : planFindings['no-listener-sets']({ version: release.version });
}

/** What stays on the Gateway, and what goes to which ListenerSets; listeners of one host stay together. */
function divided(
  planned: PlannedGateway,
  theirs: ReadonlySet<string>,
): { readonly kept: readonly Listener[]; readonly moved: readonly SetDraft[] } {
  const { namespace = '' } = planned.object.metadata;
  const { listeners } = planned.object.spec;
  const own = listeners.filter(({ name }) => !theirs.has(name));
  const homed = new Map<string, Listener[]>();
  const shared: Listener[] = [];
  for (const listener of own) {
    const home = homeOf(listener, namespace);
    if (home === null) shared.push(listener);
    else homed.set(home, [...(homed.get(home) ?? []), listener]);
  }
  const room = LIMITS.listenersPerGateway - theirs.size;
  const units = byHost(shared);
  const kept: Listener[] = [];
  const beyond: Listener[] = [];
  for (const unit of units) (beyond.length === 0 && kept.length + unit.length <= room ? kept : beyond).push(...unit);
  if (beyond.length > 0) homed.set(namespace, beyond);
  const moved = [...homed]
    .sort(([a], [b]) => compareText(a, b))
    .flatMap(([home, some]) => chunks(byHost(some)).map((part, index): SetDraft => ({ planned, home, part: index + 1, listeners: part })));
  return { kept: [...listeners.filter(({ name }) => theirs.has(name)), ...kept], moved };
}

function byHost(listeners: readonly Listener[]): readonly (readonly Listener[])[] {
  return [...groupBy(listeners, ({ hostname, name }) => hostname ?? `any ${name}`).values()];
}

function chunks(units: readonly (readonly Listener[])[]): readonly (readonly Listener[])[] {
  const made: Listener[][] = [];
  for (const unit of units) {
    const last = made.at(-1);
    if (last !== undefined && last.length + unit.length <= LIMITS.listenersPerGateway) last.push(...unit);
    else made.push([...unit]);
  }
  return made;
}

/** The one namespace that routes come from, if everything the listener needs is there. */
function homeOf({ allowedRoutes, tls }: Listener, gatewayNamespace: string): string | null {
  const namespaces = allowedRoutes?.namespaces;
  const home = namespaces?.from === 'Selector' ? namespaces.selector.matchLabels?.[NAMESPACE_NAME] : undefined;
  if (home === undefined || (tls?.certificateRefs ?? []).some((ref) => (ref.namespace ?? gatewayNamespace) !== home)) return null;
  return home;
}

function remaining(
  planned: PlannedObject,
  object: Gateway,
  staying: readonly Listener[],
  homes: readonly string[],
  findings: Finding[],
): PlannedObject {
  const { allowedListeners, ...spec } = object.spec;
  const { namespaces, isWhole } = admittedTo(allowedListeners?.namespaces, homes, object.metadata.namespace ?? '');
  if (!isWhole) {
    const gateway = `${object.metadata.namespace ?? ''}/${object.metadata.name}`;
    findings.push(planFindings['sets-admitted']({ gateway, namespaces: homes.join(', ') }));
  }
  return {
    ...planned,
    object: { ...object, spec: { ...spec, allowedListeners: { namespaces }, listeners: staying.length === 0 ? [PLACEHOLDER] : staying } },
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

function setOf({ planned, home, listeners }: SetDraft, set: string, apiVersion: ListenerSet['apiVersion']): PlannedObject {
  const { name, namespace = '', annotations } = planned.object.metadata;
  const isBeside = home === namespace;
  const object: ListenerSet = {
    apiVersion,
    kind: 'ListenerSet',
    // Tools that read a Gateway read its ListenerSets as well.
    metadata: { name: set, namespace: home, ...(annotations === undefined ? {} : { annotations }) },
    spec: {
      parentRef: { name, ...(isBeside ? {} : { namespace }) },
      listeners: isBeside ? listeners : listeners.map(ofOwnNamespace),
    },
  };
  const origin = planned.origin.filter((ref) => isBeside || ref.namespace === home);
  const notes = isBeside ? [`what ${name} has no room for: several namespaces have routes on it`] : [];
  return { object, role: isBeside ? 'gateways' : 'routes', origin, notes };
}

function ofOwnNamespace(listener: Listener): Listener {
  const refs = listener.tls?.certificateRefs;
  const same: RouteNamespaces = { from: 'Same' };
  return {
    ...listener,
    ...(refs === undefined ? {} : { tls: { ...listener.tls, certificateRefs: refs.map(({ namespace: _, ...ref }) => ref) } }),
    allowedRoutes: { namespaces: same },
  };
}
