import { type Conversion, convert } from './convert.ts';
import { toYaml } from './emit/yaml.ts';
import { type ConvertOptions, DEFAULT_OPTIONS } from './options.ts';
import { readEstate } from './read/estate.ts';

/** One manifest file as text. */
export interface ManifestFile {
  /** Shown in findings and provenance comments. */
  readonly file: string;
  readonly text: string;
}

/**
 * Converts Ingress manifests. Bad input never throws: it becomes findings of the ledger.
 * @throws RangeError for a target that does not exist
 */
export function convertManifests(files: readonly ManifestFile[], options: Partial<ConvertOptions> = {}): Conversion {
  const complete = { ...DEFAULT_OPTIONS, ...options };
  return convert(readEstate(files, { defaultNamespace: complete.defaultNamespace }), complete);
}

export type { Finding, Level } from './ledger/finding.ts';
export type { IngressStatus, Ledger, LedgerEntry } from './ledger/ledger.ts';
export type { Outcome } from './ledger/outcome.ts';
export type { Plan, PlannedObject } from './plan/plan.ts';
export { type JsonReport, jsonReport } from './report/json.ts';
export { type Conversion, type ConvertOptions, convert, DEFAULT_OPTIONS, readEstate, toYaml };
