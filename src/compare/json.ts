import * as z from 'zod';
import type { IngressRef } from '../model/entry.ts';
import { escapedJson } from '../report/json-text.ts';
import type { Comparison } from './comparison.ts';
import type { Fate } from './fate.ts';
import { STANDINGS } from './standing.ts';
import { nextStep } from './words.ts';

const count = z.number().int().nonnegative();
const standing = z.enum(STANDINGS);

/** The public contract of `compare --format json`. Additions keep the version, anything else raises it. */
export const jsonComparison = z.object({
  schemaVersion: z.literal(1),
  tool: z.object({ name: z.literal('gateshift'), version: z.string() }),
  gatewayApi: z.string(),
  channel: z.string(),
  files: count,
  settings: count,
  /** What carries most over first. */
  targets: z.array(
    z.object({
      name: z.string(),
      version: z.string().nullable(),
      /** Every Ingress once, by the worst that happens to it. */
      ingresses: z.object({ fully: count, approximated: count, manual: count, losing: count, withheld: count, skipped: count }),
      /** Every setting once. `along`: not written because its route is not. */
      settings: z.object({ kept: count, approximated: count, manual: count, lost: count, withheld: count, along: count }),
      withheldRoutes: count,
    }),
  ),
  /** Every setting, those that make the difference first. */
  bySetting: z.array(
    z.object({
      name: z.string(),
      times: count,
      ingresses: count,
      /** Of the times it is set: how many end differently on one target than on another. */
      differing: count,
      /** By target: how often it ends how, and the codes that say why. */
      on: z.record(
        z.string(),
        z.object({
          kept: count,
          approximated: count,
          manual: count,
          lost: count,
          withheld: count,
          along: count,
          codes: z.array(z.string()),
        }),
      ),
    }),
  ),
  byIngress: z.array(
    z.object({ namespace: z.string(), name: z.string(), file: z.string(), line: count, on: z.record(z.string(), standing) }),
  ),
  next: z.string(),
});

export type JsonComparison = z.infer<typeof jsonComparison>;

export interface JsonContext {
  readonly tool: JsonComparison['tool'];
  readonly gatewayApi: string;
  readonly channel: string;
  readonly paths: readonly string[];
}

export function toJsonComparison(comparison: Comparison, { paths, ...context }: JsonContext): JsonComparison {
  const { files, settings, targets, rows } = comparison;
  return {
    schemaVersion: 1,
    ...context,
    files,
    settings,
    targets: targets.map(({ name, version, ingresses, settings: counts, withheldRoutes }) => ({
      name,
      version,
      ingresses: { ...ingresses },
      settings: { ...counts },
      withheldRoutes,
    })),
    bySetting: rows.map(({ name, times, ingresses, differing, fates, codes }) => ({
      name,
      times,
      ingresses,
      differing,
      on: Object.fromEntries(
        targets.map((target) => [target.name, { ...countsOf(fates.get(target.name)), codes: [...(codes.get(target.name) ?? [])] }]),
      ),
    })),
    byIngress: comparison.ingresses.map((ref) => ({ ...placeOf(ref), on: standingsOf(comparison, ref) })),
    next: nextStep(comparison, paths),
  };
}

export function comparisonJson(comparison: Comparison, context: JsonContext): string {
  return escapedJson(toJsonComparison(comparison, context));
}

function countsOf(fates: ReadonlyMap<Fate, number> | undefined): Readonly<Record<Fate, number>> {
  const of = (fate: Fate) => fates?.get(fate) ?? 0;
  return {
    kept: of('kept'),
    approximated: of('approximated'),
    manual: of('manual'),
    lost: of('lost'),
    withheld: of('withheld'),
    along: of('along'),
  };
}

function placeOf({ namespace, name, at }: IngressRef) {
  return { namespace, name, file: at.file, line: at.line };
}

function standingsOf({ targets }: Comparison, ref: IngressRef): JsonComparison['byIngress'][number]['on'] {
  return Object.fromEntries(targets.map(({ name, standings }) => [name, standings.get(ref) ?? 'skipped']));
}
