import { plain } from '../report/plain.ts';
import { type Comparison, differencesIn, shortNames } from './comparison.ts';
import { STANDINGS } from './standing.ts';
import { everyFate, headline, LEGEND, lostSettings, nextStep, STANDING_HEADS } from './words.ts';

/** Two tables for a page or a pull request. `full`: every setting, also those that end the same everywhere. */
export function comparisonMarkdown(comparison: Comparison, { full, paths }: { full: boolean; paths: readonly string[] }): string {
  const { targets, rows } = comparison;
  const shown = full ? rows : differencesIn(comparison);
  const names = shortNames(shown);
  const summary = [
    row(['target', ...STANDINGS.map((standing) => STANDING_HEADS[standing]), 'lost settings']),
    row(['---', ...STANDINGS.map(() => '--:'), '--:']),
    ...targets.map((target) =>
      row([code(target.name), ...STANDINGS.map((standing) => String(target.ingresses[standing])), String(lostSettings(target))]),
    ),
  ];
  const settings = [
    row(['setting', 'times', ...targets.map(({ name }) => name)]),
    row(['---', '--:', ...targets.map(() => '---')]),
    ...shown.map((each) =>
      row([code(names.get(each) ?? each.name), String(each.times), ...targets.map(({ name }) => everyFate(each, name))]),
    ),
  ];
  const parts = [
    '# Ingress to Gateway API: the targets',
    `${headline(comparison)}.`,
    summary.join('\n'),
    ...(shown.length === 0
      ? ['Every setting ends the same on all of them.']
      : [`## ${full ? 'Every setting' : 'What makes the difference'}`, settings.join('\n'), LEGEND.join('. ')]),
    code(nextStep(comparison, paths)),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** Names come from manifests: nothing in them ends the code or the cell. */
function code(text: string): string {
  const inert = plain(text).replaceAll('|', '\\|');
  return text === '' ? '' : inert.includes('`') ? `\`\` ${inert} \`\`` : `\`${inert}\``;
}
