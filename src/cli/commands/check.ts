import { runConversion } from '../conversion.ts';
import { exitCode } from '../exit-code.ts';
import type { Io } from '../io.ts';
import type { RawOptions } from '../options.ts';
import { type ReportRequest, reportRequests, writeReports } from '../reports.ts';

const TEXT_ON_STDOUT: ReportRequest = { format: 'text', file: null };

/** Report only. The report is the artefact: text on standard output unless another was asked for there. */
export async function checkCommand(paths: readonly string[], raw: RawOptions, io: Io): Promise<number> {
  const requests = reportRequests(raw);
  const run = await runConversion(paths, raw, io);
  const onStdout = requests.some(({ file }) => file === null);
  await writeReports([...(onStdout ? [] : [TEXT_ON_STDOUT]), ...requests], run.report, raw, io);
  return exitCode(run, raw.failOn);
}
