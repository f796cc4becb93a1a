import { grouped } from './grouped.ts';
import type { ReportInput } from './input.ts';
import { plain } from './plain.ts';
import { summaryLines } from './summary.ts';

/** For a pull request, a job summary, or beside the output. */
export function report(input: ReportInput): string {
  const { ledger } = input;
  const rows = ledger.ingresses.map(
    ({ ref, vendor, status, reason }) =>
      `| ${cell(`${ref.namespace}/${ref.name}`)} | ${status} | ${cell(vendor)} | ${cell(`${ref.at.file}:${ref.at.line}`)} | ${cell(reason)} |`,
  );
  const blocks = grouped(ledger.findings).flatMap(({ first, others }) => [
    `### ${first.level}: \`${first.code}\``,
    '',
    escape(first.message),
    '',
    ...(first.help === '' ? [] : [`**What to do:** ${escape(first.help)}`, '']),
    ...[first, ...others].flatMap(({ at, message }) =>
      at === null ? [] : [`- ${escape(`${at.file}:${at.line}:${at.column}`)}${message === first.message ? '' : ` ${escape(message)}`}`],
    ),
    '',
  ]);
  return [
    '# Ingress to Gateway API',
    '',
    ...summaryLines(input).map((line) => `- ${escape(line)}`),
    '',
    '| Ingress | status | vendor | from | reason |',
    '|---|---|---|---|---|',
    ...rows,
    '',
    ...(blocks.length === 0 ? [] : ['## Findings', '', ...blocks]),
  ].join('\n');
}

/** Nothing from a manifest is markup. */
function escape(text: string): string {
  return plain(text).replace(/[\\`*_{}[\]<>|#&]/g, (char) =>
    char === '<' ? '&lt;' : char === '>' ? '&gt;' : char === '&' ? '&amp;' : `\\${char}`,
  );
}

function cell(text: string): string {
  return escape(text);
}
