import type { Finding } from '../ledger/finding.ts';
import { plain } from './plain.ts';

export interface Step {
  /** null for a comment. */
  readonly number: number | null;
  readonly text: string;
}

/** The steps of a finding; comments between them are not counted. */
export function stepsOf({ steps = [] }: Pick<Finding, 'steps'>): readonly Step[] {
  let count = 0;
  return steps.map((step) => {
    if (step.startsWith('#')) return { number: null, text: plain(step) };
    count += 1;
    return { number: count, text: plain(step) };
  });
}

/** What to do next with its steps, a line each, for reports without a form of their own for them. */
export function helpWithSteps(finding: Pick<Finding, 'help' | 'steps'>): string {
  const steps = stepsOf(finding).map(({ number, text }) => (number === null ? text : `${number}. ${text}`));
  return [...(finding.help === '' ? [] : [finding.help]), ...steps].join('\n');
}
