import type { Finding } from '../../src/ledger/finding.ts';
import type { Outcome, Settlement } from '../../src/ledger/outcome.ts';
import type { Entry } from '../../src/model/entry.ts';

/** What the router says about entries besides what the routing tables hold. */
export interface Books {
  readonly settled: Settlement[];
  readonly findings: Finding[];
}

export function settle(books: Books, entries: readonly Entry[], outcome: Outcome, finding: Finding): void {
  for (const entry of entries) books.settled.push({ entry, outcome, finding, wrote: [] });
  // An inert entry by itself is not shown.
  if (outcome === 'inert' && finding.level !== 'note') books.findings.push(finding);
}
