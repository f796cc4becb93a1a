import { parseAllDocuments } from 'yaml';
import { type CrdDocument, type CrdSet, crdSet } from '../check/crd-set.ts';
import { checkObject } from '../check/crds.ts';
import { defineFindings, type Finding } from '../ledger/finding.ts';
import type { Json } from '../model/json.ts';
import type { SourceFile } from '../model/source.ts';
import { objectName, placeOf } from '../output.ts';
import type { PlannedObject } from '../plan/plan.ts';
import { readSources } from '../read/sources.ts';
import { type Io, UsageError } from './io.ts';

const find = defineFindings('check', {
  crd: {
    level: 'error',
    message: (a: { object: string; path: string; reason: string }) =>
      `the CRDs given with --crds refuse ${a.object}: ${a.path} ${a.reason}`,
    help: () => 'Choose the release and channel that are installed with --gateway-api and --channel; if they are right, please report it.',
    differs: ['unreachable'],
  },
  'no-crd': {
    level: 'error',
    message: (a: { kind: string; apiVersion: string }) => `none of the CRDs given with --crds is for kind ${a.kind} of ${a.apiVersion}`,
    help: () => 'A cluster with these CRDs refuses objects of this kind: install its CRD, or give it as well.',
    differs: ['unreachable'],
  },
});

/** Holds the output against the user's own CRDs. This file brings the schema and CEL evaluators along: it is loaded on demand. */
export async function crdFindings(paths: readonly string[], objects: readonly PlannedObject[], io: Io): Promise<readonly Finding[]> {
  const crds = await readCrds(paths, io);
  const findings: Finding[] = [];
  const missing = new Set<string>();
  for (const planned of objects) {
    // What is sent to a server is JSON: fields that are not set do not exist there.
    const result = checkObject(crds, JSON.parse(JSON.stringify(planned.object)));
    if (result.kind === 'checked') {
      const object = objectName(planned);
      findings.push(...result.violations.map(({ path, message }) => find.crd({ object, path, reason: message }, placeOf(planned))));
    } else if (result.kind === 'no-crd') {
      const { kind, apiVersion } = planned.object;
      if (missing.has(`${apiVersion} ${kind}`)) continue;
      missing.add(`${apiVersion} ${kind}`);
      findings.push(find['no-crd']({ kind, apiVersion }, placeOf(planned)));
    }
  }
  return findings;
}

async function readCrds(paths: readonly string[], io: Io): Promise<CrdSet> {
  const { files, unread } = await readSources(paths, { stdin: io.stdin });
  if (unread.length > 0) throw new UsageError(`--crds: cannot read ${unread.join(', ')}`);
  const crds = crdSet(files.flatMap(parsed));
  if (crds.crds.length > 0) return crds;
  const [reason] = crds.ignored;
  throw new UsageError(
    `--crds: no CustomResourceDefinition in ${paths.join(', ')}${reason === undefined ? '' : ` (${reason.source}: ${reason.reason})`}`,
  );
}

function parsed({ file, text }: SourceFile): readonly CrdDocument[] {
  return parseAllDocuments(text).map((document) => {
    const [error] = document.errors;
    if (error !== undefined) throw new UsageError(`--crds: ${file}: ${error.message.split('\n', 1)[0]}`);
    try {
      return { source: file, value: document.toJS() as Json };
    } catch (cause) {
      throw new UsageError(`--crds: ${file}: ${cause instanceof Error ? cause.message : String(cause)}`);
    }
  });
}
