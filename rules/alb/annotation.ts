import { defineFindings } from '../../src/ledger/finding.ts';
import type { Entry } from '../../src/model/entry.ts';

export const PREFIX = 'alb.ingress.kubernetes.io/';

/** The manual's page on annotations, or a section of it. */
export function manual(section = ''): string {
  const page = 'https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/';
  return section === '' ? page : `${page}#${section}`;
}

/** What the controller does with values, whatever the annotation. Read at AWS Load Balancer Controller v3.5.0. */
export const valueFindings = defineFindings('alb/value', {
  invalid: {
    level: 'error',
    message: (a: { annotation: string; value: string; reason: string }) =>
      `${a.annotation} is "${a.value}", ${a.reason}: the controller stops there and changes nothing of the load balancer until it is corrected`,
    help: () => 'Correct the value and convert again. The rest was converted as if the setting were absent.',
  },
  refused: {
    level: 'error',
    message: (a: { annotation: string; value: string; reason: string }) =>
      `the controller does not take this Ingress: ${a.annotation} is "${a.value}", ${a.reason}`,
    help: () => 'Correct the value and convert again. Nothing was written: the controller serves nothing of it either.',
    differs: ['unreachable'],
  },
  overridden: {
    level: 'note',
    message: (a: { setting: string; by: string }) => `${a.setting} has no effect: ${a.by} decides`,
  },
  'without-partner': {
    level: 'note',
    message: (a: { setting: string; partner: string }) => `${a.setting} has no effect without ${a.partner}`,
  },
  unused: {
    level: 'note',
    message: (a: { setting: string }) => `nothing that is served rests on ${a.setting}`,
  },
});

export const jsonFindings = defineFindings('alb/json', {
  malformed: {
    level: 'error',
    message: (a: { annotation: string; problem: string; line: number; column: number }) =>
      `${a.annotation} cannot be read at line ${a.line}, column ${a.column} of its JSON: ${a.problem}. The controller stops there and changes nothing of the load balancer until it is corrected`,
    help: () => 'Correct the JSON and convert again. Rules that rest on it are answered with an error; everything else was converted.',
    security: true,
    differs: ['unreachable', 'status', 'narrower', 'redirect', 'wrong-backend'],
  },
  'unknown-member': {
    level: 'warning',
    message: (a: { annotation: string; member: string; line: number; column: number }) =>
      `${a.annotation} has a member "${a.member}" (line ${a.line}, column ${a.column} of its JSON) that the controller does not know and ignores`,
    help: () => 'Check its spelling: what was meant by it was never in force.',
  },
});

export function placeOf(entry: Entry) {
  return { at: entry.at, ingress: entry.ingress };
}
