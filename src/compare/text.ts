import { Chalk, type ChalkInstance } from 'chalk';
import { plain } from '../report/plain.ts';
import { type Cell, type Column, inBlocks, sideBySide } from './columns.ts';
import { type Comparison, differencesIn, shortNames, type TargetRow } from './comparison.ts';
import type { Fate } from './fate.ts';
import type { SettingRow } from './settings.ts';
import { STANDINGS, type Standing } from './standing.ts';
import { everyFate, headline, LEGEND, lostSettings, nextStep, STANDING_HEADS, worstOf } from './words.ts';

export interface TextOptions {
  /** Every setting, with all that happens to it. */
  readonly full: boolean;
  readonly colorLevel: 0 | 1;
  /** Columns of the terminal: wider tables stand in blocks. null leaves them whole. */
  readonly width: number | null;
  readonly paths: readonly string[];
}

const SHORT_SETTINGS = 25;

export function comparisonText(comparison: Comparison, options: TextOptions): string {
  const paint = new Chalk({ level: options.colorLevel });
  const sections = [
    [headline(comparison)],
    targetTable(comparison.targets, paint),
    ...settingTables(comparison, options, paint),
    [plain(nextStep(comparison, options.paths))],
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function targetTable(targets: readonly TargetRow[], paint: ChalkInstance): readonly string[] {
  const numbers = (head: string, of: (row: TargetRow) => number, colour: ChalkInstance): Column => ({
    head: [head.toUpperCase()],
    cells: targets.map((row) => ({ text: String(of(row)), paint: of(row) === 0 ? paint.dim : colour })),
    align: 'right',
  });
  const columns: readonly Column[] = [
    { head: ['TARGET'], cells: targets.map(({ name }) => ({ text: name, paint: paint.bold })), align: 'left' },
    ...STANDINGS.map((standing) =>
      numbers(STANDING_HEADS[standing], ({ ingresses }) => ingresses[standing], standingColour(standing, paint)),
    ),
    numbers('lost settings', lostSettings, paint.red),
  ];
  return sideBySide(columns, paint.dim);
}

function settingTables(comparison: Comparison, { full, width }: TextOptions, paint: ChalkInstance): readonly (readonly string[])[] {
  const rows = full ? comparison.rows : differencesIn(comparison);
  if (comparison.targets.length < 2 && !full) return [];
  if (rows.length === 0) return [['Every setting ends the same on all of them.']];
  const shown = full ? rows : rows.slice(0, SHORT_SETTINGS);
  const names = shortNames(shown);
  const fixed: readonly Column[] = [
    { head: ['SETTING'], cells: shown.map((row) => ({ text: plain(names.get(row) ?? row.name) })), align: 'left' },
    { head: ['TIMES'], cells: shown.map(({ times }) => ({ text: String(times) })), align: 'right' },
  ];
  const columns = comparison.targets.map(({ name }): Column => {
    const cells = shown.map((row) => cell(row, name, full, paint));
    return { head: broken(name.toUpperCase()), cells, align: 'left' };
  });
  const rest = rows.length - shown.length;
  return [
    [full ? 'Every setting:' : 'What makes the difference:'],
    ...inBlocks(fixed, columns, width).map((block) => sideBySide([...fixed, ...block], paint.dim)),
    [
      ...(rest > 0 ? [paint.dim(`… and ${rest} more ${rest === 1 ? 'setting' : 'settings'} (-v shows all)`)] : []),
      ...LEGEND.map((line) => paint.dim(line)),
    ],
  ];
}

function cell(row: SettingRow, target: string, full: boolean, paint: ChalkInstance): Cell {
  const { fate, text } = worstOf(row, target);
  return { text: full ? everyFate(row, target) : text, paint: fateColour(fate, paint) };
}

/** At hyphens and before the version, so that columns stay narrow. */
function broken(name: string): readonly string[] {
  return name.split(/(?<=-)|(?=@)/);
}

function standingColour(standing: Standing, paint: ChalkInstance): ChalkInstance {
  if (standing === 'fully') return paint.green;
  return standing === 'approximated' || standing === 'manual' ? paint.yellow : paint.red;
}

function fateColour(fate: Fate, paint: ChalkInstance): ChalkInstance {
  if (fate === 'along') return paint.dim;
  if (fate === 'kept') return paint.green;
  return fate === 'approximated' || fate === 'manual' ? paint.yellow : paint.red;
}
