import type { Finding, Place } from '../../src/ledger/finding.ts';
import type { Outcome, Settlement } from '../../src/ledger/outcome.ts';
import type { Entry, IngressRef } from '../../src/model/entry.ts';

/** Where a finding about a setting stands. Settings of other objects name no Ingress: `user` is one that they govern. */
export function placeOf(entry: Entry, user: IngressRef | null = null): Place {
  return { at: entry.at, ingress: entry.ingress ?? user };
}

/** Each of the entries ends in the same way, for the same reason, with nothing written for it. */
export function endAs(outcome: Exclude<Outcome, 'converted'>, entries: readonly Entry[], finding: Finding): readonly Settlement[] {
  return entries.map((entry) => ({ entry, outcome, finding, wrote: [] }));
}

export function inert(entries: readonly Entry[], finding: Finding): readonly Settlement[] {
  return endAs('inert', entries, finding);
}
