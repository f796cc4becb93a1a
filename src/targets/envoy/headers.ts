import { type HeaderTaste, headersTaken } from '../lacking/headers.ts';
import type { Implementation } from './implementation.ts';

/** Envoy reads `%` as the beginning of a command, and takes back all routes of a listener where it begins none. */
const WITHOUT_COMMANDS: HeaderTaste = {
  takes: /^[^%]*$/,
  refuses: 'hands values to Envoy, which reads a percent sign as a command and refuses all routes where it is none',
  instead: 'Write it into the header modifier of the rule yourself, with each percent sign twice; or let the backend set it.',
};

export function headersOf({ name, title }: Implementation) {
  return headersTaken(name, title, WITHOUT_COMMANDS);
}

/** Where values have to be printable ASCII with single blanks as well. */
export function printableHeadersOf({ name, title }: Implementation) {
  return headersTaken(name, title, {
    takes: /^[!-$&-~]+(?:[\t ]?[!-$&-~]+)*$/,
    refuses:
      'answers a rule with 500 for a value that is not printable ASCII with single blanks, and Envoy reads a percent sign as a command',
    instead: 'Write it into the header modifier of the rule yourself, with each percent sign twice; or let the backend set it.',
  });
}
