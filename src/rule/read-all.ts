import type { Entry } from '../model/entry.ts';
import type { Codec, Read } from './codec.ts';
import { isMember } from './ownership.ts';
import { type AnyRule, type FamilyMember, isFamily, type Reads, type ReadValues, startOf } from './rule.ts';

const ABSENT: Read<never> = { state: 'absent' };

/** The values of what a rule reads, from annotations by their names. */
export function readAll(rule: AnyRule, readable: ReadonlyMap<string, Entry>): ReadValues<Reads> {
  const values: Record<string, Read<unknown> | readonly FamilyMember<unknown>[]> = {};
  for (const [name, read] of Object.entries(rule.reads)) {
    if (isFamily(read)) {
      const start = startOf(read);
      values[name] = [...readable.values()]
        .filter((entry) => isMember(entry.name, start))
        .map((entry) => ({ name: entry.name.slice(start.length), read: parsed(entry, read.codec) }));
    } else {
      const entry = readable.get(read.annotation);
      values[name] = entry === undefined ? ABSENT : parsed(entry, read.codec);
    }
  }
  // Sound: each value was read as its rule says.
  return values as ReadValues<Reads>;
}

function parsed<T>(entry: Entry, codec: Codec<T>): FamilyMember<T>['read'] {
  const result = codec.parse(entry.value);
  return result.ok ? { state: 'valid', entry, value: result.value } : { state: 'invalid', entry, reason: result.reason };
}
