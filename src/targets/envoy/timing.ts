import { defineFindings } from '../../ledger/finding.ts';
import type { LoweringContext, RuleParts } from '../contract.ts';
import { gatewayDuration } from '../gateway-duration.ts';
import { approximated, converted, type Lower, placeOf, unmapped } from '../lowering.ts';
import { longestSilence } from './idle-timeout.ts';
import type { Implementation } from './implementation.ts';

/** Where an implementation has a time: what a person sets, with the kind it stands in, and the parts of a duration. */
interface TimeField {
  readonly field: string;
  readonly write: (duration: string, context: LoweringContext) => RuleParts;
}

export function connectTimeoutOf({ name }: Implementation, { field, write }: TimeField): Lower<'connectTimeout'> {
  const find = defineFindings(name, {
    'connect-timeout/out-of-range': {
      level: 'warning',
      message: (a: { ms: number }) => `a time to connect of ${a.ms} ms is outside what a duration can hold`,
      help: () => `Set ${field} by hand.`,
      differs: ['status'],
    },
  });
  return (intent, context) => {
    const duration = gatewayDuration(intent.ms);
    return duration === null
      ? unmapped(find['connect-timeout/out-of-range']({ ms: intent.ms }, placeOf(intent, context)))
      : converted(write(duration, context));
  };
}

/** Both times of a rule become one; each of them writes the same. */
export function idleTimeoutOf({ name }: Implementation, { field, write }: TimeField): Lower<'idleTimeout'> {
  const find = defineFindings(name, {
    'idle-timeout/out-of-range': {
      level: 'warning',
      message: (a: { ms: number }) => `a longest silence of ${a.ms} ms is outside what a duration can hold`,
      help: () => `Set ${field} by hand; 0s switches it off.`,
      differs: ['status'],
    },
    'idle-timeout/both-ways': {
      level: 'note',
      message: (a: { duration: string }) =>
        `written as the longest silence on both sides together, ${a.duration}: the controller looks at reading and at sending by themselves`,
      help: () => 'A backend that stays silent while the client goes on sending is waited for longer than today.',
      differs: ['status'],
    },
  });
  return (intent, context) => {
    const duration = gatewayDuration(longestSilence(context) ?? intent.ms);
    const place = placeOf(intent, context);
    return duration === null
      ? unmapped(find['idle-timeout/out-of-range']({ ms: intent.ms }, place))
      : approximated(write(duration, context), find['idle-timeout/both-ways']({ duration }, place));
  };
}
