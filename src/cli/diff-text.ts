import { Chalk } from 'chalk';
import type { Change } from '../emit/changes.ts';
import { unifiedDiff } from '../emit/unified-diff.ts';
import { plain } from '../report/plain.ts';

/** The changes as a unified diff in the usual colours. */
export function diffText(changes: readonly Change[], level: 0 | 1): string {
  const paint = new Chalk({ level });
  const colour = (line: string) => {
    if (line.startsWith('+++') || line.startsWith('---')) return paint.bold(line);
    if (line.startsWith('+')) return paint.green(line);
    if (line.startsWith('-')) return paint.red(line);
    return line.startsWith('@@') ? paint.cyan(line) : line;
  };
  return unifiedDiff(changes)
    .split('\n')
    .map((line) => (line === '' ? '' : colour(plain(line))))
    .join('\n');
}
