import type { Finding } from '../ledger/finding.ts';
import type { Ledger, LedgerEntry } from '../ledger/ledger.ts';
import type { WithheldRoute } from '../ledger/problem.ts';
import type { IngressRef } from '../model/entry.ts';
import { nearest } from '../rule/nearest.ts';
import { waiverFindings } from './findings.ts';
import { ACCEPT_ANNOTATION, type AnnotationRead, type Waiver, waiversOf } from './waiver.ts';

export interface Waived {
  /** Settings whose loss is accepted end as `waived`; findings that only they had are left out. */
  readonly ledger: Ledger;
  /** Routes that stay withheld without anybody having accepted it. The others are withheld as well: nothing opens them. */
  readonly withheld: readonly WithheldRoute[];
  /** The findings that were accepted, with their waivers. */
  readonly accepted: readonly { readonly finding: Finding; readonly waiver: Waiver }[];
}

/** Bugs and what the CRDs of a cluster refuse are facts, no losses to accept. */
const NEVER: readonly string[] = ['ledger/unsettled', 'check/constraint', 'check/crd', 'check/no-crd'];

export interface WaiverContext {
  readonly fromConfig: readonly Waiver[];
  /** `YYYY-MM-DD` */
  readonly today: string;
  /** Of each Ingress the first setting that somebody has to look at. */
  readonly attention: (entries: readonly LedgerEntry[]) => ReadonlyMap<IngressRef, LedgerEntry>;
}

/** Holds waivers from the config file and from annotations against a ledger. */
export function applyWaivers(ledger: Ledger, withheld: readonly WithheldRoute[], { fromConfig, today, attention }: WaiverContext): Waived {
  const read = ledger.entries
    .filter(({ entry }) => isAnnotation(entry))
    .flatMap(({ entry }) => waiversOf(entry).map((each) => ({ each, entry })));
  const all = [...fromConfig, ...read.flatMap(({ each }) => (each.kind === 'waiver' ? [each.waiver] : []))];
  if (all.length === 0 && read.length === 0) return { ledger, withheld, accepted: [] };
  const valid = all.filter((waiver) => !isExpired(waiver, today) && !isForBugs(waiver));
  const used = new Set<Waiver>();
  const accepted = new Map<Finding, Waiver>();
  const take = (finding: Finding, ingress: IngressRef | null, setting: string | null): Waiver | null => {
    const fitting = valid.filter((waiver) => fits(waiver, finding, ingress, setting));
    for (const waiver of fitting) used.add(waiver);
    const [first = null] = fitting;
    if (first !== null) accepted.set(finding, first);
    return first;
  };
  const open = withheld.filter(({ reason, ingress }) => take(reason, ingress, null) === null);
  const entries = ledger.entries.map((line): LedgerEntry => {
    const { entry, outcome, finding } = line;
    if (finding === null || outcome === 'converted' || outcome === 'inert') return line;
    const waiver = take(finding, entry.ingress, entry.name);
    return waiver === null ? line : { ...line, outcome: 'waived', finding: acceptance(finding, waiver) };
  });
  const standing = new Set([...open.map(({ reason }) => reason), ...entries.map(({ finding }) => finding)]);
  // A warning that no setting ended with is accepted by its code too.
  const others = ledger.findings.filter((finding) => !accepted.has(finding) && finding.level === 'warning' && !standing.has(finding));
  for (const finding of others) take(finding, finding.ingress, null);
  const codes = [...new Set([...ledger.findings.map(({ code }) => code), ...withheld.map(({ reason }) => reason.code)])];
  const said = [
    ...read.flatMap(({ each, entry }) => malformed(each, entry.at, entry.ingress)),
    ...all.flatMap((waiver) => complaint(waiver, today, used, codes)),
  ];
  const findings = ledger.findings.filter((finding) => standing.has(finding) || !accepted.has(finding));
  return {
    ledger: { entries, findings: [...findings, ...said], ingresses: statuses(ledger, entries, withheld, attention) },
    withheld: open,
    accepted: [...accepted].flatMap(([finding, waiver]) => (standing.has(finding) ? [] : [{ finding, waiver }])),
  };
}

