import type { CelInput } from '@bufbuild/cel';
import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import { isObject, type Json, member } from '../model/json.ts';
import type { SchemaNode } from './schema-node.ts';

/**
 * A value as CEL sees it, by its schema: integers as 64-bit integers, timestamps and bytes decoded, declared fields
 * under their escaped names. Map keys stay as they are. What the schema does not declare is not visible to rules.
 */
export function celValue(node: SchemaNode, value: Json): CelInput {
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'string') return celText(node, value);
  if (typeof value === 'number') return node.type !== 'number' && Number.isInteger(value) ? BigInt(value) : value;
  if (Array.isArray(value)) return value.map((item: Json) => (node.items === null ? freeValue(item) : celValue(node.items, item)));
  const entries = new Map<string, CelInput>();
  if (!isObject(value)) return entries;
  for (const [key, given] of Object.entries(value)) {
    const declared = node.properties.get(key);
    if (declared !== undefined) entries.set(escapeName(key), celValue(declared, given));
    else if (node.values !== null) entries.set(key, celValue(node.values, given));
  }
  return entries;
}

/** The root of every object: CEL sees apiVersion, kind and of the metadata the names alone. */
export function celRoot(root: SchemaNode, object: Json): CelInput {
  const entries = new Map<string, CelInput>();
  for (const key of ['apiVersion', 'kind']) entries.set(key, freeValue(member(object, key) ?? null));
  const metadata = member(object, 'metadata');
  const names = ['name', 'generateName'].flatMap((key) => {
    const value = member(metadata, key);
    return typeof value === 'string' ? [[key, value] as const] : [];
  });
  for (const [key, child] of root.properties) {
    const given = member(object, key);
    if (given !== undefined && !entries.has(key)) entries.set(escapeName(key), celValue(child, given));
  }
  return entries.set('metadata', new Map<string, CelInput>(names));
}

function celText(node: SchemaNode, value: string): CelInput {
  if (node.format === 'date-time' || node.format === 'date') return timestampFromDate(new Date(value));
  if (node.format === 'byte') return Uint8Array.from(atob(value), (char) => char.charCodeAt(0));
  return value;
}

function freeValue(value: Json): CelInput {
  if (typeof value === 'number') return Number.isInteger(value) ? BigInt(value) : value;
  if (Array.isArray(value)) return value.map(freeValue);
  return isObject(value) ? new Map<string, CelInput>(Object.entries(value).map(([key, item]) => [key, freeValue(item)])) : value;
}

/** Kubernetes' escaping of field names that are no CEL identifier: `namespace` is read as `__namespace__`. */
export function escapeName(name: string): string {
  if (KEYWORDS.has(name)) return `__${name}__`;
  return name.replaceAll('__', '__underscores__').replaceAll('.', '__dot__').replaceAll('-', '__dash__').replaceAll('/', '__slash__');
}

const KEYWORDS = new Set(
  `true false null in as break const continue else for function if import let loop package namespace return var void while`.split(' '),
);
