import { isObject, type Json } from '../model/json.ts';
import type { SchemaNode } from './schema-node.ts';
import { childOf, isHead, walkSchema } from './schema-walk.ts';
import type { FoundViolation } from './violation.ts';

/** Fields that the API server would prune, silently unless strict validation is on. */
export function unknownFields(root: SchemaNode, object: Json): FoundViolation[] {
  const found: FoundViolation[] = [];
  walkSchema(root, object, (node, value, path) => {
    if (!isObject(value) || node.preserveUnknown) return;
    for (const key of Object.keys(value)) {
      if (isHead(node, key, path) || childOf(node, key) !== null) continue;
      found.push({ path: [...path, key], rule: 'unknown-field', message: 'unknown field: the API server drops it' });
    }
  });
  return found;
}