/** An Ingress whose every loss is accepted counts as converted, unless a route of it is withheld. */
function statuses(
  ledger: Ledger,
  entries: readonly LedgerEntry[],
  withheld: readonly WithheldRoute[],
  attention: WaiverContext['attention'],
): Ledger['ingresses'] {
  const [before, after] = [attention(ledger.entries), attention(entries)];
  const closed = new Set(withheld.map(({ ingress }) => ingress));
  return ledger.ingresses.map((ingress) => {
    if (ingress.status !== 'partial' || closed.has(ingress.ref) || !before.has(ingress.ref)) return ingress;
    const left = after.get(ingress.ref);
    return left === undefined ? { ...ingress, status: 'converted', reason: '' } : { ...ingress, reason: left.finding?.message ?? '' };
  });
}

function isAnnotation({ name, kind, malformed: broken }: LedgerEntry['entry']): boolean {
  return kind === 'annotation' && name === ACCEPT_ANNOTATION && broken !== true;
}

function fits({ code, ingress, setting }: Waiver, finding: Finding, owner: IngressRef | null, name: string | null): boolean {
  if (NEVER.includes(finding.code)) return false;
  const isCode = code.endsWith('/*') ? finding.code.startsWith(code.slice(0, -1)) : finding.code === code;
  const isIngress = ingress === null || (owner !== null && matches(ingress, `${owner.namespace}/${owner.name}`));
  return isCode && isIngress && (setting === null || setting === name);
}

/** `*` stands for any text without a slash. Linear: each piece is looked for once, from left to right. */
function matches(pattern: string, text: string): boolean {
  const [left, right] = [pattern.split('/'), text.split('/')];
  return left.length === right.length && left.every((part, index) => partMatches(part, right[index] ?? ''));
}

function partMatches(pattern: string, text: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop();
  if (last === undefined) return pattern === text;
  if (!text.startsWith(first) || text.length < first.length + last.length || !text.endsWith(last)) return false;
  let from = first.length;
  for (const piece of rest) {
    const at = text.indexOf(piece, from);
    if (at < 0 || at + piece.length > text.length - last.length) return false;
    from = at + piece.length;
  }
  return true;
}

function acceptance(finding: Finding, { reason, until }: Waiver): Finding {
  const args = { code: finding.code, what: finding.message, reason, until: until ?? '' };
  return waiverFindings.accepted(args, { at: finding.at, ingress: finding.ingress, host: finding.host });
}

function isExpired({ until }: Waiver, today: string): boolean {
  return until !== null && until < today;
}

function isForBugs({ code }: Waiver): boolean {
  return NEVER.includes(code);
}

function malformed(read: AnnotationRead, at: Finding['at'], ingress: IngressRef | null): readonly Finding[] {
  return read.kind === 'malformed' ? [waiverFindings.malformed({ line: read.line, why: read.why }, { at, ingress })] : [];
}

/** Codes have parts: a slip of the pen is in one of them, and leaves it recognisable. */
function isSlip(code: string, other: string): boolean {
  const parts = other.split('/');
  const wrong = code.split('/').flatMap((part, index) => (part === parts[index] ? [] : [[part, parts[index] ?? ''] as const]));
  return wrong.length === 1 && wrong.every(([part, meant]) => nearest(part, [meant]) !== null);
}

/** What is to be said of a waiver that had no effect. */
function complaint(waiver: Waiver, today: string, used: ReadonlySet<Waiver>, codes: readonly string[]): readonly Finding[] {
  const { code, reason, until, by, ingress, setting } = waiver;
  const place = by.kind === 'config' ? { at: by.at } : { at: by.entry.at, ingress: by.entry.ingress };
  if (isForBugs(waiver)) return [waiverFindings.bug({ code }, place)];
  if (isExpired(waiver, today)) return [waiverFindings.expired({ code, reason, until: until ?? '' }, place)];
  if (used.has(waiver)) return [];
  const where = [ingress ?? '', setting ?? ''].filter((part) => part !== '').join(' ');
  const meant = codes.includes(code)
    ? ''
    : (nearest(
        code,
        codes.filter((other) => isSlip(code, other)),
      ) ?? '');
  return [waiverFindings.unused({ code, where, meant }, place)];
}
