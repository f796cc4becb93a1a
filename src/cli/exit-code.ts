import type { Run } from './conversion.ts';
import { EXIT } from './io.ts';

/** A bug beats unreadable input, which beats what was found. */
export function exitCode({ bug, unreadable, report }: Pick<Run, 'bug' | 'unreadable' | 'report'>): number {
  if (bug) return EXIT.bug;
  if (unreadable) return EXIT.input;
  return report.failing.length > 0 ? EXIT.found : EXIT.ok;
}
