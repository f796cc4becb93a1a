import type { Settlement } from '../../src/ledger/outcome.ts';
import type { Entry } from '../../src/model/entry.ts';
import type { Read } from '../../src/rule/codec.ts';
import { asDefault, ignored, withoutPartner } from './annotation.ts';

/** What one setting adds to a behaviour: its effective value, and the entry behind it where it changes something. */
export interface Part<T> {
  readonly value: T;
  readonly entries: readonly Entry[];
  readonly settled: readonly Settlement[];
}

/** A setting whose default changes nothing; a value that the controller only logs counts as the default. */
export function part<T, const F>(read: Read<T>, fallback: F): Part<T | F> {
  if (read.state === 'valid' && !Object.is(read.value, fallback)) return { value: read.value, entries: [read.entry], settled: [] };
  return { value: fallback, entries: [], settled: [...asDefault(read), ...ignored(read)] };
}

/** A setting that has no effect because its partner is missing. */
export function idle<T>(read: Read<unknown>, fallback: T, partner: string): Part<T> {
  return { value: fallback, entries: [], settled: withoutPartner(read, partner) };
}

export function entriesOf(...parts: readonly Part<unknown>[]): readonly Entry[] {
  return parts.flatMap(({ entries }) => entries);
}

export function settledOf(...parts: readonly Part<unknown>[]): readonly Settlement[] {
  return parts.flatMap(({ settled }) => settled);
}
