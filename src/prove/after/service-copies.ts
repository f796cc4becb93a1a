import type { OutputObject } from '../../gateway/types.ts';
import type { Estate } from '../../model/estate.ts';
import { isObject, type Json, member } from '../../model/json.ts';

/** `namespace/name:port` of Services among the objects → the Service and port of the input with the same Pods behind the same port. */
export function serviceCopies(objects: readonly OutputObject[], estate: Estate): ReadonlyMap<string, string> {
  const copies = new Map<string, string>();
  for (const object of objects) {
    if (object.kind !== 'Service') continue;
    const { name, namespace = 'default' } = object.metadata;
    const { spec } = object as { spec?: Json };
    const ports = member(spec, 'ports');
    for (const port of Array.isArray(ports) ? ports : []) {
      const number = member(port, 'port');
      const twin = estate.services.find(
        (service) =>
          service.ref.namespace === namespace &&
          service.ref.name !== name &&
          sameSelector(service.selector, member(spec, 'selector')) &&
          service.ports.some((own) => own.port === number && (own.targetPort ?? own.port) === (member(port, 'targetPort') ?? number)),
      );
      if (twin !== undefined) copies.set(`${namespace}/${name}:${String(number)}`, `${namespace}/${twin.ref.name}:${String(number)}`);
    }
  }
  return copies;
}

function sameSelector(own: Readonly<Record<string, string>>, other: Json | undefined): boolean {
  if (!isObject(other)) return false;
  const keys = Object.keys(own);
  return keys.length > 0 && keys.length === Object.keys(other).length && keys.every((key) => member(other, key) === own[key]);
}
