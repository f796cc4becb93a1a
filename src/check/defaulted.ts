import type { JsonObject } from '../model/json.ts';
import { isObject, type Json } from '../model/json.ts';
import { apiGroup } from '../model/source.ts';
import { type CrdSet, findCrd } from './crd-set.ts';
import { withDefaults } from './schema-defaults.ts';
import { schemaNode } from './schema-node.ts';

/** An object as the API server would store it: with the defaults of its CRD. Null where the set does not have its version. */
export function defaulted(crds: CrdSet, object: JsonObject): JsonObject | null {
  const { apiVersion, kind } = object;
  if (typeof apiVersion !== 'string' || typeof kind !== 'string') return null;
  const version = findCrd(crds, apiGroup(apiVersion), kind)?.versions.find(
    ({ name }) => name === apiVersion.slice(apiVersion.indexOf('/') + 1),
  );
  if (version === undefined) return null;
  const complete: Json = withDefaults(schemaNode(version.schema), object);
  return isObject(complete) ? complete : null;
}
