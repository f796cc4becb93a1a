import type { ChalkInstance } from 'chalk';
import type { Finding } from '../ledger/finding.ts';
import { placeText } from '../model/position.ts';
import { frame } from './frame.ts';
import { type FindingGroup, grouped } from './grouped.ts';
import type { ReportInput, ReportOptions } from './input.ts';
import { plain } from './plain.ts';
import { shownFindings } from './shown.ts';
import { stepsOf } from './steps.ts';
import { wrap } from './wrap.ts';

const SHORT_FINDINGS = 12;
const SHORT_PLACES = 3;

/** A block of lines for each group of findings: what, where, what to do. */
export function findingBlocks(input: ReportInput, options: ReportOptions, paint: ChalkInstance): readonly (readonly string[])[] {
  const isFull = options.detail === 'full';
  const groups = grouped(shownFindings(input), isFull ? 'message' : 'code');
  const levels: readonly Finding['level'][] = isFull
    ? ['error', 'warning', 'note']
    : options.detail === 'short'
      ? ['error', 'warning']
      : ['error'];
  const failing = new Set(input.failing.map(({ finding }) => finding));
  // A run that fails says for what, however lightly it is meant.
  const fails = ({ first, others }: FindingGroup) =>
    options.detail === 'short' && [first, ...others].some((finding) => failing.has(finding));
  const wanted = groups.filter((group) => levels.includes(group.first.level) || fails(group));
  const shown = isFull ? wanted : wanted.slice(0, SHORT_FINDINGS);
  const blocks = shown.map((group) => block(group, input, options, paint));
  const cut = wanted.length - shown.length;
  const notes = options.detail === 'short' ? groups.length - wanted.length : 0;
  const rest = [
    ...(cut > 0 ? [`${cut} more ${cut === 1 ? 'finding' : 'findings'} of other kinds`] : []),
    ...(notes > 0 ? [`${notes} ${notes === 1 ? 'note' : 'notes'}`] : []),
  ];
  return rest.length === 0 ? blocks : [...blocks, [paint.dim(`… and ${rest.join(' and ')} (-v shows all)`)]];
}

function block(group: FindingGroup, { lineOf }: ReportInput, options: ReportOptions, paint: ChalkInstance): readonly string[] {
  const { first } = group;
  const colour = first.level === 'error' ? paint.red : first.level === 'warning' ? paint.yellow : paint.cyan;
  const label = `${first.level}[${first.code}]`;
  const [head = '', ...more] = wrap(plain(first.message), options.width, `${label} `, '  ');
  const help = first.help === '' ? [] : wrap(plain(first.help), options.width, '  = ', '    ');
  return [
    `${colour.bold(label)}${head.slice(label.length)}`,
    ...more,
    ...frame(first, lineOf, paint),
    ...help.map((line, index) => (index === 0 ? `${paint.dim('  =')}${line.slice(3)}` : line)),
    ...stepsOf(first).map(({ number, text }) =>
      number === null ? paint.dim(`      ${text}`) : `  ${String(number).padStart(2)}. ${text}`,
    ),
    ...(options.detail === 'full' ? everyPlace(group, paint) : somePlaces(group, paint)),
  ];
}

function somePlaces({ others }: FindingGroup, paint: ChalkInstance): readonly string[] {
  if (others.length === 0) return [];
  const places = others.flatMap(({ at }) => (at === null ? [] : [plain(placeText(at, 'line'))]));
  const listed = places.slice(0, SHORT_PLACES).join(', ');
  return [
    paint.dim(`  + ${others.length} more like this${listed === '' ? '' : `: ${listed}${places.length > SHORT_PLACES ? ', …' : ''}`}`),
  ];
}

function everyPlace({ first, others }: FindingGroup, paint: ChalkInstance): readonly string[] {
  return others.map(({ at, ingress, message }) => {
    const where = [
      at === null ? '' : plain(placeText(at)),
      ingress === null ? '' : `Ingress ${plain(ingress.namespace)}/${plain(ingress.name)}`,
      message === first.message ? '' : plain(message),
    ];
    return paint.dim(`  + also ${where.filter((part) => part !== '').join('  ') || 'elsewhere'}`);
  });
}
