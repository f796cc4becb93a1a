import type { ChalkInstance } from 'chalk';
import type { Finding } from '../ledger/finding.ts';
import { placeText } from '../model/position.ts';
import type { ReportInput } from './input.ts';
import { plain } from './plain.ts';

/** Characters of a long line that are shown, and how many of them stand before the place. */
const SHOWN = 120;
const BEFORE = 60;

/** Where a finding stands, and the line itself with a caret under the place. Long lines are cut around it. */
export function frame({ at, ingress }: Finding, lineOf: ReportInput['lineOf'], paint: ChalkInstance): readonly string[] {
  const whose = ingress === null ? '' : `Ingress ${plain(ingress.namespace)}/${plain(ingress.name)}`;
  if (at === null) return whose === '' ? [] : [paint.dim(`  --> ${whose}`)];
  const { file, line, column } = at;
  const head = paint.dim(`  --> ${plain(placeText(at))}${whose === '' ? '' : `  ${whose}`}`);
  // One column for a tab, so that the caret stands where it should.
  const source = lineOf(file, line)?.replaceAll('\t', ' ') ?? null;
  if (source === null) return [head];
  const from = column > SHOWN - 20 ? column - BEFORE : 0;
  const before = `${from > 0 ? '…' : ''}${plain(source.slice(from, column - 1))}`;
  const after = `${plain(source.slice(column - 1, from + SHOWN))}${source.length > from + SHOWN ? '…' : ''}`;
  const gutter = ' '.repeat(String(line).length);
  return [
    head,
    `${paint.dim(`  ${line} |`)} ${before}${after}`.trimEnd(),
    `${paint.dim(`  ${gutter} |`)} ${' '.repeat(before.length)}${paint.bold('^')}`,
  ];
}
