import { isObject, type Json, member } from '../model/json.ts';
import { compareText } from '../model/position.ts';
import type { SchemaNode } from './schema-node.ts';
import { walkSchema } from './schema-walk.ts';
import type { FoundViolation } from './violation.ts';

/** Repeated elements of `x-kubernetes-list-type: set` and repeated keys of `map` lists. `object` has its defaults. */
export function repeatedElements(root: SchemaNode, object: Json): FoundViolation[] {
  const found: FoundViolation[] = [];
  walkSchema(root, object, (node, value, path) => {
    if (Array.isArray(value)) found.push(...repeatedIn(node, value, path));
  });
  return found;
}

function repeatedIn(node: SchemaNode, list: readonly Json[], path: readonly (string | number)[]): FoundViolation[] {
  if (!node.isSet && node.mapKeys.length === 0) return [];
  const first = new Map<string, number>();
  return list.flatMap((item, index) => {
    const key = node.isSet ? canonical(item) : canonical(node.mapKeys.map((name) => member(item, name) ?? null));
    const earlier = first.get(key);
    if (earlier === undefined) {
      first.set(key, index);
      return [];
    }
    const what = node.isSet ? 'the same value' : `the same ${node.mapKeys.join(' and ')}`;
    return [{ path: [...path, index], rule: node.isSet ? 'set' : 'list-map-key', message: `${what} as element ${earlier}` } as const];
  });
}

/** Equal values give equal texts, whatever the order of their keys. */
function canonical(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const members = Object.entries(value).sort(([a], [b]) => compareText(a, b));
  return `{${members.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).join()}}`;
}
