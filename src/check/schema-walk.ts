import { isObject, type Json } from '../model/json.ts';
import type { SchemaNode } from './schema-node.ts';

type Visit = (node: SchemaNode, value: Json, path: readonly (string | number)[]) => void;

/** Visits a value and everything in it that the schema declares, parents first. */
export function walkSchema(root: SchemaNode, object: Json, visit: Visit): void {
  const walk: Visit = (node, value, path) => {
    visit(node, value, path);
    if (Array.isArray(value)) {
      for (const [index, item] of value.entries()) if (node.items !== null) walk(node.items, item, [...path, index]);
    } else if (isObject(value)) {
      for (const [key, given] of Object.entries(value)) {
        const child = isHead(node, key, path) ? null : childOf(node, key);
        if (child !== null) walk(child, given, [...path, key]);
      }
    }
  };
  walk(root, object, []);
}

/** The schema of a field, declared or as value of a map; null when the schema says nothing of it. */
export function childOf(node: SchemaNode, key: string): SchemaNode | null {
  return node.properties.get(key) ?? node.values;
}

/** An object's own head is not the schema's business: the server knows it for every kind. */
export function isHead(node: SchemaNode, key: string, path: readonly (string | number)[]): boolean {
  return (path.length === 0 || node.embedded) && OBJECT_HEAD.has(key);
}

const OBJECT_HEAD = new Set(['apiVersion', 'kind', 'metadata']);
