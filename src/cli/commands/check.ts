import { runConversion } from '../conversion.ts';
import { exitCode } from '../exit-code.ts';
import type { Io } from '../io.ts';
import type { RawOptions } from '../options.ts';
import { reportRequests, writeReports } from '../reports.ts';

/** Report only. The report is the artefact: text on standard output unless another was asked for. */
export async function checkCommand(paths: readonly string[], raw: RawOptions, io: Io): Promise<number> {
  const requests = reportRequests(raw);
  const run = await runConversion(paths, raw, io);
  const onStdout = requests.some(({ file }) => file === null);
  const text = onStdout || raw.quiet === true ? [] : [{ format: 'text', file: null } as const];
  await writeReports([...text, ...requests], run.report, raw, io);
  return exitCode(run, raw.failOn);
}
