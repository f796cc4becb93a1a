import { type Conversion, convert } from '../convert.ts';
import { defineFindings, type Finding } from '../ledger/finding.ts';
import { findObject } from '../model/parse/findings.ts';
import { outputOf } from '../output.ts';
import type { PlannedObject } from '../plan/plan.ts';
import { readEstate } from '../read/estate.ts';
import { findDocument } from '../read/findings.ts';
import { sourceLines } from '../read/lines.ts';
import { readSources } from '../read/sources.ts';
import type { ReportInput } from '../report/input.ts';
import { reported } from '../reported.ts';
import type { Io } from './io.ts';
import type { RawOptions } from './options.ts';
import { isOwnFile } from './own-files.ts';
import { settingsOf } from './settings.ts';

/** A conversion, what the checks said of its output, and everything a report needs. */
export interface Run {
  readonly conversion: Conversion;
  /** Without the objects that our own constraints refuse. */
  readonly objects: readonly PlannedObject[];
  readonly report: ReportInput;
  /** Not all of the input could be read, or there is no Ingress in it. */
  readonly unreadable: boolean;
  /** There was nothing to convert at all. */
  readonly empty: boolean;
  /** The cluster would refuse something, by the user's own CRDs. */
  readonly rejected: boolean;
  /** Settings were lost or objects refused by our own checks. */
  readonly bug: boolean;
}

const find = defineFindings('read', {
  'no-ingress': {
    level: 'error',
    message: (a: { files: number }) => `0 Ingresses found in ${a.files} ${a.files === 1 ? 'file' : 'files'}`,
    help: () => 'Check the path. Helm charts and kustomizations have to be rendered first: helm template … | gateshift convert -',
  },
});

/** Reads, converts and checks. `outDir`: files that an earlier run left there are no input. */
export async function runConversion(paths: readonly string[], raw: RawOptions, io: Io, outDir: string | null = null): Promise<Run> {
  const options = settingsOf(raw, paths);
  const sources = await readSources(paths, { stdin: io.stdin });
  const files = sources.files.filter((file) => !isOwnFile(file, outDir));
  const estate = readEstate(files, { defaultNamespace: options.defaultNamespace });
  const conversion = convert(estate, options);
  const output = outputOf(conversion);
  const rejections = raw.crds.length === 0 ? [] : await (await import('./crds.ts')).crdFindings(raw.crds, output.objects, io);
  const empty = estate.ingresses.length === 0;
  const findings: readonly Finding[] = [
    ...(empty ? [find['no-ingress']({ files: files.length })] : []),
    ...sources.problems,
    ...rejections,
  ];
  const report = reported(conversion, output, { findings, lineOf: sourceLines(files) });
  return {
    conversion,
    objects: output.objects,
    report,
    unreadable: empty || sources.unread.length > 0 || estate.findings.some(({ code }) => NOT_CONVERTED.includes(code)),
    empty,
    rejected: rejections.length > 0,
    bug: output.refused.length > 0 || report.lost > 0,
  };
}

/** What makes a document or an object drop out whole. */
export const NOT_CONVERTED: readonly string[] = [
  ...Object.values(findDocument).filter(({ spec }) => spec.level === 'error'),
  findDocument['top-level-list'],
  findObject['no-name'],
  findObject['unknown-api-version'],
].map(({ code }) => code);
