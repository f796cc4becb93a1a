import type { Finding, Place } from '../../src/ledger/finding.ts';
import type { Outcome, Settlement } from '../../src/ledger/outcome.ts';
import type { Entry } from '../../src/model/entry.ts';

/** Where a finding about a setting stands. */
export function placeOf(entry: Entry): Place {
  return { at: entry.at, ingress: entry.ingress };
}

/** Each of the entries ends in the same way, for the same reason, with nothing written for it. */
export function endAs(outcome: Exclude<Outcome, 'converted'>, entries: readonly Entry[], finding: Finding): readonly Settlement[] {
  return entries.map((entry) => ({ entry, outcome, finding, wrote: [] }));
}

export function inert(entries: readonly Entry[], finding: Finding): readonly Settlement[] {
  return endAs('inert', entries, finding);
}

/** Warnings among the reasons: an inert entry alone is not shown. */
export function warningsOf(settled: readonly Settlement[]): readonly Finding[] {
  return settled.flatMap(({ finding }) => (finding !== null && finding.level !== 'note' ? [finding] : []));
}
