import type { Finding } from '../ledger/finding.ts';
import { placeText } from '../model/position.ts';
import type { ReportInput } from './input.ts';
import { inOrder } from './order.ts';
import { plain } from './plain.ts';
import { shownFindings } from './shown.ts';
import { helpWithSteps } from './steps.ts';

const COMMANDS: Readonly<Record<Finding['level'], string>> = { error: 'error', warning: 'warning', note: 'notice' };

/**
 * Workflow commands: GitHub shows them as annotations of a pull request. It takes ten of each level from one step, so the
 * gravest come first.
 */
export function report(input: ReportInput): string {
  return inOrder(shownFindings(input))
    .map((finding) => {
      const place =
        finding.at === null || finding.at.field !== undefined
          ? []
          : [`file=${property(finding.at.file)}`, `line=${finding.at.line}`, `col=${finding.at.column}`];
      const live = finding.at?.field === undefined ? '' : placeText(finding.at);
      const sentences = [live, finding.message, ...helpWithSteps(finding).split('\n')].filter((sentence) => sentence !== '').map(plain);
      return `::${COMMANDS[finding.level]} ${[...place, `title=${property(finding.code)}`].join(',')}::${data(sentences.join('\n'))}\n`;
    })
    .join('');
}

/** As actions/toolkit escapes the text of a command. */
function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(plain(text)).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
