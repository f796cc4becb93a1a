import { Chalk, type ChalkInstance } from 'chalk';
import type { Finding } from '../ledger/finding.ts';
import type { IngressStatus } from '../ledger/ledger.ts';
import { type FindingGroup, grouped } from './grouped.ts';
import type { ReportInput, ReportOptions } from './input.ts';
import { plain } from './plain.ts';
import { summaryLines } from './summary.ts';

const SHORT_INGRESSES = 15;
const SHORT_FINDINGS = 12;

/** The report for a terminal: what became of each Ingress, what needs attention, and a summary that adds up. */
export function report(input: ReportInput, options: ReportOptions): string {
  const paint = new Chalk({ level: options.colorLevel });
  const sections = [
    ingressLines(input.ledger.ingresses, options, paint),
    ...findingBlocks(input, options, paint),
    summaryLines(input).map((line) => paint.bold(line)),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

const MARKS: Readonly<Record<IngressStatus['status'], string>> = { converted: '✓', partial: '~', withheld: '✗', skipped: '-' };

function ingressLines(ingresses: readonly IngressStatus[], options: ReportOptions, paint: ChalkInstance): readonly string[] {
  const shown = options.verbose ? ingresses : [...ingresses].sort((a, b) => attention(b) - attention(a)).slice(0, SHORT_INGRESSES);
  const width = Math.min(48, Math.max(0, ...shown.map(({ ref }) => ref.namespace.length + ref.name.length + 1)));
  const lines = shown.map(({ ref, status, vendor, reason }) => {
    const colour = status === 'converted' ? paint.green : status === 'partial' ? paint.yellow : paint.red;
    const why = reason === '' ? '' : `  ${plain(reason)}`;
    return `${colour(`${MARKS[status]} ${status.padEnd(9)}`)} ${plain(`${ref.namespace}/${ref.name}`).padEnd(width)}  ${paint.dim(`${plain(vendor)}, ${plain(ref.at.file)}:${ref.at.line}`)}${options.verbose || status === 'withheld' || status === 'skipped' ? why : ''}`;
  });
  const rest = ingresses.length - shown.length;
  return rest > 0 ? [...lines, paint.dim(`  … and ${rest} more Ingresses (-v shows all)`)] : lines;
}

function attention({ status }: IngressStatus): number {
  return ['converted', 'partial', 'skipped', 'withheld'].indexOf(status);
}

function findingBlocks(input: ReportInput, options: ReportOptions, paint: ChalkInstance): readonly (readonly string[])[] {
  const groups = grouped(input.ledger.findings);
  const loud = options.verbose ? groups : groups.filter(({ first }) => first.level !== 'note');
  const shown = options.verbose ? loud : loud.slice(0, SHORT_FINDINGS);
  const blocks = shown.map((group) => block(group, input, options, paint));
  const notes = groups.length - loud.length;
  const cut = loud.length - shown.length;
  const rest = [...(cut > 0 ? [`${cut} more kinds of findings`] : []), ...(notes > 0 ? [`${notes} kinds of notes`] : [])];
  return rest.length === 0 ? blocks : [...blocks, [paint.dim(`… and ${rest.join(' and ')} (-v shows all)`)]];
}

function block({ first, others }: FindingGroup, input: ReportInput, options: ReportOptions, paint: ChalkInstance): readonly string[] {
  const colour = first.level === 'error' ? paint.red : first.level === 'warning' ? paint.yellow : paint.cyan;
  const lines = [`${colour.bold(`${first.level}[${first.code}]`)} ${plain(first.message)}`, ...frame(first, input, paint)];
  if (first.help !== '') lines.push(`${paint.dim('  =')} ${plain(first.help)}`);
  if (others.length === 0) return lines;
  const places = others.map(({ at }) => (at === null ? '' : `${plain(at.file)}:${at.line}`)).filter((text) => text !== '');
  const listed = options.verbose ? places : places.slice(0, 3);
  return [
    ...lines,
    paint.dim(
      `  = ${others.length} more like this${listed.length === 0 ? '' : `: ${listed.join(', ')}${listed.length < places.length ? ', …' : ''}`}`,
    ),
  ];
}

/** Where it stands, and the line itself with a caret under the place. Long lines are cut around it. */
function frame(finding: Finding, { lineOf }: ReportInput, paint: ChalkInstance): readonly string[] {
  if (finding.at === null) return [];
  const { file, line, column } = finding.at;
  const head = paint.dim(`  --> ${plain(file)}:${line}:${column}`);
  const source = lineOf(file, line);
  if (source === null) return [head];
  const from = column > 100 ? column - 60 : 0;
  const shown = plain(source.slice(from, from + 120));
  const gutter = String(line);
  const indent = plain(source.slice(from, column - 1)).length;
  return [
    head,
    `${paint.dim(`  ${gutter} |`)} ${shown}`,
    `${paint.dim(`  ${' '.repeat(gutter.length)} |`)} ${' '.repeat(indent)}${paint.bold('^')}`,
  ];
}
