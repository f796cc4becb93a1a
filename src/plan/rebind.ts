import type { ExtensionObject, OutputObject, ParentRef } from '../gateway/types.ts';
import type { Settlement, WrittenField } from '../ledger/outcome.ts';
import { isObject, type Json, type JsonObject, member } from '../model/json.ts';

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
      return object.apiVersion.startsWith('gateway.networking.k8s.io/') || !('spec' in object) ? object : withSections(object, moved);
  }
}

/** Policies for one listener follow it. */
function withSections(object: OutputObject, moved: Rebinding): OutputObject {
  const spec: JsonObject = Object('spec' in object ? (object.spec ?? {}) : {});
  const followed = (ref: Json): Json => {
    const [kind, name, section] = ['kind', 'name', 'sectionName'].map((field) => member(ref, field));
    if (!isObject(ref) || kind !== 'Gateway' || typeof name !== 'string' || typeof section !== 'string') return ref;
    const found = moved.get(listenerKey(object.metadata.namespace ?? '', name, section));
    return found === undefined ? ref : { ...ref, kind: found.kind, name: found.name, sectionName: found.sectionName };
  };
  const [refs, ref] = [member(spec, 'targetRefs'), member(spec, 'targetRef')];
  if (!Array.isArray(refs) && !isObject(ref)) return object;
  const { apiVersion, kind, metadata } = object;
  const policy: ExtensionObject = {
    apiVersion,
    kind,
    metadata,
    spec: {
      ...spec,
      ...(Array.isArray(refs) ? { targetRefs: refs.map(followed) } : {}),
      ...(isObject(ref) ? { targetRef: followed(ref) } : {}),
    },
  };
  return policy;
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
