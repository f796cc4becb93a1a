import type { Finding } from '../ledger/finding.ts';
import type { Problem } from '../ledger/problem.ts';
import { compareText } from '../model/position.ts';

/** One known problem. `count`: how many alike there were; files that define the same Ingress twice have two. */
export interface BaselineEntry {
  readonly code: string;
  /** `namespace/name`; '' when it is not about one Ingress. */
  readonly ingress: string;
  readonly subject: string;
  readonly fingerprint: string;
  readonly count: number;
}

/** What a team knew when it wrote the baseline, by Ingress, code, subject, fingerprint. */
export type Baseline = readonly BaselineEntry[];

export interface Comparison {
  readonly known: readonly Problem[];
  readonly fresh: readonly Problem[];
  /** What the baseline has and this run has not, with how many of it are gone. */
  readonly gone: Baseline;
}

/** Bugs and broken input are never "known": they are not what a baseline is for. */
const NEVER_KNOWN: ReadonlySet<string> = new Set(['ledger/unsettled', 'check/constraint']);

export function baselineOf(problems: readonly Problem[]): Baseline {
  const byFingerprint = new Map<string, BaselineEntry>();
  for (const problem of problems.filter(({ finding }) => !NEVER_KNOWN.has(finding.code))) {
    const { finding, ingress, subject, fingerprint } = problem;
    const count = (byFingerprint.get(fingerprint)?.count ?? 0) + 1;
    const name = ingress === null ? '' : `${ingress.namespace}/${ingress.name}`;
    byFingerprint.set(fingerprint, { code: finding.code, ingress: name, subject, fingerprint, count });
  }
  return [...byFingerprint.values()].sort(
    (a, b) =>
      compareText(a.ingress, b.ingress) ||
      compareText(a.code, b.code) ||
      compareText(a.subject, b.subject) ||
      compareText(a.fingerprint, b.fingerprint),
  );
}

/** Of several alike, as many are known as the baseline counts; which ones does not matter, since nothing tells them apart. */
export function compareWith(baseline: Baseline, problems: readonly Problem[]): Comparison {
  const left = new Map(baseline.map(({ fingerprint, count }) => [fingerprint, count]));
  const known: Problem[] = [];
  const fresh: Problem[] = [];
  for (const problem of problems) {
    const count = NEVER_KNOWN.has(problem.finding.code) ? 0 : (left.get(problem.fingerprint) ?? 0);
    if (count > 0) left.set(problem.fingerprint, count - 1);
    (count > 0 ? known : fresh).push(problem);
  }
  const gone = baseline.flatMap((entry) => {
    const count = left.get(entry.fingerprint) ?? 0;
    return count > 0 ? [{ ...entry, count }] : [];
  });
  return { known, fresh, gone };
}

/** Findings of which every problem is known: reports leave them out. */
export function knownFindings({ known, fresh }: Comparison): ReadonlySet<Finding> {
  const findings = new Set(known.map(({ finding }) => finding));
  for (const { finding } of fresh) findings.delete(finding);
  return findings;
}
