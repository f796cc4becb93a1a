import { isObject, type Json, type JsonObject, member } from '../model/json.ts';
import type { SchemaNode } from './schema-node.ts';
import { childOf } from './schema-walk.ts';

/**
 * The value as the API server would store it before it looks at it: schema defaults filled in, at every level and
 * inside the defaults themselves. CEL rules and list-map keys are evaluated on this.
 */
export function withDefaults(node: SchemaNode, value: Json): Json {
  if (Array.isArray(value)) {
    const items = node.items;
    return items === null ? value : value.map((item: Json) => withDefaults(items, item));
  }
  if (!isObject(value)) return value;
  const result: Record<string, Json> = Object.create(null);
  for (const [key, given] of Object.entries(value)) {
    const child = childOf(node, key);
    result[key] = child === null ? given : withDefaults(child, given);
  }
  for (const [key, child] of node.properties) {
    const given = member(value, key);
    const missing = given === undefined || (given === null && !child.nullable);
    if (missing && child.fallback !== undefined) result[key] = withDefaults(child, child.fallback);
  }
  const completed: JsonObject = result;
  return completed;
}
