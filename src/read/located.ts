import type { Json, JsonObject } from '../model/json.ts';

/** A value together with the offsets, in the file, of everything in it. */
export type Located = LocatedScalar | LocatedMap | LocatedList;

interface Span {
  readonly at: number;
  readonly end: number;
  /** Number of values in it, aliases counted as often as they are used. */
  readonly size: number;
}

export interface LocatedScalar extends Span {
  readonly kind: 'scalar';
  readonly value: null | boolean | number | string;
  /** As it stands in the file, quotes and escapes resolved. */
  readonly written: string;
}

export interface LocatedMap extends Span {
  readonly kind: 'map';
  readonly value: JsonObject;
  readonly members: ReadonlyMap<string, Member>;
}

export interface LocatedList extends Span {
  readonly kind: 'list';
  readonly value: readonly Json[];
  readonly items: readonly Located[];
}

export interface Member {
  readonly keyAt: number;
  readonly node: Located;
}

export function scalarAt(value: LocatedScalar['value'], written: string, at: number, end: number): LocatedScalar {
  return { kind: 'scalar', value, written, at, end, size: 1 };
}

export function listAt(items: readonly Located[], at: number, end: number): LocatedList {
  let size = 1;
  for (const item of items) size += item.size;
  return { kind: 'list', value: items.map((item) => item.value), items, at, end, size };
}

/** The value inherits nothing: a key named `__proto__` is a key like any other. */
export function mapAt(members: ReadonlyMap<string, Member>, at: number, end: number): LocatedMap {
  const value = new Bare();
  let size = 1;
  members.forEach(({ node }, key) => {
    value[key] = node.value;
    size += node.size;
  });
  return { kind: 'map', value, members, at, end, size };
}

/**
 * What `Object.create(null)` is, but for an empty prototype between: V8 keeps objects of a constructor several times smaller, and a
 * large estate has a million of them.
 */
class Bare {
  [key: string]: Json;
}
Object.setPrototypeOf(Bare.prototype, null);
Reflect.deleteProperty(Bare.prototype, 'constructor');
