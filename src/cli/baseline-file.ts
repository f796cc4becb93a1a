import { readFile } from 'node:fs/promises';
import { type Baseline, baselineOf, type Comparison, compareWith, knownFindings } from '../baseline/baseline.ts';
import { baselineText, readBaseline } from '../baseline/file.ts';
import type { Problem } from '../ledger/problem.ts';
import type { BaselineState } from '../report/input.ts';
import { UsageError } from './io.ts';
import type { RawOptions } from './options.ts';
import { writeTextFile } from './text-file.ts';

export interface BaselineFile {
  readonly file: string;
  /** Null when it is still to be written. */
  readonly baseline: Baseline | null;
}

/** Null when the run is held against none. */
export async function baselineFile({ baseline: file, updateBaseline }: RawOptions): Promise<BaselineFile | null> {
  if (file === undefined) {
    if (updateBaseline) throw new UsageError('--update-baseline writes the file that --baseline names: add --baseline FILE');
    return null;
  }
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' && updateBaseline) return null;
    const hint = error.code === 'ENOENT' ? ' (--update-baseline writes it)' : '';
    throw new UsageError(`--baseline: cannot read ${file}: ${error.message}${hint}`);
  });
  if (text === null) return { file, baseline: null };
  const read = readBaseline(text);
  // Nothing but a baseline is ever overwritten by one.
  if (read.kind === 'malformed') throw new UsageError(`--baseline: ${file} is no baseline: ${read.reason}`);
  return { file, baseline: read.baseline };
}

/** Writes what is known from now on, and says what changed. */
export async function updateBaseline({ file, baseline }: BaselineFile, problems: readonly Problem[]): Promise<string> {
  const next = baselineOf(problems);
  const { fresh, gone } = compareWith(baseline ?? [], problems);
  await writeTextFile(file, baselineText(next));
  const count = next.reduce((sum, entry) => sum + entry.count, 0);
  const told = baseline === null ? '' : `: ${fresh.length} added, ${goneCount(gone)} removed`;
  return `baseline ${file} written with ${count} ${count === 1 ? 'finding' : 'findings'}${told}`;
}

export function baselineState(file: string, comparison: Comparison): BaselineState {
  const { known, fresh, gone } = comparison;
  return {
    file,
    known: knownFindings(comparison),
    counts: { known: counted(known), fresh: counted(fresh), gone: goneCount(gone) },
    gone,
  };
}

/** Warnings that never fail a run are known as well, and not counted. */
function counted(problems: readonly Problem[]): number {
  return problems.filter(({ gravity }) => gravity !== 'told').length;
}

function goneCount(gone: Baseline): number {
  return gone.reduce((sum, { count }) => sum + count, 0);
}
