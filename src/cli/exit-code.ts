import type { Run } from './conversion.ts';
import { EXIT } from './io.ts';
import { FAIL_ON, type FailOn } from './options.ts';

/** A bug beats unreadable input, which beats what was found. */
export function exitCode(run: Run, failOn: FailOn): number {
  if (run.bug) return EXIT.bug;
  if (run.unreadable) return EXIT.input;
  return isAtOrAbove(run, failOn) ? EXIT.found : EXIT.ok;
}

/** Each level includes those before it; settings the vendor does not know count as unmapped. */
function isAtOrAbove({ report }: Run, failOn: FailOn): boolean {
  const { entries, withheld } = report.summary;
  const counts: Readonly<Record<FailOn, number>> = {
    never: 0,
    withheld,
    unmapped: entries.unmapped + entries.unknown,
    manual: entries.manual,
    approximated: entries.approximated,
  };
  return FAIL_ON.slice(0, FAIL_ON.indexOf(failOn) + 1).some((level) => counts[level] > 0);
}
