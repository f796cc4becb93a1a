import type { Entry, IngressRef } from '../model/entry.ts';
import type { Finding } from './finding.ts';
import { findingFingerprint, settingFingerprint, settingOf } from './fingerprint.ts';
import type { Ledger, LedgerEntry } from './ledger.ts';

/** How bad it is for a run, gravest first: `withheld` is also what a cluster would refuse, `unmapped` also what is unknown. */
export const GRAVITIES = ['withheld', 'unmapped', 'manual', 'approximated'] as const;

/** One thing that may fail a run, or, as `told`, a warning that never does. */
export interface Problem {
  readonly gravity: (typeof GRAVITIES)[number] | 'told';
  readonly finding: Finding;
  readonly ingress: IngressRef | null;
  /** The setting without list positions, or host and path; '' when it is about neither. */
  readonly subject: string;
  readonly fingerprint: string;
}

/** A rule that was not written because its protection could not be. */
export interface WithheldRoute {
  readonly ingress: IngressRef;
  readonly host: string;
  readonly path: string;
  readonly reason: Finding;
}

/**
 * Everything in a ledger that may fail a run, in its order. `refused`: what the user's own CRDs say of the output. Settings
 * that were waived are none.
 */
export function problemsOf(ledger: Ledger, withheld: readonly WithheldRoute[], refused: readonly Finding[]): readonly Problem[] {
  const routes = withheld.map(({ ingress, host, path, reason }): Problem => {
    return { gravity: 'withheld', finding: reason, ingress, subject: `${host}${path}`, fingerprint: findingFingerprint(reason) };
  });
  const settings = ledger.entries.flatMap(settingProblem);
  const known = new Set([...routes, ...settings].map(({ finding }) => finding));
  const others = ledger.findings.filter(
    (finding) => finding.level === 'warning' && !known.has(finding) && !refused.includes(finding) && !finding.code.startsWith('waiver/'),
  );
  return [...routes, ...refused.map((finding) => bare(finding, 'withheld')), ...settings, ...others.map((each) => bare(each, 'told'))];
}

function settingProblem({ entry, outcome, finding }: LedgerEntry): readonly Problem[] {
  if (finding === null || outcome === 'converted' || outcome === 'inert' || outcome === 'waived') return [];
  return [
    {
      gravity: outcome === 'unknown' ? 'unmapped' : outcome,
      finding,
      ingress: entry.ingress,
      subject: settingOf(entry),
      // Worked out for those who ask: most runs have no baseline.
      get fingerprint() {
        return settingFingerprint(finding.code, entry);
      },
    },
  ];
}

function bare(finding: Finding, gravity: Problem['gravity']): Problem {
  return {
    gravity,
    finding,
    ingress: finding.ingress,
    subject: finding.host ?? '',
    get fingerprint() {
      return findingFingerprint(finding);
    },
  };
}

/** The problems that are as grave as `level` or graver. */
export function atOrAbove(problems: readonly Problem[], level: (typeof GRAVITIES)[number] | 'never'): readonly Problem[] {
  const counted: readonly Problem['gravity'][] = level === 'never' ? [] : GRAVITIES.slice(0, GRAVITIES.indexOf(level) + 1);
  return problems.filter(({ gravity }) => counted.includes(gravity));
}

/** What a finding is known by: with exactly one setting that ended with it, as that setting's. */
export function fingerprints({ entries }: Ledger): (finding: Finding) => string {
  let own: ReadonlyMap<Finding, Entry | null> | null = null;
  return (finding) => {
    own ??= onlyEntries(entries);
    const entry = own.get(finding) ?? null;
    return entry === null ? findingFingerprint(finding) : settingFingerprint(finding.code, entry);
  };
}

/** The one entry that ended with a finding; null when there are several. */
function onlyEntries(entries: readonly LedgerEntry[]): ReadonlyMap<Finding, Entry | null> {
  const own = new Map<Finding, Entry | null>();
  for (const { entry, finding } of entries) if (finding !== null) own.set(finding, own.has(finding) ? null : entry);
  return own;
}
