import type { Codec } from '../../../src/rule/codec.ts';
import { type JsonNode, type JsonProblem, parseJson } from './parse.ts';

/** A place in the text of a value, counted from 1. */
export interface JsonPlace {
  readonly line: number;
  readonly column: number;
}

/** What a JSON annotation says; or where it cannot be read, as the controller's decoder would find. */
export type JsonValue<T> =
  | { readonly kind: 'read'; readonly value: T; readonly unknown: readonly (JsonPlace & { readonly member: string })[] }
  | ({ readonly kind: 'broken'; readonly problem: string } & JsonPlace);

/** Notes that decoders take on their way: the first problem makes the whole value unreadable. */
export interface Notes {
  readonly problems: JsonProblem[];
  readonly unknown: { readonly at: number; readonly member: string }[];
}

/** Decoders do not throw: after a problem they answer with something of the right type, which is thrown away. */
export type Decoder<T> = (node: JsonNode, notes: Notes) => T;

/** Never invalid as a codec: where it is broken is part of the value. */
export function json<T>(name: string, decode: Decoder<T>): Codec<JsonValue<T>> {
  return {
    name,
    parse(text) {
      const parsed = parseJson(text);
      if (!parsed.ok) return { ok: true, value: { kind: 'broken', problem: parsed.problem, ...placeIn(text, parsed.at) } };
      const notes: Notes = { problems: [], unknown: [] };
      const value = decode(parsed.root, notes);
      const [first] = notes.problems;
      if (first !== undefined) return { ok: true, value: { kind: 'broken', problem: first.problem, ...placeIn(text, first.at) } };
      const unknown = notes.unknown.map(({ at, member }) => ({ member, ...placeIn(text, at) }));
      return { ok: true, value: { kind: 'read', value, unknown } };
    },
  };
}

function placeIn(text: string, at: number): JsonPlace {
  const lines = text.slice(0, at).split('\n');
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}

export function fail(node: { readonly at: number }, problem: string, notes: Notes): void {
  notes.problems.push({ at: node.at, problem });
}

/** A text. Go refuses a number in the place of one. */
export const text: Decoder<string> = (node, notes) => {
  if (node.kind === 'string') return node.value;
  fail(node, `${article(node)} where a text in quotes is expected`, notes);
  return '';
};

export const integer: Decoder<number> = (node, notes) => {
  if (node.kind === 'number' && /^-?\d+$/.test(node.text)) return node.value;
  fail(node, `${article(node)} where a whole number without quotes is expected`, notes);
  return 0;
};

export const boolean: Decoder<boolean> = (node, notes) => {
  if (node.kind === 'boolean') return node.value;
  fail(node, `${article(node)} where true or false without quotes is expected`, notes);
  return false;
};

/** A port of a Service: a number, or a text, which is a number where it is one. */
export const portOrName: Decoder<number | string> = (node, notes) => {
  if (node.kind === 'number') return integer(node, notes);
  const value = text(node, notes);
  return /^\d+$/.test(value) ? Number(value) : value;
};

export function listOf<T>(each: Decoder<T>): Decoder<readonly T[]> {
  return (node, notes) => {
    if (node.kind === 'array') return node.items.map((item) => each(item, notes));
    fail(node, `${article(node)} where a list is expected`, notes);
    return [];
  };
}

/** A map of texts. */
export const textMap: Decoder<readonly { readonly key: string; readonly value: string }[]> = (node, notes) => {
  if (node.kind === 'object') return node.members.map(({ key, value }) => ({ key, value: text(value, notes) }));
  fail(node, `${article(node)} where a map is expected`, notes);
  return [];
};

/** Go takes member names without regard to case; null is as good as absent. Members that nobody asks for are noted. */
export function objectOf<T>(shape: (member: Members) => T, known: readonly string[]): Decoder<T> {
  return (node, notes) => {
    const members = node.kind === 'object' ? node.members : [];
    if (node.kind !== 'object') fail(node, `${article(node)} where an object is expected`, notes);
    const names = known.map((name) => name.toLowerCase());
    for (const { key, at } of members) if (!names.includes(key.toLowerCase())) notes.unknown.push({ at, member: key });
    const find = (name: string) => members.findLast(({ key }) => key.toLowerCase() === name.toLowerCase())?.value;
    return shape({
      optional: (name, decode) => {
        const found = find(name);
        return found === undefined || found.kind === 'null' ? null : decode(found, notes);
      },
      required: (name, decode, otherwise) => {
        const found = find(name);
        if (found !== undefined && found.kind !== 'null') return decode(found, notes);
        fail(node, `no member "${name}"`, notes);
        return otherwise;
      },
      fail: (problem) => {
        fail(node, problem, notes);
      },
    });
  };
}

export interface Members {
  readonly optional: <T>(name: string, decode: Decoder<T>) => T | null;
  readonly required: <T>(name: string, decode: Decoder<T>, otherwise: T) => T;
  readonly fail: (problem: string) => void;
}

function article(node: JsonNode): string {
  switch (node.kind) {
    case 'object':
    case 'array':
      return node.kind === 'object' ? 'an object' : 'a list';
    case 'string':
      return `the text "${node.value.slice(0, 20)}"`;
    case 'number':
      return `the number ${node.text}`;
    case 'boolean':
      return String(node.value);
    case 'null':
      return 'null';
    default:
      return node satisfies never;
  }
}
