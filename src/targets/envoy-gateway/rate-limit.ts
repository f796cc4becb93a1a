import { defineFindings } from '../../ledger/finding.ts';
import { approximated, type Lower, placeOf } from '../lowering.ts';
import { traffic } from './kinds.ts';

const find = defineFindings('envoy-gateway/rate-limit', {
  differs: {
    level: 'warning',
    message: (a: { requests: number; per: string; lost: string }) =>
      `${a.requests} requests a ${a.per} and client address are let through by each proxy; ${a.lost}`,
    help: () =>
      'Raise the limit where clients send bursts. For one count over all proxies switch on global rate limiting (it needs Redis) and set type: Global. Behind a load balancer that hides addresses, set clientIPDetection in a ClientTrafficPolicy first.',
    differs: ['status'],
  },
});

const LARGEST_UINT32 = 4_294_967_295;

/** Every address of either family for itself. */
const CLIENTS = ['0.0.0.0/0', '::/0'] as const;

/** Envoy fills a bucket of that many requests each second or minute; nginx lets one pass at a time and queues a burst. */
export const rateLimit: Lower<'rateLimit'> = (intent, context) => {
  const limit = { requests: Math.min(Math.max(1, intent.requests), LARGEST_UINT32), unit: intent.per === 'second' ? 'Second' : 'Minute' };
  const rules = CLIENTS.map((value) => ({ clientSelectors: [{ sourceCIDR: { type: 'Distinct', value } }], limit }));
  const lost = [
    ...(intent.burst > 1 ? [`bursts of up to ${intent.burst} times that are refused`] : []),
    ...(intent.exempt.length > 0 ? [`addresses without a limit today have one (${intent.exempt.join(', ')})`] : []),
    ...(intent.scope === 'global' ? ['each proxy counts for itself'] : []),
    'each route counts for itself',
    ...(intent.status === 429 ? [] : [`refused requests get 429 instead of ${intent.status}`]),
  ].join('; ');
  const args = { requests: limit.requests, per: intent.per, lost };
  return approximated(traffic({ rateLimit: { type: 'Local', local: { rules } } }), find.differs(args, placeOf(intent, context)));
};
