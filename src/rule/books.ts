import type { Finding } from '../ledger/finding.ts';
import type { Settlement } from '../ledger/outcome.ts';

/** What the router of a pack has to say, collected while the tables are made. */
export interface Books {
  readonly findings: Finding[];
  readonly settled: Settlement[];
}

/** Hosts with several names, minions and shared backends make the same statement once for each: one object, so that it is shown once. */
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
