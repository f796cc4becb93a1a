import { settingOf } from '../ledger/fingerprint.ts';
import type { LedgerEntry } from '../ledger/ledger.ts';
import type { Entry, IngressRef } from '../model/entry.ts';
import { compareText } from '../model/position.ts';
import type { Comparand } from './comparand.ts';
import { type Fate, fateOf } from './fate.ts';

/** One annotation, directive or field of the estate, wherever it stands. */
export interface SettingRow {
  /** Annotation or field without list positions; for objects beside Ingresses `Kind ` comes before it. */
  readonly name: string;
  /** How often it is set, and in how many Ingresses. */
  readonly times: number;
  readonly ingresses: number;
  /** How many of them end differently on one target than on another. */
  readonly differing: number;
  /** By target: how often it ends how. */
  readonly fates: ReadonlyMap<string, ReadonlyMap<Fate, number>>;
  /** By target: the codes it ends with, the commonest first. */
  readonly codes: ReadonlyMap<string, readonly string[]>;
}

interface Tally {
  readonly ingresses: Set<IngressRef>;
  readonly entries: Entry[];
  readonly fates: Map<string, Map<Fate, number>>;
  readonly codes: Map<string, Map<string, number>>;
}

/** Every setting: those whose loss keeps routes out first, then those that differ most often. */
export function settingRows(comparands: readonly Comparand[]): readonly SettingRow[] {
  const tallies = new Map<string, Tally>();
  const seen = new Map<Entry, Set<Fate>>();
  for (const { name, ledger, withheld } of comparands) {
    const closed = new Set(withheld.map(({ ingress }) => ingress));
    for (const line of ledger.entries) {
      const tally = tallyOf(tallies, line.entry);
      const fate = fateOf(line, closed);
      count(tally.fates, name, fate);
      if (line.finding !== null && fate !== 'kept') count(tally.codes, name, line.finding.code);
      const own = seen.get(line.entry) ?? register(seen, tally, line);
      if (fate !== 'along') own.add(fate);
    }
  }
  return [...tallies]
    .map(([name, { entries, ingresses, fates, codes }]) => ({
      name,
      times: entries.length,
      ingresses: ingresses.size,
      differing: entries.filter((entry) => (seen.get(entry)?.size ?? 0) > 1).length,
      fates,
      codes: new Map([...codes].map(([target, counts]) => [target, commonest(counts)])),
    }))
    .sort((a, b) => Number(keepsOut(b)) - Number(keepsOut(a)) || b.differing - a.differing || compareText(a.name, b.name));
}

/** Whether routes are withheld for it on some target. */
function keepsOut({ fates }: SettingRow): boolean {
  return [...fates.values()].some((counts) => counts.has('withheld'));
}

function tallyOf(tallies: Map<string, Tally>, entry: Entry): Tally {
  const name = entry.object.kind === 'Ingress' ? settingOf(entry) : `${entry.object.kind} ${entry.name.replace(/\[\d+\]/g, '')}`;
  const known = tallies.get(name);
  if (known !== undefined) return known;
  const tally: Tally = { ingresses: new Set(), entries: [], fates: new Map(), codes: new Map() };
  tallies.set(name, tally);
  return tally;
}

function register(seen: Map<Entry, Set<Fate>>, tally: Tally, { entry }: LedgerEntry): Set<Fate> {
  const fates = new Set<Fate>();
  seen.set(entry, fates);
  tally.entries.push(entry);
  if (entry.ingress !== null) tally.ingresses.add(entry.ingress);
  return fates;
}

function count<K>(counts: Map<string, Map<K, number>>, target: string, key: K): void {
  const own = counts.get(target) ?? new Map<K, number>();
  own.set(key, (own.get(key) ?? 0) + 1);
  counts.set(target, own);
}

function commonest(counts: ReadonlyMap<string, number>): readonly string[] {
  return [...counts].sort(([a, x], [b, y]) => y - x || compareText(a, b)).map(([code]) => code);
}
