import { parseAllDocuments } from 'yaml';
import { crdSet } from '../check/crd-set.ts';
import { checkObject } from '../check/crds.ts';
import type { PlannedObject } from '../plan/plan.ts';
import { readSources } from '../read/sources.ts';
import { type Io, UsageError } from './io.ts';

export type CrdViolation =
  | { readonly kind: 'violation'; readonly planned: PlannedObject; readonly path: string; readonly message: string }
  | { readonly kind: 'no-crd'; readonly name: string };

const CORE_KINDS: readonly string[] = ['Namespace', 'Service'];

/** Holds the output against the user's own CRDs. This file brings the schema and CEL evaluators along: it is loaded on demand. */
export async function crdViolations(paths: readonly string[], objects: readonly PlannedObject[], io: Io): Promise<readonly CrdViolation[]> {
  const { files, unread } = await readSources(paths, { stdin: io.stdin });
  if (unread.length > 0) throw new UsageError(`--crds: cannot read ${unread.join(', ')}`);
  const documents = files.flatMap((file) =>
    parseAllDocuments(file.text).map((document) => ({ source: file.file, value: document.toJS() })),
  );
  const crds = crdSet(documents);
  const missing = new Set<string>();
  const violations: CrdViolation[] = [];
  for (const planned of objects) {
    const result = checkObject(crds, JSON.parse(JSON.stringify(planned.object)));
    if (result.kind === 'no-crd' && !CORE_KINDS.includes(planned.object.kind)) missing.add(planned.object.kind);
    if (result.kind === 'checked')
      violations.push(...result.violations.map(({ path, message }): CrdViolation => ({ kind: 'violation', planned, path, message })));
  }
  return [...violations, ...[...missing].sort().map((name): CrdViolation => ({ kind: 'no-crd', name }))];
}
