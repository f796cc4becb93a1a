import { defineFindings } from '../../ledger/finding.ts';
import { longestSilence } from '../envoy/idle-timeout.ts';
import { gatewayDuration } from '../gateway-duration.ts';
import { approximated, converted, type Lower, placeOf, unmapped } from '../lowering.ts';
import { traffic } from './kinds.ts';

const find = defineFindings('envoy-gateway', {
  'connect-timeout/out-of-range': {
    level: 'warning',
    message: (a: { ms: number }) => `a time to connect of ${a.ms} ms is outside what a duration can hold`,
    help: () => 'Set timeout.tcp.connectTimeout of a BackendTrafficPolicy by hand.',
    differs: ['status'],
  },
  'idle-timeout/out-of-range': {
    level: 'warning',
    message: (a: { ms: number }) => `a longest silence of ${a.ms} ms is outside what a duration can hold`,
    help: () => 'Set timeout.http.streamIdleTimeout of a BackendTrafficPolicy by hand; 0s switches it off.',
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

export const connectTimeout: Lower<'connectTimeout'> = (intent, context) => {
  const duration = gatewayDuration(intent.ms);
  return duration === null
    ? unmapped(find['connect-timeout/out-of-range']({ ms: intent.ms }, placeOf(intent, context)))
    : converted(traffic({ timeout: { tcp: { connectTimeout: duration } } }));
};

/** Both times of a rule become one; each of them writes the same. */
export const idleTimeout: Lower<'idleTimeout'> = (intent, context) => {
  const duration = gatewayDuration(longestSilence(context) ?? intent.ms);
  const place = placeOf(intent, context);
  return duration === null
    ? unmapped(find['idle-timeout/out-of-range']({ ms: intent.ms }, place))
    : approximated(traffic({ timeout: { http: { streamIdleTimeout: duration } } }), find['idle-timeout/both-ways']({ duration }, place));
};
