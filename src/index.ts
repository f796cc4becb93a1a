import { type Conversion, convert } from './convert.ts';
import { layout, stream } from './emit/layout.ts';
import { toYaml } from './emit/yaml.ts';
import { type ConvertOptions, DEFAULT_OPTIONS } from './options.ts';
import { outputOf } from './output.ts';
import { readEstate } from './read/estate.ts';
import { type JsonReport, jsonReport, toJsonReport } from './report/json.ts';
import { reported } from './reported.ts';

/** One manifest file as text. */
export interface ManifestFile {
  /** Shown in findings and provenance comments. */
  readonly file: string;
  readonly text: string;
}

/**
 * Converts Ingress manifests. Bad input never throws: it becomes findings of the ledger.
 *
 * @param files YAML or JSON, any number of documents in each; their order does not matter
 * @param options what differs from `DEFAULT_OPTIONS`
 * @throws RangeError for a target that does not exist
 */
export function convertManifests(files: readonly ManifestFile[], options: Partial<ConvertOptions> = {}): Conversion {
  const complete = { ...DEFAULT_OPTIONS, ...options };
  return convert(readEstate(files, { defaultNamespace: complete.defaultNamespace }), complete);
}

/** The objects of a conversion as one stream of YAML documents, as `gateshift convert` prints them. */
export function manifestStream(conversion: Conversion): string {
  return stream(outputOf(conversion).objects);
}

/** The objects of a conversion as files, by path relative to the output folder, as `--out-dir` writes them. */
export function manifestFiles(conversion: Conversion): ReadonlyMap<string, string> {
  return layout(outputOf(conversion).objects);
}

/** What became of every setting, in the shape of `--report json` (`schemaVersion` 1, checked by `jsonReport`). */
export function reportOf(conversion: Conversion): JsonReport {
  return toJsonReport(reported(conversion, outputOf(conversion), { findings: [], lineOf: () => null }));
}

export type { OutputObject } from './gateway/types.ts';
export type { Finding, Level } from './ledger/finding.ts';
export type { IngressStatus, Ledger, LedgerEntry } from './ledger/ledger.ts';
export type { Outcome } from './ledger/outcome.ts';
export type { Plan, PlannedObject } from './plan/plan.ts';
export { type Conversion, type ConvertOptions, convert, DEFAULT_OPTIONS, type JsonReport, jsonReport, readEstate, toYaml };
