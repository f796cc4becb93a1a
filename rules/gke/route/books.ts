import type { Finding } from '../../../src/ledger/finding.ts';
import type { Outcome } from '../../../src/ledger/outcome.ts';
import type { Entry } from '../../../src/model/entry.ts';
import type { Books } from '../../../src/rule/books.ts';
import { endAs } from '../settlement.ts';

/** What is wrong with one Ingress: GKE applies all of it or nothing. */
export interface Sheet extends Books {
  readonly mistakes: Finding[];
}

export function settle(books: Books, outcome: Exclude<Outcome, 'converted'>, entries: readonly Entry[], finding: Finding): void {
  books.settled.push(...endAs(outcome, entries, finding));
}
