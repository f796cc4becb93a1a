import { join } from 'node:path';
import { type Change, changesTo, unifiedDiff } from '../../emit/changes.ts';
import { layout, stream } from '../../emit/layout.ts';
import { render } from '../../report/index.ts';
import { plain } from '../../report/plain.ts';
import { type Run, runConversion } from '../conversion.ts';
import { exitCode } from '../exit-code.ts';
import { colorLevel, type Io, UsageError } from '../io.ts';
import type { RawOptions } from '../options.ts';
import { applyChanges, readFolder, readIfThere, writeAtomically } from '../output-folder.ts';
import { reportRequests, tell, writeReports } from '../reports.ts';

export interface ConvertRawOptions extends RawOptions {
  readonly outDir?: string;
  readonly force?: true;
  readonly diff?: true;
}

export async function convertCommand(paths: readonly string[], raw: ConvertRawOptions, io: Io): Promise<number> {
  const requests = reportRequests(raw);
  const { outDir } = raw;
  if (outDir === undefined) {
    if (raw.diff) throw new UsageError('--diff compares with what stands under --out-dir: name that folder');
    if (raw.force) throw new UsageError('--force is about files under --out-dir: name that folder');
    if (requests.some(({ file }) => file === null))
      throw new UsageError(
        'standard output carries the manifests: give the report a file (--report json=report.json) or name an --out-dir',
      );
  } else if (raw.diff && requests.some(({ file }) => file === null))
    throw new UsageError('standard output carries the diff: give the report a file');
  const run = await runConversion(paths, raw, io);
  const plan = { ...run.conversion.plan, objects: run.objects };
  if (outDir === undefined) io.stdout(stream(plan));
  else {
    const changes = changesTo(await readFolder(outDir), layout(plan), raw.force === true);
    if (raw.diff) {
      io.stdout(coloured(unifiedDiff(changes), colorLevel(raw.color, io.stdoutIsTerminal, io.env)));
      if (raw.quiet !== true) io.stderr(`${changeSummary(changes, 'would be ')}\n`);
      await writeReports(requests, run.report, raw, io);
      return exitCode(run, raw.failOn);
    }
    await applyChanges(outDir, changes);
    const kept = await writeFolderReports(outDir, run);
    if (raw.quiet !== true) io.stderr(`${[changeSummary(changes, ''), ...kept].join('\n')}\n\n`);
  }
  await tell(run.report, raw, io);
  await writeReports(requests, run.report, raw, io);
  return exitCode(run, raw.failOn);
}

/** report.md and report.json beside the manifests; written only when they change, and never over somebody else's. */
async function writeFolderReports(folder: string, run: Run): Promise<readonly string[]> {
  const options = { verbose: true, colorLevel: 0 } as const;
  const reports = [
    {
      name: 'report.md',
      text: `${MARKDOWN_MARK}\n${await render('markdown', run.report, options)}`,
      isOurs: (text: string) => text.startsWith(MARKDOWN_MARK),
    },
    {
      name: 'report.json',
      text: await render('json', run.report, options),
      isOurs: (text: string) => /"tool": \{\s*"name": "gateshift"/.test(text),
    },
  ];
  const kept: string[] = [];
  for (const { name, text, isOurs } of reports) {
    const path = join(folder, name);
    const before = await readIfThere(path);
    if (before === text) continue;
    if (before === null || isOurs(before)) await writeAtomically(path, text);
    else kept.push(`  ${name}: not written by gateshift; left as it is`);
  }
  return kept;
}

const MARKDOWN_MARK = '<!-- Written by gateshift -->';

function changeSummary(changes: readonly Change[], verb: string): string {
  const count = (kind: Change['kind']) => changes.filter((change) => change.kind === kind).length;
  const kept = changes.flatMap((change) =>
    change.kind === 'kept'
      ? [
          `  ${plain(change.path)}: ${change.because === 'edited' ? 'edited since it was written; left as it is (--force overwrites it)' : 'not written by gateshift; left as it is'}`,
        ]
      : [],
  );
  const files = count('added') + count('changed') + count('removed');
  const head =
    files === 0
      ? 'No file changes: everything is up to date'
      : `${count('added')} files ${verb}added, ${count('changed')} changed, ${count('removed')} removed`;
  return [head, ...kept].join('\n');
}

/** The usual colours of a diff. */
function coloured(diff: string, level: 0 | 1): string {
  const lines = diff.split('\n').map((line) => (line === '' ? '' : plain(line)));
  if (level === 0) return lines.join('\n');
  const paint = (line: string) => {
    if (line.startsWith('+++') || line.startsWith('---')) return `\u001b[1m${line}\u001b[0m`;
    if (line.startsWith('+')) return `\u001b[32m${line}\u001b[0m`;
    if (line.startsWith('-')) return `\u001b[31m${line}\u001b[0m`;
    return line.startsWith('@@') ? `\u001b[36m${line}\u001b[0m` : line;
  };
  return lines.map(paint).join('\n');
}
