import { defineFindings } from '../../src/ledger/finding.ts';
import type { ToolRule } from '../../src/rule/pack.ts';
import { nowhere, placeOf } from './outputs.ts';

const find = defineFindings('tool/gateshift', {
  accept: {
    level: 'note',
    message: (a: { name: string }) => `${a.name} says what of this Ingress may be lost; it is for gateshift alone`,
  },
  unknown: {
    level: 'warning',
    message: (a: { name: string }) => `gateshift reads no annotation ${a.name}`,
    help: () => 'Waivers stand in gateshift.dev/accept: "<code>; <reason>; <YYYY-MM-DD>".',
  },
});

const ACCEPT = 'gateshift.dev/accept';

/** Our own annotations. What a waiver accepts is decided once everything is settled: see src/waivers. */
export const own: ToolRule = {
  id: 'tool/gateshift',
  title: 'Waivers of gateshift',
  docs: '',
  annotations: ['gateshift.dev/'],
  convert: (entry) =>
    entry.name === ACCEPT
      ? nowhere('inert', find.accept({ name: entry.name }, placeOf(entry)))
      : nowhere('unknown', find.unknown({ name: entry.name }, placeOf(entry))),
};
