import { defineFindings } from '../../ledger/finding.ts';
import { lost } from '../lacking/lacking.ts';
import { approximated, converted, type Lower, placeOf } from '../lowering.ts';
import { routePart } from './kinds.ts';
import { nginxSize } from './nginx-units.ts';

const find = defineFindings('nginx-gateway-fabric/limits', {
  'rate-limit': {
    level: 'note',
    message: (a: { rate: string; burst: number; lost: string }) =>
      `${a.rate} with a burst of ${a.burst} and the same status are written as a RateLimitPolicy, which counts for each route of its own${a.lost}`,
    help: () =>
      'Behind a load balancer that hides clients, set rewriteClientIP (mode and trustedAddresses) in the NginxProxy of the Gateway, else all of them share one rate.',
    differs: ['status'],
  },
  'body-size': {
    level: 'note',
    message: (a: { bytes: number; written: string }) =>
      `the limit of ${a.bytes} bytes for request bodies is written as ${a.written}, the next that can be said`,
    differs: ['status'],
  },
});

/** `limit_req` as the controller writes it: the same algorithm, zone by zone. */
export const rateLimit: Lower<'rateLimit'> = (intent, context) => {
  const rate = `${intent.requests}r/${intent.per === 'second' ? 's' : 'm'}`;
  const burst = Math.max(0, Math.min(intent.requests * intent.burst, LARGEST_INT32));
  const rule = { rate, key: '$binary_remote_addr', burst, noDelay: true, zoneSize: '5m' };
  const lost = intent.exempt.length === 0 ? '' : `; ${intent.exempt.join(', ')} can no longer be left out`;
  const status = intent.status >= 400 && intent.status <= 599 ? intent.status : 503;
  return approximated(
    { policies: [routePart('rate', { rateLimit: { local: { rules: [rule] }, rejectCode: status } })] },
    find['rate-limit']({ rate, burst, lost }, placeOf(intent, context)),
  );
};

const LARGEST_INT32 = 2_147_483_647;

export const bodySize: Lower<'bodySize'> = (intent, context) => {
  const size = nginxSize(intent.bytes);
  if (size === null)
    return lost('nginx-gateway-fabric', intent, context, {
      why: 'it is larger than what a ClientSettingsPolicy can say',
      nearest: 'body.maxSize: "0" of a ClientSettingsPolicy switches the limit off.',
    });
  const parts = { policies: [routePart('client', { body: { maxSize: size.text } })] };
  return size.exact
    ? converted(parts)
    : approximated(parts, find['body-size']({ bytes: intent.bytes, written: size.text }, placeOf(intent, context)));
};
