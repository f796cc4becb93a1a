import type { Entry, IngressRef } from '../model/entry.ts';
import { comparePositions, compareText } from '../model/position.ts';
import { defineFindings, type Finding } from './finding.ts';
import type { Outcome, Settlement, WrittenField } from './outcome.ts';

/** Every entry of the input with the one outcome it ended in. */
export interface Ledger {
  /** By file, line, column, key. */
  readonly entries: readonly LedgerEntry[];
  /** What needs a reader's attention: gravest first within a position's order. */
  readonly findings: readonly Finding[];
  readonly ingresses: readonly IngressStatus[];
}

export interface LedgerEntry {
  readonly entry: Entry;
  readonly outcome: Outcome;
  readonly finding: Finding | null;
  readonly wrote: readonly WrittenField[];
}

export interface IngressStatus {
  readonly ref: IngressRef;
  /** Vendor name; for skipped Ingresses the class or controller as far as it is known. */
  readonly vendor: string;
  readonly status: 'converted' | 'partial' | 'withheld' | 'skipped';
  /** '' when converted. */
  readonly reason: string;
}

/** Gravest first: what an entry with several statements is counted as. */
const GRAVITY: readonly Outcome[] = ['waived', 'unmapped', 'manual', 'approximated', 'unknown', 'converted', 'inert'];

export const ledgerFindings = defineFindings('ledger', {
  unsettled: {
    level: 'error',
    message: (a: { key: string }) => `${a.key} was read, and nothing says what became of it`,
    help: () => 'This is a bug in gateshift. Treat the setting as lost, and please report it with the manifest.',
    security: true,
    differs: ['protection', 'wrong-backend', 'wrong-path', 'unreachable', 'wider', 'narrower'],
  },
});

/** An entry and those that its value was divided into. */
interface Divided {
  readonly whole: Entry;
  readonly parts: readonly Entry[];
}

/**
 * Brings entries and settlements together: one line per entry, the gravest outcome, all places written. An entry
 * without a settlement is `unmapped` as `ledger/unsettled`; the engine's tests hold that this never happens. The parts of
 * a divided entry have lines of their own, and the entry itself ends as the gravest of them.
 */
export function balance(
  entries: readonly Entry[],
  settlements: readonly Settlement[],
  divided: readonly Divided[] = [],
): readonly LedgerEntry[] {
  const byEntry = new Map<Entry, Settlement[]>();
  for (const entry of [...entries, ...divided.flatMap(({ parts }) => parts)]) byEntry.set(entry, []);
  for (const settlement of settlements) byEntry.get(settlement.entry)?.push(settlement);
  // One of the controller's own texts is divided with every Ingress it holds for.
  for (const { whole, parts } of new Map(divided.map((each) => [each.whole, each])).values()) {
    for (const part of parts) byEntry.get(whole)?.push({ ...close(part, byEntry.get(part) ?? []), entry: whole });
  }
  return [...byEntry]
    .map(([entry, own]) => close(entry, own))
    .sort((a, b) => comparePositions(a.entry.at, b.entry.at) || compareText(a.entry.key, b.entry.key));
}

function close(entry: Entry, settlements: readonly Settlement[]): LedgerEntry {
  const [first, ...others] = settlements;
  if (first === undefined) {
    const finding = ledgerFindings.unsettled({ key: entry.key }, { at: entry.at, ingress: entry.ingress });
    return { entry, outcome: 'unmapped', finding, wrote: [] };
  }
  const { outcome, finding } = others.reduce((worst, next) => (gravity(next) < gravity(worst) ? next : worst), first);
  return { entry, outcome, finding, wrote: distinct(settlements) };
}

/** Among equal outcomes a protection's reason is told first. */
function gravity(settlement: Settlement): number {
  return GRAVITY.indexOf(settlement.outcome) * 2 + (settlement.finding?.security ? 0 : 1);
}

function distinct(settlements: readonly Settlement[]): readonly WrittenField[] {
  const [only = [], ...others] = settlements.filter(({ wrote }) => wrote.length > 0).map(({ wrote }) => wrote);
  const fields = [...only, ...others.flat()];
  // Most settings are written once.
  if (fields.length <= 1) return only;
  const byText = new Map(fields.map((f) => [`${f.kind} ${f.namespace}/${f.name} ${f.field}`, f]));
  return [...byText].sort(([a], [b]) => compareText(a, b)).map(([, f]) => f);
}
