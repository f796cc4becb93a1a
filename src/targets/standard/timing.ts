import { defineFindings } from '../../ledger/finding.ts';
import { gatewayDuration } from '../gateway-duration.ts';
import { converted, type Lower, placeOf, unmapped } from '../lowering.ts';
import { alternatives } from './alternatives.ts';

const lost = defineFindings('standard', {
  'connect-timeout/no-field': {
    level: 'warning',
    message: (a: { ms: number }) =>
      `the time to connect to a backend (${a.ms} ms) cannot be written: the portable Gateway API has no such timeout`,
    help: () => alternatives('connectTimeout'),
    differs: ['status'],
  },
  'idle-timeout/no-field': {
    level: 'warning',
    message: (a: { direction: string; ms: number }) =>
      `the longest silence while ${a.direction === 'read' ? 'reading from' : 'sending to'} a backend (${a.ms} ms) cannot be written: portable timeouts bound the whole request, not its pauses`,
    help: () =>
      `${alternatives('idleTimeout')} Where responses take long, check the implementation's own default for whole requests: 15 seconds on some; timeouts.request: 0s switches it off.`,
    differs: ['status'],
  },
  'request-timeout/out-of-range': {
    level: 'warning',
    message: (a: { ms: number }) => `a request timeout of ${a.ms} ms is outside what a Gateway API duration can hold`,
    help: () => 'Write timeouts.request: 0s on the rule for no limit, or a duration below 99,999 hours.',
    differs: ['status'],
  },
});

export const connectTimeout: Lower<'connectTimeout'> = (intent, context) =>
  unmapped(lost['connect-timeout/no-field']({ ms: intent.ms }, placeOf(intent, context)));

export const idleTimeout: Lower<'idleTimeout'> = (intent, context) =>
  unmapped(lost['idle-timeout/no-field']({ direction: intent.direction, ms: intent.ms }, placeOf(intent, context)));

export const requestTimeout: Lower<'requestTimeout'> = (intent, context) => {
  const request = gatewayDuration(intent.ms);
  if (request === null) return unmapped(lost['request-timeout/out-of-range']({ ms: intent.ms }, placeOf(intent, context)));
  return converted({ timeouts: { request } });
};
