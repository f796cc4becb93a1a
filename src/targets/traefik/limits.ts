import { defineFindings } from '../../ledger/finding.ts';
import { approximated, converted, type Lower, placeOf } from '../lowering.ts';
import { middlewarePart } from './kinds.ts';

const find = defineFindings('traefik/limits', {
  'rate-limit': {
    level: 'warning',
    message: (a: { requests: number; per: string; burst: number; lost: string }) =>
      `${a.requests} requests a ${a.per} and a burst of ${a.burst} are written as a token bucket for each address that connects to Traefik: answers are 429, a request may wait up to half a second, and every path and host counts for itself, in each replica${a.lost}`,
    help: () =>
      'Behind a load balancer that hides clients set rateLimit.sourceCriterion.ipStrategy.depth, else all of them share one bucket.',
    differs: ['status'],
  },
  'connection-limit': {
    level: 'warning',
    message: (a: { perClient: number; lost: string }) =>
      `${a.perClient} connections a client are written as so many simultaneous requests for each address that connects to Traefik: answers are 429${a.lost}`,
    help: () => 'HTTP/2 clients send many requests over one connection: raise inFlightReq.amount where that is usual.',
    differs: ['status'],
  },
  'body-size': {
    level: 'note',
    message: (a: { bytes: number }) =>
      `bodies above ${a.bytes} bytes are refused with 413 by a Middleware that reads the whole body first: uploads and gRPC streams no longer pass as they come`,
    help: () => 'Where requests are streamed, leave the limit to the backend and take the buffering Middleware out of the rule.',
  },
});

const CLIENT = { sourceCriterion: { ipStrategy: { depth: 0 } } } as const;

export const rateLimit: Lower<'rateLimit'> = (intent, context) => {
  const burst = Math.max(1, Math.min(intent.requests * intent.burst, Number.MAX_SAFE_INTEGER));
  const period = intent.per === 'second' ? '1s' : '1m';
  const spec = { rateLimit: { average: intent.requests, period, burst, ...CLIENT } };
  const args = { requests: intent.requests, per: intent.per, burst, lost: exempted(intent.exempt) };
  return approximated(
    { policies: [middlewarePart('rate-limit', spec, `rate-limit-${intent.per}`)] },
    find['rate-limit'](args, placeOf(intent, context)),
  );
};

export const connectionLimit: Lower<'connectionLimit'> = (intent, context) => {
  const args = { perClient: intent.perClient, lost: exempted([]) };
  const spec = { inFlightReq: { amount: intent.perClient, ...CLIENT } };
  return approximated({ policies: [middlewarePart('in-flight', spec)] }, find['connection-limit'](args, placeOf(intent, context)));
};

/** Traefik has no limit of its own. */
export const bodySize: Lower<'bodySize'> = (intent, context) => {
  if (intent.bytes === 0) return converted({});
  const spec = { buffering: { maxRequestBodyBytes: intent.bytes } };
  return approximated(
    { policies: [middlewarePart('buffering', spec)] },
    find['body-size']({ bytes: intent.bytes }, placeOf(intent, context)),
  );
};

function exempted(ranges: readonly string[]): string {
  return ranges.length === 0 ? '' : `; ${ranges.join(', ')} can no longer be left out`;
}
