import type { Entry } from '../model/entry.ts';
import type { Position } from '../model/position.ts';

/** A loss that somebody accepts, with a reason. */
export interface Waiver {
  /** A finding's code, or its beginning and `/*`. */
  readonly code: string;
  /** `namespace/name`, each part maybe with `*` for any text; null = every Ingress. */
  readonly ingress: string | null;
  /** Annotation or field path; null = every setting. */
  readonly setting: string | null;
  readonly reason: string;
  /** Last day on which it holds, `YYYY-MM-DD`; null = for good. */
  readonly until: string | null;
  /** Where it was written down. */
  readonly by: { readonly kind: 'config'; readonly at: Position } | { readonly kind: 'annotation'; readonly entry: Entry };
}

/** `gateshift.dev/accept: "<code>; <reason>; <until>"`, a line for each. */
export const ACCEPT_ANNOTATION = 'gateshift.dev/accept';

export type AnnotationRead =
  | { readonly kind: 'waiver'; readonly waiver: Waiver }
  | { readonly kind: 'malformed'; readonly line: string; readonly why: string };

/** The waivers that an annotation holds. They cover its own Ingress only. */
export function waiversOf(entry: Entry): readonly AnnotationRead[] {
  const lines = entry.value.split('\n').map((line) => line.trim());
  return lines.filter((line) => line !== '').map((line) => waiverOf(line, entry));
}

function waiverOf(line: string, entry: Entry): AnnotationRead {
  const [code = '', ...rest] = line.split(';').map((part) => part.trim());
  const last = rest.at(-1) ?? '';
  const until = /^(?:until\s+)?([\d-]+)$/i.exec(last)?.[1] ?? null;
  const reason = (until === null ? rest : rest.slice(0, -1)).join('; ').trim();
  const why = whyMalformed(code, reason, until);
  if (why !== null) return { kind: 'malformed', line, why };
  const ingress = entry.ingress === null ? null : `${entry.ingress.namespace}/${entry.ingress.name}`;
  return { kind: 'waiver', waiver: { code, ingress, setting: null, reason, until, by: { kind: 'annotation', entry } } };
}

function whyMalformed(code: string, reason: string, until: string | null): string | null {
  if (!isCode(code)) return `"${code}" is no code of a finding`;
  if (reason === '') return 'it gives no reason';
  return until === null || isDay(until) ? null : `"${until}" is no day: write YYYY-MM-DD`;
}

/** `<owner>/<behaviour>/<name>` or less of it with `/*` behind. */
export function isCode(text: string): boolean {
  return /^[a-z0-9-]+(?:\/[a-z0-9-]+)*(?:\/\*)?$/.test(text) && text.includes('/');
}

/** A day of the calendar. */
export function isDay(text: string): boolean {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)?.map(Number) ?? [];
  if (year === undefined || month === undefined || day === undefined) return false;
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  return day >= 1 && day <= (days[month - 1] ?? 0);
}
