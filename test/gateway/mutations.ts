import fc from 'fast-check';
import type { ExtensionObject } from '../../src/gateway/types.ts';

export type Leaf = string | number | boolean;

/** A change of one place of an object; `place` picks it, whatever the object looks like. */
export interface Mutation {
  readonly place: number;
  readonly change: 'remove' | 'replace' | 'repeat' | 'multiply' | 'add' | 'wrap' | 'move';
  readonly value: Leaf;
  readonly count: number;
}

export function mutation(values: readonly Leaf[]): fc.Arbitrary<Mutation> {
  return fc.record({
    place: fc.nat(100_000),
    change: fc.constantFrom('remove', 'replace', 'replace', 'replace', 'repeat', 'multiply', 'add', 'wrap', 'move'),
    value: leaf(values),
    count: fc.constantFrom(8, 16, 17, 32, 33, 63, 64, 65, 128, 129),
  });
}

export function leaf(values: readonly Leaf[]): fc.Arbitrary<Leaf> {
  return fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...values) },
    { weight: 1, arbitrary: fc.string({ unit: fc.constantFrom(...'aA0-._/*:% #é$%2fF') }) },
    { weight: 1, arbitrary: fc.integer({ min: -1, max: 70_000 }) },
  );
}

type Container = unknown[] | Record<string, unknown>;

/** A copy with one change; the object's own head stays, so that it is still of its kind. */
export function mutate(object: ExtensionObject, { place, change, value, count }: Mutation): ExtensionObject {
  const copy = structuredClone(object);
  const places = placesOf(copy.spec ?? {});
  const target = places[place % places.length];
  if (target === undefined) return copy;
  const [parent, key] = target;
  const current = get(parent, key);
  switch (change) {
    case 'remove':
      if (Array.isArray(parent)) parent.splice(Number(key), 1);
      else delete parent[key];
      return copy;
    case 'replace':
      set(parent, key, value);
      return copy;
    case 'repeat':
      if (Array.isArray(parent)) parent.push(structuredClone(current));
      return copy;
    case 'multiply':
      if (Array.isArray(parent)) while (parent.length < count) parent.push(renamed(current, parent.length));
      return copy;
    case 'add':
      if (isContainer(current) && !Array.isArray(current)) current[String(value)] = value;
      return copy;
    case 'wrap':
      set(parent, key, [current]);
      return copy;
    case 'move': {
      // Exchanges two places of the same type.
      const others = places.filter(([other, name]) => typeof get(other, name) === typeof current);
      const [other, name] = others[count % others.length] ?? target;
      if (!isContainer(current)) {
        set(parent, key, get(other, name));
        set(other, name, current);
      }
      return copy;
    }
  }
}

/** A copy that differs in its name, host or port, so that long lists are not refused for repetitions alone. */
function renamed(value: unknown, index: number): unknown {
  if (typeof value === 'string') return `h${index}.example.com`;
  if (!isContainer(value) || Array.isArray(value)) return structuredClone(value);
  const copy = structuredClone(value);
  if (typeof copy['name'] === 'string') copy['name'] = `n${index}`;
  if (typeof copy['hostname'] === 'string') copy['hostname'] = `h${index}.example.com`;
  if (typeof copy['port'] === 'number') copy['port'] = 1000 + index;
  return copy;
}

function placesOf(value: unknown): [Container, string][] {
  if (!isContainer(value)) return [];
  return Object.keys(value).flatMap((key): [Container, string][] => [[value, key], ...placesOf(get(value, key))]);
}

/** The place of the scalar at a field path such as `spec.rules[0].name`; empty when there is none. */
export function leafAt({ spec }: ExtensionObject, path: string): number[] {
  const keys = path.match(/[\w-]+/g)?.slice(1) ?? [];
  let current: unknown = spec;
  let last: readonly [Container, string] | null = null;
  for (const key of keys) {
    if (!isContainer(current)) return [];
    last = [current, key];
    current = get(current, key);
  }
  const [parent, name] = last ?? [];
  if (isContainer(current) || current === undefined) return [];
  return placesOf(spec).flatMap(([container, key], index) => (container === parent && key === name ? [index] : []));
}

export function leaves(value: unknown): Leaf[] {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return [value];
  return isContainer(value) ? Object.values(value).flatMap(leaves) : [];
}

function isContainer(value: unknown): value is Container {
  return typeof value === 'object' && value !== null;
}

function get(container: Container, key: string): unknown {
  return Array.isArray(container) ? container[Number(key)] : container[key];
}

function set(container: Container, key: string, value: unknown): void {
  if (Array.isArray(container)) container[Number(key)] = value;
  else container[key] = value;
}
