import type { ExtensionObject } from '../gateway/types.ts';
import { isObject, type Json, type JsonObject, member } from '../model/json.ts';
import type { PlannedObject } from './plan.ts';

/**
 * What holds for a whole Gateway holds for its continuation as well: by one more of its `targetRefs`, or as a copy where it has
 * room for one. What is about one listener follows that listener (`rebound`).
 */
export function alsoHoldingFor(
  planned: PlannedObject,
  { namespace, name, next }: { readonly namespace: string; readonly name: string; readonly next: string },
): readonly PlannedObject[] {
  const { object } = planned;
  if (object.metadata.namespace !== namespace || object.apiVersion.startsWith('gateway.networking.k8s.io/') || !('spec' in object))
    return [planned];
  const spec: JsonObject = Object(object.spec ?? {});
  const isIt = (ref: Json | undefined): ref is JsonObject =>
    isObject(ref) && member(ref, 'kind') === 'Gateway' && member(ref, 'name') === name && member(ref, 'sectionName') === undefined;
  const refs = member(spec, 'targetRefs');
  if (Array.isArray(refs)) {
    const whole = refs.filter(isIt);
    return whole.length === 0
      ? [planned]
      : [withSpec(planned, { ...spec, targetRefs: [...refs, ...whole.map((ref) => ({ ...ref, name: next }))] })];
  }
  const ref = member(spec, 'targetRef');
  if (!isIt(ref)) return [planned];
  return [planned, withSpec(planned, { ...spec, targetRef: { ...ref, name: next } }, `${object.metadata.name}-${next}`)];
}

function withSpec(planned: PlannedObject, spec: JsonObject, name = planned.object.metadata.name): PlannedObject {
  const { apiVersion, kind, metadata } = planned.object;
  const object: ExtensionObject = { apiVersion, kind, metadata: { ...metadata, name }, spec };
  return { ...planned, object };
}
