import type { ChalkInstance } from 'chalk';
import type { IngressStatus, LedgerEntry } from '../ledger/ledger.ts';
import type { Outcome } from '../ledger/outcome.ts';
import type { IngressRef } from '../model/entry.ts';
import { compareText, placeText } from '../model/position.ts';
import type { ReportInput, ReportOptions } from './input.ts';
import { cut, plain } from './plain.ts';

const SHORT_INGRESSES = 15;
const SHORT_REASON = 100;
const LEAST_REASON = 24;
const MARK_WIDTH = 11;
const MARKS: Readonly<Record<IngressStatus['status'], string>> = { converted: '✓', partial: '~', withheld: '✗', skipped: '-' };
const ATTENTION: readonly IngressStatus['status'][] = ['withheld', 'skipped', 'partial', 'converted'];

/** One line for each Ingress: what became of it. In full, its settings below it. */
export function ingressLines({ ledger }: ReportInput, { detail, width: columns }: ReportOptions, paint: ChalkInstance): readonly string[] {
  const isFull = detail === 'full';
  const byAttention = ledger.ingresses.toSorted((a, b) => ATTENTION.indexOf(a.status) - ATTENTION.indexOf(b.status));
  const shown = isFull ? ledger.ingresses : byAttention.slice(0, SHORT_INGRESSES);
  const entries = entriesByIngress(ledger.entries);
  const width = Math.min(48, Math.max(0, ...shown.map(({ ref }) => nameOf(ref).length)));
  const lines = shown.flatMap((ingress) => {
    const own = entries.get(ingress.ref) ?? [];
    const name = nameOf(ingress.ref).padEnd(width);
    const place = `${plain(ingress.vendor)}, ${plain(placeText(ingress.ref.at, 'line'))}`;
    const note = isFull ? plain(ingress.reason) : shortNote(ingress, own, roomFor(columns, MARK_WIDTH + name.length + place.length + 5));
    const head = [painted(ingress.status, paint), name, '', paint.dim(place), ...(note === '' ? [] : ['', note])].join(' ');
    return isFull ? [head, ...settingLines(own, paint)] : [head];
  });
  const rest = ledger.ingresses.length - shown.length;
  const controller = isFull ? (entries.get(null) ?? []) : [];
  return [
    ...lines,
    ...(rest > 0 ? [paint.dim(`… and ${rest} more ${rest === 1 ? 'Ingress' : 'Ingresses'} (-v shows all)`)] : []),
    ...(controller.length === 0 ? [] : ['settings of no single Ingress', ...settingLines(controller, paint)]),
  ];
}

function entriesByIngress(entries: readonly LedgerEntry[]): ReadonlyMap<IngressRef | null, readonly LedgerEntry[]> {
  const byIngress = new Map<IngressRef | null, LedgerEntry[]>();
  for (const line of entries) {
    const own = byIngress.get(line.entry.ingress);
    if (own === undefined) byIngress.set(line.entry.ingress, [line]);
    else own.push(line);
  }
  return byIngress;
}

function painted(status: IngressStatus['status'], paint: ChalkInstance): string {
  const colour = status === 'converted' ? paint.green : status === 'partial' ? paint.yellow : paint.red;
  return colour(`${MARKS[status]} ${status.padEnd(MARK_WIDTH - 2)}`);
}

/** What is left of a line on a terminal behind that many columns, and never so little that it says nothing. */
function roomFor(columns: number | null, taken: number): number {
  return columns === null ? SHORT_REASON : Math.min(SHORT_REASON, Math.max(LEAST_REASON, columns - taken));
}

/** Why nothing was written, or how many of its settings did not simply carry over. */
function shortNote({ status, reason }: IngressStatus, entries: readonly LedgerEntry[], room: number): string {
  if (status === 'withheld' || status === 'skipped') return cut(plain(reason), room);
  // Of a converted one nothing but the class of its Gateway is left to name, which is said of the Gateway.
  const counted: readonly Outcome[] =
    status === 'converted' ? ['unmapped', 'unknown', 'approximated'] : ['unmapped', 'unknown', 'manual', 'approximated'];
  return counted
    .map((outcome) => [entries.filter((line) => line.outcome === outcome).length, outcome] as const)
    .filter(([count]) => count > 0)
    .map(([count, outcome]) => `${count} ${outcome}`)
    .join(', ');
}

/** Line, outcome, setting, and where it went or why it did not. */
function settingLines(entries: readonly LedgerEntry[], paint: ChalkInstance): readonly string[] {
  const gutter = Math.max(3, ...entries.map(({ entry }) => lineNumber(entry).length));
  return entries.map(({ entry, outcome, finding, wrote }) => {
    const objects = [...new Set(wrote.map((field) => `${field.kind} ${nameOf(field)}`))].sort(compareText);
    const went = [...(objects.length === 0 ? [] : [`→ ${objects.join(', ')}`]), ...(finding === null ? [] : [finding.code])];
    const line = `  ${lineNumber(entry).padStart(gutter)}  ${outcome.padEnd(12)}`;
    return `${outcomeColour(outcome, paint)(line)}  ${plain(entry.key)}: ${cut(plain(entry.value), 60)}${went.length === 0 ? '' : paint.dim(`  ${went.map(plain).join('  ')}`)}`;
  });
}

function outcomeColour(outcome: Outcome, paint: ChalkInstance): ChalkInstance {
  if (outcome === 'unmapped' || outcome === 'unknown') return paint.red;
  if (outcome === 'manual' || outcome === 'approximated') return paint.yellow;
  return outcome === 'converted' ? paint.green : paint.dim;
}

function nameOf({ namespace, name }: { readonly namespace: string; readonly name: string }): string {
  return plain(namespace === '' ? name : `${namespace}/${name}`);
}

/** Objects of a cluster have no lines; the setting's own path is told beside it. */
function lineNumber({ at }: LedgerEntry['entry']): string {
  return at.field === undefined ? String(at.line) : '';
}
