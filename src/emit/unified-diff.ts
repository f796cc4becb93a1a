import { createTwoFilesPatch } from 'diff';
import type { Change } from './changes.ts';

/** A comparison may blow up on files that have little in common. */
const MILLISECONDS = 2000;

/** Unified diff of all changes, without colour. A comparison that would take too long shows the whole new file. */
export function unifiedDiff(changes: readonly Change[]): string {
  return changes
    .flatMap((change) => {
      if (change.kind === 'kept') return [];
      const from = change.kind === 'added' ? '/dev/null' : `a/${change.path}`;
      const to = change.kind === 'removed' ? '/dev/null' : `b/${change.path}`;
      const options = { context: 3, timeout: MILLISECONDS };
      const patch = createTwoFilesPatch(from, to, change.before, change.after, undefined, undefined, options);
      const text = patch ?? `--- ${from}\n+++ ${to}\n(too different to compare; the new file)\n${change.after}`;
      return [text.replace(/^={20,}\n/, '')];
    })
    .join('');
}
