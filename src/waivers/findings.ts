import { defineFindings } from '../ledger/finding.ts';

export const waiverFindings = defineFindings('waiver', {
  accepted: {
    level: 'note',
    message: (a: { code: string; what: string; reason: string; until: string }) =>
      `accepted${a.until === '' ? '' : ` until ${a.until}`} (${a.reason}): ${a.what} [${a.code}]`,
  },
  expired: {
    level: 'warning',
    message: (a: { code: string; reason: string; until: string }) =>
      `the waiver for ${a.code} held until ${a.until} and counts no more (${a.reason})`,
    help: () => 'Solve what it put off, or decide again and give it a new date.',
  },
  unused: {
    level: 'warning',
    message: (a: { code: string; where: string; meant: string }) =>
      `the waiver for ${a.code}${a.where === '' ? '' : ` of ${a.where}`} fits nothing${a.meant === '' ? '' : `; did you mean ${a.meant}?`}`,
    help: () => 'Remove it when what it accepted is gone; else correct its code, Ingress or setting.',
  },
  malformed: {
    level: 'warning',
    message: (a: { line: string; why: string }) => `the waiver "${a.line}" does not count: ${a.why}`,
    help: () => 'Write gateshift.dev/accept: "<code>; <reason>; <YYYY-MM-DD>", the day being optional, one waiver a line.',
  },
  bug: {
    level: 'warning',
    message: (a: { code: string }) => `the waiver for ${a.code} does not count: a bug of gateshift cannot be accepted`,
    help: () => 'Remove it, and please report the bug.',
  },
});
