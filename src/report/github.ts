import type { Finding } from '../ledger/finding.ts';
import type { ReportInput } from './input.ts';
import { plain } from './plain.ts';

const COMMANDS: Readonly<Record<Finding['level'], string>> = { error: 'error', warning: 'warning', note: 'notice' };

/** Workflow commands: GitHub shows them as annotations of a pull request. */
export function report({ ledger }: ReportInput): string {
  return ledger.findings
    .map((finding) => {
      const place = finding.at === null ? [] : [`file=${property(finding.at.file)}`, `line=${finding.at.line}`, `col=${finding.at.column}`];
      const text = finding.help === '' ? finding.message : `${finding.message}\n${finding.help}`;
      return `::${COMMANDS[finding.level]} ${[...place, `title=${property(finding.code)}`].join(',')}::${data(text)}\n`;
    })
    .join('');
}

function data(text: string): string {
  return text.split('\n').map(plain).join('\n').replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
}

function property(text: string): string {
  return data(text).replace(/:/g, '%3A').replace(/,/g, '%2C');
}
