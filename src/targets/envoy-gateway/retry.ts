import { defineFindings } from '../../ledger/finding.ts';
import { retriesOf, retryConditions } from '../envoy/retry-conditions.ts';
import { approximated, converted, type Lower, placeOf } from '../lowering.ts';
import { traffic } from './kinds.ts';

const find = defineFindings('envoy-gateway/retry', {
  differs: {
    level: 'note',
    message: (a: { retries: number; lost: string }) =>
      `a request is tried again at most ${a.retries === 1 ? 'once' : `${a.retries} times`}${a.lost}`,
    help: () => 'Look at retry of the BackendTrafficPolicy where requests must not reach a backend twice.',
    differs: ['status'],
  },
});

/** Without a policy Envoy Gateway tries once. */
export const retry: Lower<'retry'> = (intent, context) => {
  const { triggers, codes, lost } = retryConditions(intent);
  const numRetries = retriesOf(intent);
  if (numRetries === 0 || triggers.length === 0) return converted({});
  const retryOn = { triggers: [...triggers], ...(codes.length === 0 ? {} : { httpStatusCodes: [...codes] }) };
  const args = { retries: numRetries, lost: lost.map((text) => `; ${text}`).join('') };
  return approximated(traffic({ retry: { numRetries, retryOn } }), find.differs(args, placeOf(intent, context)));
};
