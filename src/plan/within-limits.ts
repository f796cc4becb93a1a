import { LIMITS } from '../gateway/limits.ts';
import type { Gateway, Listener } from '../gateway/types.ts';
import type { Finding } from '../ledger/finding.ts';
import type { Estate } from '../model/estate.ts';
import { groupBy } from '../model/group-by.ts';
import { alsoHoldingFor } from './also-holding.ts';
import { onExistingGateways, type TheirGateway, type Theirs } from './existing-gateways.ts';
import { planFindings } from './findings.ts';
import { isGateway } from './governed.ts';
import type { Plan, PlannedObject } from './plan.ts';
import { listenerKey, type Rebound, rebound, reboundSettlement } from './rebind.ts';

/**
 * A Gateway of the input that has no room for all listeners of ours gets what fits, hosts that bind to listeners of its own
 * first; the others go to further Gateways of its class, whole hosts at a time, and with them what was to hold for the Gateway.
 */
export function withinLimits(plan: Plan, theirs: Theirs, estate: Estate): Plan {
  const full = plan.objects.find(({ object }) => isGateway(object) && object.spec.listeners.length > LIMITS.listenersPerGateway);
  if (full === undefined || !isGateway(full.object)) return plan;
  const { object: gateway } = full;
  const { name, namespace = '' } = gateway.metadata;
  const label = `${namespace}/${name}`;
  const their = theirs.gateways.get(label);
  if (their === undefined) return plan;
  const { kept, beyond } = fitted(gateway.spec.listeners, their);
  const next = freeGatewayName(plan, namespace, their.own.metadata.name);
  const moved = new Map<string, Rebound>(
    beyond.flatMap(({ listeners, bound }) =>
      [...listeners.map((listener) => [listener.name, listener.name] as const), ...bound].map(([from, to]): [string, Rebound] => [
        listenerKey(namespace, name, from),
        { kind: 'Gateway', namespace, name: next, sectionName: to },
      ]),
    ),
  );
  const further = furtherGateway(
    gateway,
    their,
    next,
    beyond.flatMap(({ listeners, again }) => [...listeners, ...again]),
  );
  const objects = plan.objects.flatMap((planned): readonly PlannedObject[] =>
    planned === full
      ? [
          { ...planned, object: withListeners(gateway, kept) },
          { ...planned, object: further, notes: [`what ${name} of the input has no room for`] },
        ]
      : alsoHoldingFor({ ...planned, object: rebound(planned.object, moved) }, { namespace, name, next }),
  );
  const hosts = beyond.map(({ listeners }) => listeners[0]?.hostname ?? 'any host').join(', ');
  const finding: Finding = planFindings['gateway-full']({ gateway: label, further: `${namespace}/${next}`, hosts }, { at: their.found.at });
  const settled = plan.settled.map((settlement) => reboundSettlement(settlement, moved));
  const again = onExistingGateways(
    { ...plan, objects, settled, findings: [...plan.findings, finding] },
    estate,
    new Set([`${namespace}/${next}`]),
  );
  const gateways = new Map([...theirs.gateways, ...again.theirs.gateways]);
  // What is not theirs has room: the further Gateway was filled up to the limit.
  if (!again.theirs.gateways.has(`${namespace}/${next}`))
    gateways.set(`${namespace}/${next}`, { ...their, own: { ...further, metadata: their.own.metadata }, names: new Set(), taken: [] });
  return withinLimits(again.plan, { ...theirs, gateways }, estate);
}

interface Unit {
  readonly listeners: readonly Listener[];
  /** Of the same host, which bound to listeners of theirs and has to go along. */
  readonly again: readonly Listener[];
  /** By names of theirs, what they are called there. */
  readonly bound: readonly (readonly [string, string])[];
}

function fitted(
  all: readonly Listener[],
  { names, taken }: TheirGateway,
): { readonly kept: readonly Listener[]; readonly beyond: readonly Unit[] } {
  const own = all.filter(({ name }) => !names.has(name));
  const units = [...groupBy(own, ({ hostname, name }) => hostname ?? `any ${name}`).values()].map((listeners): Unit => {
    const beside = taken.filter(({ own: listener }) => listener.hostname !== undefined && listener.hostname === listeners[0]?.hostname);
    return {
      listeners,
      again: beside.map(({ own: listener }) => listener),
      bound: beside.map(({ own: { name: to }, name: from }) => [from, to] as const),
    };
  });
  const kept = all.filter(({ name }) => names.has(name));
  const beyond: Unit[] = [];
  for (const unit of units.toSorted((a, b) => Number(b.again.length > 0) - Number(a.again.length > 0)))
    if (kept.length + unit.listeners.length <= LIMITS.listenersPerGateway) kept.push(...unit.listeners);
    else beyond.push(unit);
  return { kept, beyond };
}

/** Of their class, with what ours was to have. */
function furtherGateway(full: Gateway, { own }: TheirGateway, name: string, listeners: readonly Listener[]): Gateway {
  const { addresses: _, allowedListeners: __, ...spec } = own.spec;
  return { ...own, metadata: { ...own.metadata, name }, spec: { ...spec, gatewayClassName: full.spec.gatewayClassName, listeners } };
}

function withListeners(gateway: Gateway, listeners: readonly Listener[]): Gateway {
  return { ...gateway, spec: { ...gateway.spec, listeners } };
}

function freeGatewayName({ objects }: Plan, namespace: string, name: string): string {
  const taken = new Set(
    objects.flatMap(({ object }) => (isGateway(object) && object.metadata.namespace === namespace ? [object.metadata.name] : [])),
  );
  for (let number = 2; ; number++) if (!taken.has(`${name}-${number}`)) return `${name}-${number}`;
}
