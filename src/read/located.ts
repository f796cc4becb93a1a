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
  return { kind: 'list', value: items.map((item) => item.value), items, at, end, size: 1 + sum(items) };
}

/** The value has no prototype: a key named `__proto__` is a key like any other. */
export function mapAt(members: ReadonlyMap<string, Member>, at: number, end: number): LocatedMap {
  const value: Record<string, Json> = Object.create(null);
  for (const [key, member] of members) value[key] = member.node.value;
  return { kind: 'map', value, members, at, end, size: 1 + sum([...members.values()].map((member) => member.node)) };
}

function sum(nodes: readonly Located[]): number {
  return nodes.reduce((total, node) => total + node.size, 0);
}
