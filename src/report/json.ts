import * as z from 'zod';
import type { Finding } from '../ledger/finding.ts';
import type { LedgerEntry } from '../ledger/ledger.ts';
import { OUTCOMES } from '../ledger/outcome.ts';
import type { ReportInput } from './input.ts';
import { inOrder } from './order.ts';

const wrote = z.object({ kind: z.string(), namespace: z.string(), name: z.string(), field: z.string() });
const count = z.number().int().nonnegative();

/** The public contract of `--report json`. Additions keep the version, anything else raises it. */
export const jsonReport = z.object({
  schemaVersion: z.literal(1),
  tool: z.object({ name: z.literal('gateshift'), version: z.string() }),
  target: z.object({ name: z.string(), version: z.string().nullable(), gatewayApi: z.string(), channel: z.string() }),
  summary: z.object({
    files: count,
    documents: count,
    ingresses: count,
    entries: z.record(z.enum(OUTCOMES), count),
    objects: z.record(z.string(), count),
    withheld: count,
  }),
  ingresses: z.array(
    z.object({
      namespace: z.string(),
      name: z.string(),
      file: z.string(),
      line: count,
      vendor: z.string(),
      status: z.enum(['converted', 'partial', 'withheld', 'skipped']),
      reason: z.string(),
    }),
  ),
  entries: z.array(
    z.object({
      /** `namespace/name` of the Ingress it served; null for settings of the whole controller. */
      ingress: z.string().nullable(),
      key: z.string(),
      value: z.string(),
      file: z.string(),
      line: count,
      column: count,
      outcome: z.enum(OUTCOMES),
      code: z.string(),
      message: z.string(),
      help: z.string(),
      security: z.boolean(),
      wrote: z.array(wrote),
    }),
  ),
  findings: z.array(
    z.object({
      code: z.string(),
      level: z.enum(['error', 'warning', 'note']),
      message: z.string(),
      file: z.string().nullable(),
      line: count.nullable(),
      column: count.nullable(),
    }),
  ),
});

export type JsonReport = z.infer<typeof jsonReport>;

export function toJsonReport({ tool, target, summary, ledger }: ReportInput): JsonReport {
  return {
    schemaVersion: 1,
    tool,
    target,
    summary: { ...summary, entries: { ...summary.entries }, objects: { ...summary.objects } },
    ingresses: ledger.ingresses.map(({ ref, vendor, status, reason }) => ({
      namespace: ref.namespace,
      name: ref.name,
      file: ref.at.file,
      line: ref.at.line,
      vendor,
      status,
      reason,
    })),
    entries: ledger.entries.map(entryOf),
    findings: inOrder(ledger.findings).map(findingOf),
  };
}

function entryOf({ entry, outcome, finding, wrote }: LedgerEntry): JsonReport['entries'][number] {
  const { ingress, key, value, at } = entry;
  return {
    ingress: ingress === null ? null : `${ingress.namespace}/${ingress.name}`,
    key,
    value,
    file: at.file,
    line: at.line,
    column: at.column,
    outcome,
    code: finding?.code ?? 'converted',
    message: finding?.message ?? 'carried over',
    help: finding?.help ?? '',
    security: finding?.security ?? false,
    wrote: wrote.map(({ kind, namespace, name, field }) => ({ kind, namespace, name, field })),
  };
}

function findingOf({ code, level, message, at }: Finding): JsonReport['findings'][number] {
  return { code, level, message, file: at?.file ?? null, line: at?.line ?? null, column: at?.column ?? null };
}

export function report(input: ReportInput): string {
  const text = JSON.stringify(toJsonReport(input), null, 2);
  return `${text.replace(UNSAFE, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)}\n`;
}

/** JSON escapes only the first 32 control characters by itself; a terminal obeys more of them. */
const UNSAFE = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;
