import { writeFile } from 'node:fs/promises';
import { REPORT_FORMATS, type ReportFormat, render } from '../report/index.ts';
import type { ReportInput } from '../report/input.ts';
import { colorLevel, type Io, UsageError } from './io.ts';
import type { RawOptions } from './options.ts';
import { unknown } from './settings.ts';

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

export async function writeReports(requests: readonly ReportRequest[], input: ReportInput, raw: RawOptions, io: Io): Promise<void> {
  for (const { format, file } of requests) {
    const level = file === null ? colorLevel(raw.color, io.stdoutIsTerminal, io.env) : 0;
    const text = await render(format, input, { verbose: raw.verbose === true || file !== null, colorLevel: level });
    if (file === null) io.stdout(text);
    else await writeReport(file, text);
  }
}

async function writeReport(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text);
  } catch (error) {
    throw new UsageError(`cannot write the report ${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** The report for people, on standard error beside an artefact. */
export async function tell(input: ReportInput, raw: RawOptions, io: Io): Promise<void> {
  if (raw.quiet === true) return;
  io.stderr(await render('text', input, { verbose: raw.verbose === true, colorLevel: colorLevel(raw.color, io.stderrIsTerminal, io.env) }));
}
