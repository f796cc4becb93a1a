import type { Finding } from '../../src/ledger/finding.ts';
import { defineFindings } from '../../src/ledger/finding.ts';
import type { Settlement } from '../../src/ledger/outcome.ts';
import type { Read } from '../../src/rule/codec.ts';
import { inert, placeOf } from './settlement.ts';

export const PREFIX = 'nginx.ingress.kubernetes.io/';

/** The manual's page on annotations, or a section of it. */
export function manual(section = ''): string {
  return `https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/${section === '' ? '' : `#${section}`}`;
}

/** What the controller does with values, whatever the annotation. */
export const valueFindings = defineFindings('nginx/value', {
  refused: {
    level: 'error',
    message: (a: { annotation: string; value: string; reason: string }) =>
      `ingress-nginx 1.12 and newer do not serve this Ingress at all: ${a.annotation} is "${a.value}", ${a.reason}`,
    help: () =>
      'Correct the value and convert again. The controller serves nothing of it either, unless annotation validation is off: with --not-served convert the rest of the Ingress is written.',
  },
  invalid: {
    level: 'warning',
    message: (a: { annotation: string; value: string; reason: string; effect: string }) =>
      `${a.annotation} is "${a.value}", ${a.reason}: the controller reads it as ${a.effect}`,
    help: () => 'What was written follows the controller. Correct the value if something else was meant.',
  },
  default: {
    level: 'note',
    message: (a: { annotation: string; value: string }) => `${a.annotation} "${a.value}" is what the controller does anyway`,
  },
  'without-partner': {
    level: 'note',
    message: (a: { annotation: string; partner: string }) => `${a.annotation} has no effect without ${a.partner}`,
  },
});

/** The finding for a value that drops the whole Ingress; null where the value is fine. */
export function refusal(...reads: readonly Read<unknown>[]): Finding | null {
  for (const read of reads) {
    if (read.state !== 'invalid') continue;
    const { entry, reason } = read;
    return valueFindings.refused({ annotation: entry.name, value: entry.value, reason }, placeOf(entry));
  }
  return null;
}

/** An invalid value that the controller replaces by `effect`. Empty where the value is fine. */
export function replaced(read: Read<unknown>, effect: string): readonly Settlement[] {
  if (read.state !== 'invalid') return [];
  const { entry, reason } = read;
  return inert([entry], valueFindings.invalid({ annotation: entry.name, value: entry.value, reason, effect }, placeOf(entry)));
}

/** Warnings of such values: an inert entry alone is not shown. */
export function warningsOf(settled: readonly Settlement[]): readonly Finding[] {
  return settled.flatMap(({ finding }) => (finding !== null && finding.level !== 'note' ? [finding] : []));
}

export function asDefault(read: Read<unknown>): readonly Settlement[] {
  if (read.state !== 'valid') return [];
  return inert([read.entry], valueFindings.default({ annotation: read.entry.name, value: read.entry.value }, placeOf(read.entry)));
}

export function withoutPartner(read: Read<unknown>, partner: string): readonly Settlement[] {
  if (read.state === 'absent') return [];
  return inert([read.entry], valueFindings['without-partner']({ annotation: read.entry.name, partner }, placeOf(read.entry)));
}
