import type { IngressRef } from '../model/entry.ts';
import { compareText } from '../model/position.ts';
import type { Comparand } from './comparand.ts';
import { type Fate, fateOf } from './fate.ts';
import { type SettingRow, settingRows } from './settings.ts';
import { type Standing, standingsOn } from './standing.ts';

export interface TargetRow {
  readonly name: string;
  readonly title: string;
  readonly version: string | null;
  /** Every Ingress once. */
  readonly ingresses: Readonly<Record<Standing, number>>;
  readonly standings: ReadonlyMap<IngressRef, Standing>;
  /** Every setting once. */
  readonly settings: Readonly<Record<Fate, number>>;
  readonly withheldRoutes: number;
}

export interface Comparison {
  readonly files: number;
  readonly ingresses: readonly IngressRef[];
  readonly settings: number;
  /** What carries most over first. */
  readonly targets: readonly TargetRow[];
  /** Every setting, also those that end the same everywhere. */
  readonly rows: readonly SettingRow[];
}

export function comparisonOf(comparands: readonly Comparand[], files: number): Comparison {
  const [first] = comparands;
  return {
    files,
    ingresses: first?.ledger.ingresses.map(({ ref }) => ref) ?? [],
    settings: first?.ledger.entries.length ?? 0,
    targets: comparands.map(targetRow).sort(byPromise),
    rows: settingRows(comparands),
  };
}

/** Settings that end differently on one target than on another. */
export function differencesIn({ rows }: Comparison): readonly SettingRow[] {
  return rows.filter(({ differing }) => differing > 0);
}

function targetRow(comparand: Comparand): TargetRow {
  const { name, title, version, ledger, withheld } = comparand;
  const standings = standingsOn(comparand);
  const ingresses: Record<Standing, number> = { fully: 0, approximated: 0, manual: 0, losing: 0, withheld: 0, skipped: 0 };
  for (const standing of standings.values()) ingresses[standing]++;
  const settings: Record<Fate, number> = { kept: 0, approximated: 0, manual: 0, lost: 0, withheld: 0, along: 0 };
  const closed = new Set(withheld.map(({ ingress }) => ingress));
  for (const line of ledger.entries) settings[fateOf(line, closed)]++;
  return { name, title, version, ingresses, standings, settings, withheldRoutes: withheld.length };
}

/** First by the Ingresses that nobody has to touch, then by those that lose nothing, then by what is lost. */
function byPromise(a: TargetRow, b: TargetRow): number {
  const untouched = ({ ingresses }: TargetRow) => ingresses.fully + ingresses.approximated;
  const whole = (row: TargetRow) => untouched(row) + row.ingresses.manual;
  const gone = ({ settings }: TargetRow) => settings.lost + settings.withheld + settings.along;
  return (
    untouched(b) - untouched(a) ||
    whole(b) - whole(a) ||
    a.ingresses.withheld - b.ingresses.withheld ||
    gone(a) - gone(b) ||
    b.ingresses.fully - a.ingresses.fully ||
    b.settings.kept - a.settings.kept ||
    compareText(a.name, b.name)
  );
}

/** Short names, as `explain` takes them: without the vendor's prefix, unless two settings would be called the same. */
export function shortNames(rows: readonly SettingRow[]): ReadonlyMap<SettingRow, string> {
  const short = (name: string) => name.replace(/^[a-z0-9.-]+\//, '');
  const owners = new Map<string, number>();
  for (const { name } of rows) owners.set(short(name), (owners.get(short(name)) ?? 0) + 1);
  return new Map(rows.map((row) => [row, owners.get(short(row.name)) === 1 ? short(row.name) : row.name]));
}
