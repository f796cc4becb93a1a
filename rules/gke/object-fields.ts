import type { Entry } from '../../src/model/entry.ts';
import { appendSegment } from '../../src/model/field-path.ts';
import { type Json, member } from '../../src/model/json.ts';
import type { OtherObject } from '../../src/model/objects.ts';
import type { Parsed, Read } from '../../src/rule/codec.ts';

/** How the API server reads a field: by its type in the schema. */
export interface FieldCodec<T> {
  readonly parse: (value: Json) => Parsed<T>;
}

export const boolField: FieldCodec<boolean> = {
  parse: (value) => (typeof value === 'boolean' ? { ok: true, value } : { ok: false, reason: 'not true or false' }),
};

export const textField: FieldCodec<string> = {
  parse: (value) => (typeof value === 'string' ? { ok: true, value } : { ok: false, reason: 'not text' }),
};

export function intField(from: number, to: number): FieldCodec<number> {
  return {
    parse: (value) =>
      typeof value === 'number' && Number.isInteger(value) && value >= from && value <= to
        ? { ok: true, value }
        : { ok: false, reason: `not a whole number from ${from} to ${to}` },
  };
}

export function choiceField<const T extends readonly string[]>(...choices: T): FieldCodec<T[number]> {
  return {
    parse(value) {
      const found = choices.find((choice) => choice === value);
      return found === undefined
        ? { ok: false, reason: `none of ${choices.filter((each) => each !== '').join(', ')}` }
        : { ok: true, value: found };
    },
  };
}

type Segments = readonly (string | number)[];

/** One leaf of an object. A null, and an empty map or list in its place, are as good as absent. */
export function readField<T>(object: OtherObject, path: Segments, codec: FieldCodec<T>): Read<T> {
  const entry = leafAt(object, path);
  const value = valueAt(object, path);
  if (entry === undefined || value === undefined || value === null || ['{}', '[]'].includes(JSON.stringify(value)))
    return { state: 'absent' };
  const parsed = codec.parse(value);
  return parsed.ok ? { state: 'valid', entry, value: parsed.value } : { state: 'invalid', entry, reason: parsed.reason };
}

export function valueAt(object: OtherObject, path: Segments): Json | undefined {
  let value: Json | undefined = object.value;
  for (const segment of path)
    value = typeof segment === 'number' ? (Array.isArray(value) ? value[segment] : undefined) : member(value, segment);
  return value;
}

/** How many items a list has; 0 where there is none. */
export function lengthAt(object: OtherObject, path: Segments): number {
  const value = valueAt(object, path);
  return Array.isArray(value) ? value.length : 0;
}

/** The leaves at and below a path, in document order. */
export function entriesUnder(object: OtherObject, path: Segments): readonly Entry[] {
  const name = nameOf(path);
  return fieldsOf(object).filter((entry) => entry.name === name || entry.name.startsWith(`${name}.`) || entry.name.startsWith(`${name}[`));
}

export function fieldsOf(object: OtherObject): readonly Entry[] {
  return object.entries.filter((entry) => entry.kind === 'field');
}

/** The name of a field whatever its places in lists: `spec.rules[].host`. */
export function fieldName(entry: Entry): string {
  return entry.name.replace(/\[\d+\]/g, '[]');
}

function leafAt(object: OtherObject, path: Segments): Entry | undefined {
  const name = nameOf(path);
  return object.entries.find((entry) => entry.kind === 'field' && entry.name === name);
}

function nameOf(path: Segments): string {
  return path.reduce<string>(appendSegment, '');
}

/**
 * The object of that kind and name, whichever group version it is written in. Where several files define it, that of
 * `file` is meant, else the first.
 */
export function objectNamed(
  objects: readonly OtherObject[],
  kind: string,
  name: { readonly namespace: string; readonly name: string },
  file: string,
): OtherObject | null {
  const found = objectsNamed(objects, kind, name);
  return found.find(({ at }) => at.file === file) ?? found[0] ?? null;
}

export function objectsNamed(
  objects: readonly OtherObject[],
  kind: string,
  { namespace, name }: { readonly namespace: string; readonly name: string },
): readonly OtherObject[] {
  return objects.filter(({ ref }) => ref.kind === kind && ref.namespace === namespace && ref.name === name);
}
