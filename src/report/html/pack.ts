import type { Finding } from '../../ledger/finding.ts';
import type { IngressRef } from '../../model/entry.ts';
import { compareText, type Position, placeText } from '../../model/position.ts';
import type { ReportInput } from '../input.ts';
import { inOrder } from '../order.ts';
import { cut, plain } from '../plain.ts';
import { helpWithSteps } from '../steps.ts';
import {
  type FindingRow,
  type IngressRow,
  KNOWN,
  LISTED,
  NONE,
  type PageData,
  type RouteRow,
  SECURITY,
  type SettingRow,
  type WaivedRow,
  type WithheldRow,
} from './page-data.ts';

/** A value of a snippet can be a page long, a line of a minified manifest the whole file: a report shows their beginning. */
const LONGEST = 600;

/** The tables of the page. Every text has gone through `plain`. */
export function pack(input: ReportInput): PageData {
  const { ledger, lineOf, baseline } = input;
  const positions = new Map<string, number>();
  const text = (value: string | null): number => {
    if (value === null) return NONE;
    const shown = cut(plain(value), LONGEST);
    const known = positions.get(shown);
    if (known !== undefined) return known;
    positions.set(shown, positions.size);
    return positions.size - 1;
  };
  const lines = (values: readonly string[]) => (values.length === 0 ? NONE : packedLines(values, positions));
  const rows = new Map<IngressRef, number>(ledger.ingresses.map(({ ref }, index) => [ref, index]));
  const rowOf = (ref: IngressRef | null) => (ref === null ? NONE : (rows.get(ref) ?? NONE));
  const ingresses = ledger.ingresses.map(
    ({ ref, vendor, status, reason }): IngressRow => [
      text(ref.namespace),
      text(ref.name),
      text(vendor),
      text(status),
      text(reason),
      text(fileText(ref.at)),
      lineNumber(ref.at),
    ],
  );
  const listed = new Set(ledger.findings);
  const all = new Set([
    ...inOrder(ledger.findings),
    ...ledger.entries.flatMap(({ finding }) => finding ?? []),
    ...input.withheld.map(({ reason }) => reason),
    ...input.waived.map(({ finding }) => finding),
  ]);
  const findingRows = new Map<Finding, number>([...all].map((finding, index) => [finding, index]));
  const findings = [...all].map((finding): FindingRow => {
    const { code, level, message, at, ingress, security } = finding;
    const source = at === null || !listed.has(finding) ? null : lineOf(at.file, at.line);
    const flags = (security ? SECURITY : 0) + (baseline?.known.has(finding) ? KNOWN : 0) + (listed.has(finding) ? LISTED : 0);
    return [
      text(code),
      text(level),
      text(message),
      text(helpWithSteps(finding)),
      text(at === null ? null : fileText(at)),
      at === null ? NONE : lineNumber(at),
      at?.column ?? NONE,
      rowOf(ingress),
      text(source === null ? null : source.trim()),
      flags,
    ];
  });
  const settings = ledger.entries.map(({ entry, outcome, finding, wrote }): SettingRow => {
    const objects = new Set(wrote.map(({ kind, namespace, name }) => `${kind} ${namespace === '' ? '' : `${namespace}/`}${name}`));
    return [
      rowOf(entry.ingress),
      text(entry.key),
      text(entry.value),
      text(fileText(entry.at)),
      lineNumber(entry.at),
      text(outcome),
      finding === null ? NONE : (findingRows.get(finding) ?? NONE),
      text(objects.size === 0 ? null : [...objects].sort(compareText).join(', ')),
    ];
  });
  const routes = input.routes.map(
    ({ ingress, host, before, after, state, codes }): RouteRow => [
      rowOf(ingress),
      text(host),
      text(state),
      text(before.path),
      lines(before.to),
      lines(codes),
      after.map(({ route, path, to }) => [text(route), text(path), lines(to)] as const),
    ],
  );
  const withheld = input.withheld.map(
    ({ ingress, host, path, reason }): WithheldRow => [rowOf(ingress), text(host), text(path), findingRows.get(reason) ?? NONE],
  );
  const waived = input.waived.map(
    ({ finding, reason, until, by }): WaivedRow => [findingRows.get(finding) ?? NONE, text(reason), text(until), text(by)],
  );
  return { strings: [...positions.keys()], ingresses, findings, settings, routes, withheld, waived };
}

/** Several texts as one, a line each: the line end is the one control character that `plain` would take for a part of them. */
function packedLines(values: readonly string[], positions: Map<string, number>): number {
  const joined = values.map((value) => cut(plain(value), LONGEST)).join('\n');
  const known = positions.get(joined);
  if (known !== undefined) return known;
  positions.set(joined, positions.size);
  return positions.size - 1;
}

/** Objects of a cluster have fields and no lines. */
function fileText(at: Position): string {
  return at.field === undefined ? at.file : placeText(at);
}

function lineNumber(at: Position): number {
  return at.field === undefined ? at.line : NONE;
}
