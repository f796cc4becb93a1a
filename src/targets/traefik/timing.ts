import { defineFindings } from '../../ledger/finding.ts';
import { approximated, converted, type Lower, placeOf } from '../lowering.ts';
import { transportParts } from './kinds.ts';

const find = defineFindings('traefik/timing', {
  'until-headers': {
    level: 'note',
    message: (a: { ms: number; meant: string }) =>
      `${a.meant} of ${a.ms} ms is written as the time until a response begins: silence later on is not bounded, and the answer is 504 as before`,
    help: () => 'The whole of a request is bounded by entryPoints.<name>.transport.respondingTimeouts of the static configuration alone.',
    differs: ['status'],
  },
  'not-bounded': {
    level: 'note',
    message: (a: { ms: number }) => `silence of ${a.ms} ms while sending to a backend is not bounded by Traefik: slow requests now go on`,
    help: () => 'Where it matters, let the backend end them.',
    differs: ['status'],
  },
});

export const connectTimeout: Lower<'connectTimeout'> = (intent) =>
  converted({ policies: transportParts({ forwardingTimeouts: { dialTimeout: duration(intent.ms) } }) });

export const idleTimeout: Lower<'idleTimeout'> = (intent, context) => {
  const place = placeOf(intent, context);
  if (intent.direction === 'send') return approximated({}, find['not-bounded']({ ms: intent.ms }, place));
  return untilHeaders(intent.ms, find['until-headers']({ ms: intent.ms, meant: 'the longest silence while reading' }, place));
};

/** 0 is no limit, which is what Traefik has without one. */
export const requestTimeout: Lower<'requestTimeout'> = (intent, context) =>
  intent.ms === 0
    ? converted({})
    : untilHeaders(intent.ms, find['until-headers']({ ms: intent.ms, meant: 'the time for a whole request' }, placeOf(intent, context)));

function untilHeaders(ms: number, finding: ReturnType<(typeof find)['until-headers']>) {
  return approximated({ policies: transportParts({ forwardingTimeouts: { responseHeaderTimeout: duration(ms) } }) }, finding);
}

/** Whole units of Go. */
function duration(ms: number): string {
  const whole = Math.min(Math.max(1, Math.round(ms)), Number.MAX_SAFE_INTEGER);
  return whole % 1000 === 0 ? `${whole / 1000}s` : `${whole}ms`;
}
