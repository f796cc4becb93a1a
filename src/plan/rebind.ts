import type { OutputObject, ParentRef } from '../gateway/types.ts';
import type { Settlement, WrittenField } from '../ledger/outcome.ts';

/** What a listener is called from now on, and whose it is. */
export interface Rebound {
  readonly kind: 'Gateway' | 'ListenerSet';
  readonly namespace: string;
  readonly name: string;
  readonly sectionName: string;
}

/** By `listenerKey`. */
export type Rebinding = ReadonlyMap<string, Rebound>;

export function listenerKey(namespace: string, gateway: string, listener: string): string {
  return JSON.stringify([namespace, gateway, listener]);
}

/** The object with its parents called as they are from now on. */
export function rebound(object: OutputObject, moved: Rebinding): OutputObject {
  switch (object.kind) {
    case 'HTTPRoute':
    case 'GRPCRoute':
    case 'TLSRoute':
    case 'TCPRoute':
    case 'UDPRoute':
      if (!('spec' in object) || object.spec === undefined || !('parentRefs' in object.spec) || !Array.isArray(object.spec.parentRefs))
        return object;
      return withParents(object, object.spec.parentRefs, moved);
    default:
      return object;
  }
}

function withParents(object: OutputObject, parents: readonly ParentRef[], moved: Rebinding): OutputObject {
  const home = object.metadata.namespace ?? '';
  const parentRefs = parents.map((parent) => {
    const found = moved.get(listenerKey(parent.namespace ?? home, parent.name, parent.sectionName ?? ''));
    if (found === undefined) return parent;
    return {
      ...(found.kind === 'Gateway' ? {} : { kind: found.kind }),
      name: found.name,
      ...(found.namespace === home ? {} : { namespace: found.namespace }),
      sectionName: found.sectionName,
    };
  });
  // Sound: a route stays of its kind, and the references are of their type.
  return { ...object, spec: { ...('spec' in object ? object.spec : {}), parentRefs } } as OutputObject;
}

/** The books say where a setting was written: a listener's are written where the listener stands. */
export function reboundSettlement(settlement: Settlement, moved: Rebinding): Settlement {
  if (!settlement.wrote.some(({ kind }) => kind === 'Gateway')) return settlement;
  return { ...settlement, wrote: settlement.wrote.map((field) => reboundField(field, moved)) };
}

function reboundField(written: WrittenField, moved: Rebinding): WrittenField {
  const [, listener] = /^spec\.listeners\["([^"]+)"\]/.exec(written.field) ?? [];
  if (written.kind !== 'Gateway' || listener === undefined) return written;
  const found = moved.get(listenerKey(written.namespace, written.name, listener));
  if (found === undefined) return written;
  const { kind, namespace, name, sectionName } = found;
  return { kind, namespace, name, field: written.field.replace(`["${listener}"]`, `["${sectionName}"]`) };
}
