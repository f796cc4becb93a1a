import { packs } from '../rules/index.ts';
import type { Conversion } from './convert.ts';
import type { Finding } from './ledger/finding.ts';
import { type Ledger, type LedgerEntry, ledgerFindings } from './ledger/ledger.ts';
import type { Outcome } from './ledger/outcome.ts';
import { fingerprints } from './ledger/problem.ts';
import { compareText } from './model/position.ts';
import { type Output, outputFindings } from './output.ts';
import type { PlannedObject } from './plan/plan.ts';
import type { Behaviour, ReportInput } from './report/input.ts';
import { routeChanges } from './route-changes.ts';
import { targetNamed, versionedName } from './targets/index.ts';
import { VERSION } from './version.ts';

export interface Surroundings {
  /** What there is to say beside the conversion: unreadable paths, the user's own CRDs. */
  readonly findings: readonly Finding[];
  readonly lineOf: ReportInput['lineOf'];
  readonly failing?: ReportInput['failing'];
  readonly baseline?: ReportInput['baseline'];
  readonly waived?: ReportInput['waived'];
}

/** Everything a report needs, for the command line and the library alike. */
export function reported(conversion: Conversion, { objects, ledger }: Output, around: Surroundings): ReportInput {
  const { estate, options, plan, tables } = conversion;
  const target = targetNamed(options.target);
  const complete = { ...ledger, findings: [...around.findings, ...ledger.findings] };
  let routes: ReportInput['routes'] | null = null;
  return {
    tool: { name: 'gateshift', version: VERSION },
    target: { ...versionedName(target), gatewayApi: options.release.version, channel: options.release.channel },
    preface: target.preface ?? null,
    summary: {
      files: estate.files,
      liveObjects: estate.liveObjects,
      documents: estate.documents,
      ingresses: estate.ingresses.length,
      entries: outcomeCounts(ledger),
      objects: kindCounts(objects),
      withheld: plan.withheld.length,
    },
    ledger: complete,
    lost: ledger.entries.filter(isLost).length,
    lineOf: around.lineOf,
    withheld: plan.withheld,
    failing: around.failing ?? [],
    baseline: around.baseline ?? null,
    waived: around.waived ?? [],
    fingerprintOf: fingerprints(complete),
    behaviourOf,
    // One format shows them, and they take long.
    get routes() {
      routes ??= routeChanges(tables, objects, ledger, plan.withheld);
      return routes;
    },
  };
}

/** By the codes that the rules of all packs can say. */
const BEHAVIOURS: ReadonlyMap<string, Behaviour> = new Map(
  packs.flatMap(({ rules }) =>
    rules.flatMap(({ title, docs, findings }) => Object.values(findings).map(({ code }) => [code, { title, docs }] as const)),
  ),
);

function behaviourOf(code: string): Behaviour | null {
  return BEHAVIOURS.get(code) ?? null;
}

const LOST: readonly string[] = [ledgerFindings.unsettled.code, outputFindings.constraint.code];

/** Of a setting of which nothing can be said, or whose object our own checks refused: a bug. */
export function isLost({ finding }: LedgerEntry): boolean {
  return finding !== null && LOST.includes(finding.code);
}

function outcomeCounts({ entries }: Ledger): Readonly<Record<Outcome, number>> {
  const counts: Record<Outcome, number> = { converted: 0, approximated: 0, manual: 0, unmapped: 0, inert: 0, unknown: 0, waived: 0 };
  for (const { outcome } of entries) counts[outcome]++;
  return counts;
}

function kindCounts(objects: readonly PlannedObject[]): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const { object } of objects) counts.set(object.kind, (counts.get(object.kind) ?? 0) + 1);
  return Object.fromEntries([...counts].sort(([a], [b]) => compareText(a, b)));
}
