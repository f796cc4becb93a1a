import { isObject, type Json, type JsonObject } from '../model/json.ts';

export interface MergedSpec {
  readonly spec: JsonObject;
  /** Field paths of single values on which the fragments disagree; the first was kept. */
  readonly conflicts: readonly string[];
}

/** Fragments of one object: members are merged one by one, lists one after the other, each item once. */
export function mergeSpecs(fragments: readonly JsonObject[]): MergedSpec {
  const conflicts = new Set<string>();
  const spec = fragments.reduce<JsonObject>((merged, fragment) => mergeObjects(merged, fragment, '', conflicts), {});
  return { spec, conflicts: [...conflicts] };
}

function mergeObjects(a: JsonObject, b: JsonObject, path: string, conflicts: Set<string>): JsonObject {
  const merged = new Map<string, Json>(Object.entries(a));
  for (const [key, value] of Object.entries(b)) {
    const known = merged.get(key);
    merged.set(key, known === undefined ? value : mergeValues(known, value, path === '' ? key : `${path}.${key}`, conflicts));
  }
  return Object.fromEntries(merged);
}

function mergeValues(a: Json, b: Json, path: string, conflicts: Set<string>): Json {
  if (isObject(a) && isObject(b)) return mergeObjects(a, b, path, conflicts);
  if (Array.isArray(a) && Array.isArray(b)) {
    const items: readonly Json[] = [...a, ...b];
    return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
  }
  if (JSON.stringify(a) !== JSON.stringify(b)) conflicts.add(path);
  return a;
}
