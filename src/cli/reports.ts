import { REPORT_FORMATS, type ReportFormat, render } from '../report/index.ts';
import type { ReportInput, ReportOptions } from '../report/input.ts';
import { colorLevel, type Io, lineWidth, UsageError } from './io.ts';
import type { RawOptions } from './options.ts';
import { unknown } from './settings.ts';
import { writeTextFile } from './text-file.ts';

export interface ReportRequest {
  readonly format: ReportFormat;
  /** null = standard output. */
  readonly file: string | null;
}

/** `FORMAT[=FILE]`, any number. Standard output takes one. */
export function reportRequests(raw: RawOptions): readonly ReportRequest[] {
  const requests = raw.report.map((text): ReportRequest => {
    const [name = ''] = text.split('=', 1);
    const format = REPORT_FORMATS.find((candidate) => candidate === name);
    if (format === undefined) throw new UsageError(unknown('report format', name, REPORT_FORMATS));
    const file = text.includes('=') ? text.slice(name.length + 1) : null;
    if (file === '') throw new UsageError(`--report ${name}= names no file`);
    return { format, file };
  });
  if (requests.filter(({ file }) => file === null).length > 1)
    throw new UsageError('only one --report can go to standard output: give the others a file, as in json=report.json');
  return requests;
}

/** In a file everything is written out; on a stream it is as short as asked for. */
export const IN_FULL: ReportOptions = { detail: 'full', colorLevel: 0, width: null };

export async function writeReports(requests: readonly ReportRequest[], input: ReportInput, raw: RawOptions, io: Io): Promise<void> {
  for (const { format, file } of requests) {
    if (file === null) io.stdout(await render(format, input, onStream(raw, io.stdoutIsTerminal, io)));
    else await writeTextFile(file, await render(format, input, IN_FULL));
  }
}

/** The report for people, on standard error beside an artefact. */
export async function tell(input: ReportInput, raw: RawOptions, io: Io): Promise<void> {
  io.stderr(await render('text', input, onStream(raw, io.stderrIsTerminal, io)));
}

function onStream(raw: RawOptions, isTerminal: boolean, io: Io): ReportOptions {
  return {
    detail: raw.quiet === true ? 'errors' : raw.verbose === true ? 'full' : 'short',
    colorLevel: colorLevel(raw.color, isTerminal, io.env),
    width: lineWidth(isTerminal, io.columns),
  };
}
