import type { Because, Change } from '../emit/changes.ts';
import { plain } from '../report/plain.ts';

const SHOWN = 10;

const KEPT: Readonly<Record<Because, string>> = {
  foreign: 'not written by gateshift; left as it is',
  edited: 'edited since it was written; left as it is (--force overwrites it)',
  'edited-stale': 'edited since it was written, and no longer produced; left as it is: remove it unless it is still needed',
  unsure: 'no longer produced; left as it is, since not all of the input could be read',
};

/** What happened to the output folder, or would. `isDone` is false for `--diff`. */
export function changeSummary(changes: readonly Change[], isDone: boolean, verbose: boolean): string {
  const manifests = changes.filter(({ path }) => path.endsWith('.yaml'));
  const count = (kind: Change['kind']) => manifests.filter((change) => change.kind === kind).length;
  const written = changes.filter(({ kind }) => kind !== 'kept');
  const reports = written.filter(({ path }) => !path.endsWith('.yaml')).map(({ path }) => path);
  const [added, changed, removed] = [count('added'), count('changed'), count('removed')];
  const counts = `${added} ${added === 1 ? 'manifest' : 'manifests'} ${isDone ? '' : 'would be '}added, ${changed} changed, ${removed} removed`;
  const more = reports.length === 0 ? '' : `; ${reports.join(' and ')} ${isDone ? 'written' : 'would be written'}`;
  const isCurrent = !changes.some((change) => change.kind === 'kept');
  const head =
    written.length === 0 && isCurrent
      ? `No file changes: everything is up to date${isDone ? ', nothing was written' : ''}`
      : added + changed + removed === 0 && isCurrent
        ? `The manifests are up to date${more}`
        : `${counts}${more}`;
  return [head, ...listed(changes.flatMap(lineOf(isDone)), verbose)].join('\n');
}

/** What has to be said even to who asked for errors alone: the folder does not hold what was converted. */
export function keptLines(changes: readonly Change[]): string {
  const kept = changes.filter((change) => change.kind === 'kept' && change.because !== 'unsure');
  return kept
    .flatMap(lineOf(true))
    .map((line) => `gateshift: ${line.trimStart()}\n`)
    .join('');
}

function lineOf(isDone: boolean) {
  return (change: Change): readonly string[] => {
    if (change.kind === 'kept') return [`  ${plain(change.path)}: ${KEPT[change.because]}`];
    return change.kind === 'removed' ? [`  ${plain(change.path)}: no longer produced; ${isDone ? 'removed' : 'would be removed'}`] : [];
  };
}

function listed(lines: readonly string[], verbose: boolean): readonly string[] {
  if (verbose || lines.length <= SHOWN) return lines;
  return [...lines.slice(0, SHOWN), `  … and ${lines.length - SHOWN} more (-v shows all)`];
}
