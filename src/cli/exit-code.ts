import type { Run } from './conversion.ts';
import { EXIT } from './io.ts';
import { FAIL_ON, type FailOn } from './options.ts';

/** A bug beats unreadable input, which beats what was found. */
export function exitCode(run: Pick<Run, 'bug' | 'unreadable' | 'rejected' | 'report'>, failOn: FailOn): number {
  if (run.bug) return EXIT.bug;
  if (run.unreadable) return EXIT.input;
  return isAtOrAbove(run, failOn) ? EXIT.found : EXIT.ok;
}

/** Each level includes those before it. What the user's CRDs refuse is as bad as a withheld route: it will not be there. */
function isAtOrAbove({ report, rejected }: Pick<Run, 'report' | 'rejected'>, failOn: FailOn): boolean {
  const { entries, withheld } = report.summary;
  const found: Readonly<Record<FailOn, boolean>> = {
    never: false,
    withheld: withheld > 0 || rejected,
    unmapped: entries.unmapped + entries.unknown > 0,
    manual: entries.manual > 0,
    approximated: entries.approximated > 0,
  };
  return FAIL_ON.slice(0, FAIL_ON.indexOf(failOn) + 1).some((level) => found[level]);
}
