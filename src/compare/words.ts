import type { Comparison, TargetRow } from './comparison.ts';
import { FATES, type Fate } from './fate.ts';
import type { SettingRow } from './settings.ts';
import type { Standing } from './standing.ts';

export const STANDING_HEADS: Readonly<Record<Standing, string>> = {
  fully: 'fully',
  approximated: 'approximated',
  manual: 'by hand',
  losing: 'losing settings',
  withheld: 'withheld',
  skipped: 'skipped',
};

const FATE_WORDS: Readonly<Record<Fate, string>> = {
  kept: 'yes',
  approximated: 'nearly',
  manual: 'by hand',
  lost: 'lost',
  withheld: 'withheld',
  along: '-',
};

export const LEGEND: readonly string[] = [
  'yes: the same behaviour · nearly: differs in a stated way · by hand: a person has to do or decide something · lost: no field for it',
  'withheld: the routes that it protects are not written · -: not written with them',
  'A number stands where only so many of them end like that; the rest ends better.',
];

export function headline({ files, ingresses, settings }: Comparison): string {
  const [count, total] = [ingresses.length, files];
  return `${count} ${count === 1 ? 'Ingress' : 'Ingresses'} in ${total} ${total === 1 ? 'file' : 'files'}, ${settings} settings; each Ingress counts once, as the worst of its settings ends`;
}

/** The worst that happens to a setting on a target: `3 lost` when it is not all of them. */
export function worstOf({ times, fates }: SettingRow, target: string): { readonly fate: Fate; readonly text: string } {
  const own = fates.get(target) ?? new Map<Fate, number>();
  const fate = FATES.findLast((candidate) => own.has(candidate)) ?? 'along';
  const count = own.get(fate) ?? 0;
  return { fate, text: count === times || fate === 'kept' ? FATE_WORDS[fate] : `${count} ${FATE_WORDS[fate]}` };
}

/** All that happens to it: `12 yes, 3 lost`. */
export function everyFate({ fates }: SettingRow, target: string): string {
  const own = fates.get(target) ?? new Map<Fate, number>();
  const found = [...FATES, 'along' as const].filter((fate) => own.has(fate));
  return found.length === 1
    ? found.map((fate) => FATE_WORDS[fate]).join('')
    : found.map((fate) => `${own.get(fate) ?? 0} ${FATE_WORDS[fate]}`).join(', ');
}

export function lostSettings({ settings }: TargetRow): number {
  return settings.lost + settings.withheld;
}

/** How to go on, with what carries most over. `paths` as they were given. */
export function nextStep({ targets: [best] }: Comparison, paths: readonly string[]): string {
  if (best === undefined) return '';
  const where = paths.map(quoted).join(' ');
  return `Next: gateshift check ${where} --target ${best.name}   (what is left to do there, and why; of a setting, gateshift explain NAME)`;
}

/** For a POSIX shell. */
function quoted(path: string): string {
  return /^[\w./:@%+=,-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}
