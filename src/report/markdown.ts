import type { Finding } from '../ledger/finding.ts';
import { placeText } from '../model/position.ts';
import { type FindingGroup, grouped } from './grouped.ts';
import type { ReportInput } from './input.ts';
import { plain } from './plain.ts';
import { shownFindings } from './shown.ts';
import { type Step, stepsOf } from './steps.ts';
import { summaryLines } from './summary.ts';

const HEADINGS: readonly (readonly [Finding['level'], string])[] = [
  ['error', 'Errors'],
  ['warning', 'Warnings'],
  ['note', 'Notes'],
];

/** For a pull request, a job summary, or beside the output. */
export function report(input: ReportInput): string {
  const groups = grouped(shownFindings(input), 'message');
  const sections = HEADINGS.map(([level, heading]) => ({ heading, own: groups.filter(({ first }) => first.level === level) }))
    .filter(({ own }) => own.length > 0)
    .flatMap(({ heading, own }) => [`## ${heading}`, ...own.map(findingSection)]);
  return `${['# Ingress to Gateway API', escaped(input.preface ?? ''), summaryList(input), ingressTable(input), ...sections, waiverSection(input), goneSection(input)].filter((part) => part !== '').join('\n\n')}\n`;
}

function summaryList(input: ReportInput): string {
  return summaryLines(input)
    .map((line) => `- ${escaped(line)}`)
    .join('\n');
}

function ingressTable({ ledger }: ReportInput): string {
  if (ledger.ingresses.length === 0) return '';
  const rows = ledger.ingresses.map(({ ref, vendor, status, reason }) => {
    const cells = [`${ref.namespace}/${ref.name}`, status, vendor, placeText(ref.at, 'line'), reason].map(cell);
    return `| ${cells.join(' | ')} |`;
  });
  return ['| Ingress | status | vendor | from | reason |', '|---|---|---|---|---|', ...rows].join('\n');
}

function findingSection({ first, others }: FindingGroup): string {
  const places = [first, ...others].flatMap(({ at, ingress }) => {
    const where = at === null ? '' : escaped(placeText(at));
    const whose = ingress === null ? '' : `Ingress ${escaped(`${ingress.namespace}/${ingress.name}`)}`;
    return where === '' && whose === '' ? [] : [`- ${[where, whose].filter((part) => part !== '').join(', ')}`];
  });
  return [
    `### \`${first.code}\``,
    escaped(first.message),
    ...(first.help === '' ? [] : [`**What to do:** ${escaped(first.help)}`]),
    ...(first.steps === undefined ? [] : [stepsOf(first).map(stepLine).join('\n')]),
    ...(places.length === 0 ? [] : [places.join('\n')]),
  ].join('\n\n');
}

/** A comment stands with the step before it. */
function stepLine({ number, text }: Step): string {
  if (number === null) return `   ${escaped(text)}`;
  return `${number}. ${text.includes('`') ? escaped(text) : `\`${text}\``}`;
}

function waiverSection({ waived }: ReportInput): string {
  if (waived.length === 0) return '';
  const lines = waived.map(({ finding, reason, until }) => {
    const whose = finding.ingress === null ? '' : ` of Ingress ${escaped(`${finding.ingress.namespace}/${finding.ingress.name}`)}`;
    return `- \`${finding.code}\`${whose}${until === null ? '' : `, until ${until}`}: ${escaped(reason)}`;
  });
  return `## Accepted\n\n${lines.join('\n')}`;
}

function goneSection({ baseline }: ReportInput): string {
  const gone = baseline?.gone ?? [];
  if (gone.length === 0) return '';
  const lines = gone.map(
    ({ ingress, code, subject }) => `- \`${code}\` ${escaped([ingress, subject].filter((part) => part !== '').join(' '))}`,
  );
  return `## Gone since the baseline\n\n${lines.join('\n')}`;
}

const ENTITIES: Readonly<Record<string, string>> = { '<': '&lt;', '&': '&amp;' };

/**
 * Nothing from a manifest is markup, and nothing at the beginning of a paragraph makes it a list or a heading. What is no markup where
 * it stands stays as it is, so that a command can also be read and copied from the file itself.
 */
function escaped(text: string): string {
  return plain(text)
    .replace(MARKUP, (part) => (part.length > 1 ? part : (ENTITIES[part] ?? `\\${part}`)))
    .replace(
      /^(\s*)([-+=>]|\d+(?=[.)]))/,
      (_, space: string, mark: string) => `${space}${/\d/.test(mark) ? `&#${mark.charCodeAt(0)};${mark.slice(1)}` : `\\${mark}`}`,
    );
}

/** An index and an underscore within a word are none, a backslash only before punctuation, an ampersand only before what may be an entity. */
const MARKUP = /\[\d*\](?![([:])|(?<![a-z\d])_|_(?![a-z\d])|\\(?=[!-/:-@[-`{-~])|&(?=[#a-z])|[`*[\]<#~]/gi;

/** A bar would end the cell. */
function cell(text: string): string {
  return escaped(text).replaceAll('|', '\\|');
}
