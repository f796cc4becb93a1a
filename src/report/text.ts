import { Chalk } from 'chalk';
import { findingBlocks } from './finding-blocks.ts';
import { ingressLines } from './ingress-lines.ts';
import type { ReportInput, ReportOptions } from './input.ts';
import { plain } from './plain.ts';
import { summaryLines } from './summary.ts';
import { wrap } from './wrap.ts';

const SHORT_GONE = 5;

/** The report for a terminal: what became of each Ingress, what needs attention, and a summary that adds up. */
export function report(input: ReportInput, options: ReportOptions): string {
  const paint = new Chalk({ level: options.colorLevel });
  const findings = findingBlocks(input, options, paint);
  const sections =
    options.detail === 'errors'
      ? findings
      : [
          prefaceLines(input, options),
          ingressLines(input, options, paint),
          ...findings,
          goneLines(input, options),
          summaryLines(input).flatMap((line) => wrap(line, options.width, '', '  ').map((part) => paint.bold(part))),
        ];
  const text = sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
  return text === '' ? '' : `${text}\n`;
}

function prefaceLines({ preface }: ReportInput, { width }: ReportOptions): readonly string[] {
  return preface === null ? [] : wrap(preface, width, '', '');
}

/** What the baseline has and this run has not. */
function goneLines({ baseline }: ReportInput, { detail }: ReportOptions): readonly string[] {
  const gone = baseline?.gone ?? [];
  const shown = detail === 'full' ? gone : gone.slice(0, SHORT_GONE);
  const lines = shown.map(
    ({ ingress, code, subject }) =>
      `gone: ${[ingress, code, subject]
        .filter((part) => part !== '')
        .map(plain)
        .join('  ')}`,
  );
  return [...lines, ...(gone.length > shown.length ? [`… and ${gone.length - shown.length} more of the baseline (-v shows all)`] : [])];
}
