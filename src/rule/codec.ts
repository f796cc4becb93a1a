import type { Entry } from '../model/entry.ts';

/** A controller's own parser for one value. `parse` never throws; `reason` completes "the value is …". */
export interface Codec<T> {
  readonly name: string;
  readonly parse: (text: string) => Parsed<T>;
}

export type Parsed<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly reason: string };

/** Absent and invalid are different things: controllers treat them differently. */
export type Read<T> =
  | { readonly state: 'absent' }
  | { readonly state: 'invalid'; readonly entry: Entry; readonly reason: string }
  | { readonly state: 'valid'; readonly entry: Entry; readonly value: T };

/** The value, or the fallback where it is absent or invalid: what "on_invalid: default" means. */
export function valueOr<T, F>(read: Read<T>, fallback: F): T | F {
  return read.state === 'valid' ? read.value : fallback;
}

/** The entry behind a read, if there is one, whether its value is valid or not. */
export function entryOf(read: Read<unknown>): readonly Entry[] {
  return read.state === 'absent' ? [] : [read.entry];
}

export const text: Codec<string> = { name: 'text', parse: (value) => ({ ok: true, value }) };

/** Go's strconv.ParseBool: 1 t T TRUE true True and the false twins; nothing else. */
export const goBool: Codec<boolean> = {
  name: 'boolean',
  parse(value) {
    if (['1', 't', 'T', 'TRUE', 'true', 'True'].includes(value)) return { ok: true, value: true };
    if (['0', 'f', 'F', 'FALSE', 'false', 'False'].includes(value)) return { ok: true, value: false };
    return { ok: false, reason: 'not a boolean (true or false)' };
  },
};

/** Go's strconv.Atoi: optional sign and decimal digits. No unit, no blank. */
export const goInt: Codec<number> = {
  name: 'integer',
  parse(value) {
    if (!/^[+-]?[0-9]+$/.test(value)) return { ok: false, reason: 'not an integer without unit' };
    const number = Number(value);
    return Number.isSafeInteger(number) ? { ok: true, value: number } : { ok: false, reason: 'out of range' };
  },
};

/** Comma-separated, blanks around items dropped, empty items dropped. */
export const commaList: Codec<readonly string[]> = {
  name: 'comma-separated list',
  parse: (value) => ({
    ok: true,
    value: value
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== ''),
  }),
};

export function oneOf<const T extends readonly string[]>(...values: T): Codec<T[number]> {
  return {
    name: values.join('|'),
    parse(value) {
      const found = values.find((candidate) => candidate === value);
      return found === undefined ? { ok: false, reason: `none of ${values.join(', ')}` } : { ok: true, value: found };
    },
  };
}
