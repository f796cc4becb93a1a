import type { Finding } from '../ledger/finding.ts';
import type { ReportInput } from './input.ts';

/** The findings that people have to look at: without those that the baseline knows. */
export function shownFindings({ ledger, baseline }: Pick<ReportInput, 'ledger' | 'baseline'>): readonly Finding[] {
  return baseline === null ? ledger.findings : ledger.findings.filter((finding) => !baseline.known.has(finding));
}

/** How the run stands against the baseline, in one line. */
export function baselineLine({ file, counts: { known, fresh, gone } }: NonNullable<ReportInput['baseline']>): string {
  const told = gone === 0 ? '' : `; ${gone} of it gone (--update-baseline takes ${gone === 1 ? 'it' : 'them'} out)`;
  return `${fresh} new, ${known} known by the baseline ${file}${told}`;
}
