import { isObject, type Json } from '../model/json.ts';
import { childOf } from './schema-defaults.ts';
import type { SchemaNode } from './schema-node.ts';
import type { FoundViolation } from './violation.ts';

/** Fields that the API server would prune, silently unless strict validation is on. */
export function unknownFields(root: SchemaNode, object: Json): FoundViolation[] {
  const found: FoundViolation[] = [];
  const walk = (node: SchemaNode, value: Json, path: readonly (string | number)[]): void => {
    if (Array.isArray(value)) {
      const items = node.items;
      if (items !== null) value.forEach((item: Json, index) => walk(items, item, [...path, index]));
      return;
    }
    if (!isObject(value)) return;
    for (const [key, given] of Object.entries(value)) {
      // An object's own head is not the schema's business: the server knows it for every kind.
      if ((path.length === 0 || node.embedded) && OBJECT_HEAD.has(key)) continue;
      const child = childOf(node, key);
      if (child !== null) walk(child, given, [...path, key]);
      else if (!node.preserveUnknown) {
        found.push({ path: [...path, key], rule: 'unknown-field', message: 'unknown field: the API server drops it' });
      }
    }
  };
  walk(root, object, []);
  return found;
}

const OBJECT_HEAD = new Set(['apiVersion', 'kind', 'metadata']);
