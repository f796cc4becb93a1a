import type { Finding } from '../../../src/ledger/finding.ts';
import type { Outcome, Settlement } from '../../../src/ledger/outcome.ts';
import type { Entry } from '../../../src/model/entry.ts';
import { endAs } from '../settlement.ts';

/** What the router has to say, collected while the tables are made. */
export interface Books {
  readonly settled: Settlement[];
  readonly findings: Finding[];
}

/** What is wrong with one Ingress: GKE applies all of it or nothing. */
export interface Sheet extends Books {
  readonly mistakes: Finding[];
}

export function settle(books: Books, outcome: Exclude<Outcome, 'converted'>, entries: readonly Entry[], finding: Finding): void {
  books.settled.push(...endAs(outcome, entries, finding));
}

/** Backends used by several paths make the same statement for each: one object for each, so that it is shown once. */
export function onceEach(books: Books): Books {
  const known = new Map<string, Finding>();
  const one = (finding: Finding): Finding => {
    const { code, args, at, ingress, host } = finding;
    const key = JSON.stringify([code, args, at, ingress?.at, host]);
    const same = known.get(key) ?? finding;
    known.set(key, same);
    return same;
  };
  const findings = [...new Set(books.findings.map(one))];
  const settled = books.settled.map((settlement) =>
    settlement.finding === null ? settlement : { ...settlement, finding: one(settlement.finding) },
  );
  return { findings, settled };
}
