import type { Entry } from '../model/entry.ts';
import type { Pack } from './pack.ts';
import { type AnyRule, isFamily, startOf } from './rule.ts';

/** What the rules of a pack read. The same for every Ingress. */
interface Ownership {
  /** Single annotations. */
  readonly owned: ReadonlySet<string>;
  /** The beginnings of families. */
  readonly families: readonly string[];
  readonly readers: ReadonlyMap<string, readonly AnyRule[]>;
  readonly familyReaders: readonly (readonly [start: string, rule: AnyRule])[];
  /** Asked whatever is written. */
  readonly always: readonly AnyRule[];
}

const OWNERSHIP = new WeakMap<Pack, Ownership>();

export function ownershipOf(pack: Pack): Ownership {
  const known = OWNERSHIP.get(pack);
  if (known !== undefined) return known;
  const readers = new Map<string, AnyRule[]>();
  const familyReaders: [string, AnyRule][] = [];
  for (const rule of pack.rules) {
    for (const read of Object.values(rule.reads)) {
      if (isFamily(read)) familyReaders.push([startOf(read), rule]);
      else readers.set(read.annotation, [...(readers.get(read.annotation) ?? []), rule]);
    }
  }
  const ownership: Ownership = {
    owned: new Set(readers.keys()),
    families: familyReaders.map(([start]) => start),
    readers,
    familyReaders,
    always: pack.rules.filter((rule) => rule.always === true || Object.keys(rule.reads).length === 0),
  };
  OWNERSHIP.set(pack, ownership);
  return ownership;
}

/** The rules that have something to read here, and those that are asked always, in the order of the pack. */
export function askedRules(pack: Pack, readable: ReadonlyMap<string, Entry>): readonly AnyRule[] {
  const { readers, familyReaders, always } = ownershipOf(pack);
  const asked = new Set(always);
  for (const name of readable.keys()) {
    for (const rule of readers.get(name) ?? []) asked.add(rule);
    for (const [start, rule] of familyReaders) if (isMember(name, start)) asked.add(rule);
  }
  return pack.rules.filter((rule) => asked.has(rule));
}

export function isMember(name: string, start: string): boolean {
  return name.length > start.length && name.startsWith(start);
}
