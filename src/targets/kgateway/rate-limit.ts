import { defineFindings } from '../../ledger/finding.ts';
import { type Lower, placeOf, unmapped } from '../lowering.ts';

const find = defineFindings('kgateway/rate-limit', {
  'shared-bucket': {
    level: 'warning',
    message: (a: { requests: number; per: string }) =>
      `the limit of ${a.requests} requests a ${a.per} and client was not written: the local limit of kgateway is one for all clients together, which would refuse most of them`,
    help: () =>
      'Run a rate limit service, name it in a GatewayExtension {type: RateLimit}, and set rateLimit.global of a TrafficPolicy with a descriptor of type RemoteAddress; or limit all clients together with rateLimit.local.tokenBucket.',
    differs: ['status'],
  },
});

export const rateLimit: Lower<'rateLimit'> = (intent, context) =>
  unmapped(find['shared-bucket']({ requests: intent.requests, per: intent.per }, placeOf(intent, context)));
