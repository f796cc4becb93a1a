import * as z from 'zod';
import type { Finding } from '../ledger/finding.ts';
import type { LedgerEntry } from '../ledger/ledger.ts';
import { OUTCOMES } from '../ledger/outcome.ts';
import type { IngressRef } from '../model/entry.ts';
import type { ReportInput } from './input.ts';
import { escapedJson } from './json-text.ts';
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
    /** Only where a cluster was read. */
    liveObjects: count.exactOptional(),
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
      help: z.string(),
      /** Commands one after the other; those that begin with # are comments. */
      steps: z.array(z.string()).optional(),
      security: z.boolean(),
      /** The same for the same finding in every run, wherever its lines have moved. */
      fingerprint: z.string(),
      /** Whether the baseline knows it; null when the run was held against none. */
      baseline: z.enum(['known', 'new']).nullable(),
    }),
  ),
  /** Routes that were not written because their protection could not be. */
  withheld: z.array(z.object({ ingress: z.string(), host: z.string(), path: z.string(), code: z.string(), message: z.string() })),
  waived: z.array(
    z.object({
      code: z.string(),
      message: z.string(),
      ingress: z.string().nullable(),
      reason: z.string(),
      until: z.string().nullable(),
      by: z.enum(['config', 'annotation']),
    }),
  ),
  baseline: z
    .object({
      file: z.string(),
      known: count,
      new: count,
      gone: z.array(
        z.object({
          code: z.string(),
          ingress: z.string(),
          subject: z.string(),
          fingerprint: z.string(),
          count: z.number().int().positive(),
        }),
      ),
    })
    .nullable(),
});

export type JsonReport = z.infer<typeof jsonReport>;

export function toJsonReport(input: ReportInput): JsonReport {
  const { tool, target, summary, ledger, baseline } = input;
  const { liveObjects, ...counts } = summary;
  return {
    schemaVersion: 1,
    tool,
    target: { name: target.name, version: target.version, gatewayApi: target.gatewayApi, channel: target.channel },
    summary: {
      ...counts,
      ...(liveObjects === 0 ? {} : { liveObjects }),
      entries: { ...summary.entries },
      objects: { ...summary.objects },
    },
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
    findings: inOrder(ledger.findings).map((finding) => findingOf(finding, input)),
    withheld: input.withheld.map(({ ingress, host, path, reason }) => ({
      ingress: nameOf(ingress),
      host,
      path,
      code: reason.code,
      message: reason.message,
    })),
    waived: input.waived.map(({ finding, reason, until, by }) => ({
      code: finding.code,
      message: finding.message,
      ingress: finding.ingress === null ? null : nameOf(finding.ingress),
      reason,
      until,
      by,
    })),
    baseline:
      baseline === null
        ? null
        : {
            file: baseline.file,
            known: baseline.counts.known,
            new: baseline.counts.fresh,
            gone: baseline.gone.map(({ code, ingress, subject, fingerprint, count: times }) => ({
              code,
              ingress,
              subject,
              fingerprint,
              count: times,
            })),
          },
  };
}

function entryOf({ entry, outcome, finding, wrote }: LedgerEntry): JsonReport['entries'][number] {
  const { ingress, key, value, at } = entry;
  return {
    ingress: ingress === null ? null : nameOf(ingress),
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

function findingOf(finding: Finding, { baseline, fingerprintOf }: ReportInput): JsonReport['findings'][number] {
  const { code, level, message, at, help, steps, security } = finding;
  return {
    code,
    level,
    message,
    file: at?.file ?? null,
    line: at?.line ?? null,
    column: at?.column ?? null,
    help,
    ...(steps === undefined ? {} : { steps: [...steps] }),
    security,
    fingerprint: fingerprintOf(finding),
    baseline: baseline === null ? null : baseline.known.has(finding) ? 'known' : 'new',
  };
}

function nameOf({ namespace, name }: IngressRef): string {
  return `${namespace}/${name}`;
}

export function report(input: ReportInput): string {
  return escapedJson(toJsonReport(input));
}
