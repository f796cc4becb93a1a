import { baselineFile, updateBaseline } from '../baseline-file.ts';
import { runConversion } from '../conversion.ts';
import { exitCode } from '../exit-code.ts';
import type { Io } from '../io.ts';
import type { RawOptions } from '../options.ts';
import { type ReportRequest, reportRequests, writeReports } from '../reports.ts';

const TEXT_ON_STDOUT: ReportRequest = { format: 'text', file: null };

/** Report only. The report is the artefact: text on standard output unless another was asked for there. */
export async function checkCommand(paths: readonly string[], raw: RawOptions, io: Io): Promise<number> {
  const requests = reportRequests(raw);
  const baseline = await baselineFile(raw);
  const run = await runConversion(paths, raw, io, { baseline });
  const onStdout = requests.some(({ file }) => file === null);
  await writeReports([...(onStdout ? [] : [TEXT_ON_STDOUT]), ...requests], run.report, raw, io);
  if (baseline !== null && raw.updateBaseline) {
    // What could not be read or was lost would seem to be gone.
    if (run.bug || run.unreadable) io.stderr(`gateshift: the baseline ${baseline.file} was left as it is: not everything could be read\n`);
    else {
      const said = await updateBaseline(baseline, run.problems);
      if (raw.quiet !== true) io.stderr(`${said}\n`);
    }
  }
  return exitCode(run);
}
