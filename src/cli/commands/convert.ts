import { type Change, changesTo } from '../../emit/changes.ts';
import { layout, stream } from '../../emit/layout.ts';
import { markedMarkdown } from '../../emit/marker.ts';
import { unifiedDiff } from '../../emit/unified-diff.ts';
import { render } from '../../report/index.ts';
import { changeSummary, colouredDiff } from '../change-text.ts';
import { type Run, runConversion } from '../conversion.ts';
import { exitCode } from '../exit-code.ts';
import { colorLevel, type Io, UsageError } from '../io.ts';
import type { RawOptions } from '../options.ts';
import { applyChanges, holdsSecrets, readFolder } from '../output-folder.ts';
import { IN_FULL, type ReportRequest, reportRequests, tell, writeReports } from '../reports.ts';

export interface ConvertRawOptions extends RawOptions {
  readonly outDir?: string;
  readonly force?: true;
  readonly diff?: true;
  readonly writeSecrets?: true;
}

/** Manifests to standard output or a folder, the report for people to standard error. */
export async function convertCommand(paths: readonly string[], raw: ConvertRawOptions, io: Io): Promise<number> {
  const requests = reportRequests(raw);
  const reportOnStdout = requests.some(({ file }) => file === null);
  rejectContradictions(raw, reportOnStdout);
  const { outDir } = raw;
  const run = await runConversion(paths, raw, io, { outDir: outDir ?? null, writeSecrets: raw.writeSecrets === true });
  if (outDir === undefined) io.stdout(stream(run.objects));
  else await toFolder(outDir, run, raw, io);
  if (raw.diff !== true && !isTextOnStdout(requests)) await tell(run.report, raw, io);
  await writeReports(requests, run.report, raw, io);
  return exitCode(run);
}

function rejectContradictions(raw: ConvertRawOptions, reportOnStdout: boolean): void {
  if (raw.outDir === undefined) {
    if (raw.diff) throw new UsageError('--diff compares with what stands under --out-dir: name that folder');
    if (raw.writeSecrets) throw new UsageError('--write-secrets needs a folder, since values are never printed: name an --out-dir');
    if (raw.force) throw new UsageError('--force is about files under --out-dir: name that folder');
    if (reportOnStdout)
      throw new UsageError(
        'standard output carries the manifests: give the report a file (--report json=report.json) or name an --out-dir',
      );
  } else if (raw.outDir === '') throw new UsageError('--out-dir names no folder');
  else if (raw.diff && reportOnStdout) throw new UsageError('standard output carries the diff: give the report a file');
}

/** Said once is enough. */
function isTextOnStdout(requests: readonly ReportRequest[]): boolean {
  return requests.some(({ format, file }) => format === 'text' && file === null);
}

async function toFolder(outDir: string, run: Run, raw: ConvertRawOptions, io: Io): Promise<void> {
  const say = (changes: readonly Change[], end: string) => {
    if (raw.quiet !== true) io.stderr(`${changeSummary(changes, raw.diff !== true, raw.verbose === true)}\n${end}`);
  };
  if (run.empty) {
    // Most likely a wrong path: what an earlier run wrote is not taken away for that.
    if (raw.quiet !== true) io.stderr('Nothing was written: there is no Ingress to convert\n\n');
    return;
  }
  const secrets = [...run.secretFiles].map(([path, text]) => [path, text.open()] as const);
  const wanted = new Map([...layout(run.objects), ...(await folderReports(run)), ...secrets]);
  const changes = changesTo(await readFolder(outDir), wanted, { force: raw.force === true, remove: !run.unreadable });
  if (raw.diff) {
    // Never what holds values, nor what an earlier run wrote of them.
    const manifests = changes.filter(({ path }) => path.endsWith('.yaml') && !holdsSecrets(path));
    io.stdout(colouredDiff(unifiedDiff(manifests), colorLevel(raw.color, io.stdoutIsTerminal, io.env)));
    say(changes, '');
    return;
  }
  await applyChanges(outDir, changes);
  say(changes, '\n');
}

/** report.md and report.json stand beside the manifests. */
async function folderReports({ report }: Run): Promise<readonly (readonly [string, string])[]> {
  return [
    ['report.md', markedMarkdown(await render('markdown', report, IN_FULL))],
    ['report.json', await render('json', report, IN_FULL)],
  ];
}
