import { defineFindings } from '../../src/ledger/finding.ts';
import type { Settlement } from '../../src/ledger/outcome.ts';
import type { Read } from '../../src/rule/codec.ts';
import { inert, placeOf } from './settlement.ts';

export const ORG = 'nginx.org/';
export const COM = 'nginx.com/';

/** The manual's page on annotations, or a section of it. */
export function manual(section = ''): string {
  const page = 'https://docs.nginx.com/nginx-ingress-controller/configuration/ingress-resources/advanced-configuration-with-annotations/';
  return section === '' ? page : `${page}#${section}`;
}

/** What the controller does with values, whatever the annotation (internal/k8s/validation.go, v5.5). */
export const valueFindings = defineFindings('nginx-inc/value', {
  refused: {
    level: 'error',
    message: (a: { annotation: string; value: string; reason: string }) =>
      `the controller rejects this Ingress as a whole: ${a.annotation} is "${a.value}", ${a.reason}`,
    help: () => 'Correct the value and convert again. Nothing was written: the controller serves nothing of it either.',
    differs: ['unreachable'],
  },
  ignored: {
    level: 'warning',
    message: (a: { annotation: string; value: string; reason: string }) =>
      `${a.annotation} is "${a.value}", ${a.reason}: the controller logs an error and goes on as if it were absent`,
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

/** An invalid value that the controller only logs. Empty where the value is fine. */
export function ignored(read: Read<unknown>): readonly Settlement[] {
  if (read.state !== 'invalid') return [];
  const { entry, reason } = read;
  return inert([entry], valueFindings.ignored({ annotation: entry.name, value: entry.value, reason }, placeOf(entry)));
}

export function asDefault(read: Read<unknown>): readonly Settlement[] {
  if (read.state !== 'valid') return [];
  const { entry } = read;
  return inert([entry], valueFindings.default({ annotation: entry.name, value: entry.value }, placeOf(entry)));
}

export function withoutPartner(read: Read<unknown>, partner: string): readonly Settlement[] {
  if (read.state === 'absent') return [];
  const { entry } = read;
  return inert([entry], valueFindings['without-partner']({ annotation: entry.name, partner }, placeOf(entry)));
}
