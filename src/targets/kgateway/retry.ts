import { defineFindings } from '../../ledger/finding.ts';
import { retriesOf, retryConditions } from '../envoy/retry-conditions.ts';
import { approximated, converted, type Lower, placeOf } from '../lowering.ts';
import { traffic } from './kinds.ts';

const find = defineFindings('kgateway/retry', {
  differs: {
    level: 'note',
    message: (a: { retries: number; lost: string }) =>
      `a request is tried again at most ${a.retries === 1 ? 'once' : `${a.retries} times`}${a.lost}`,
    help: () => 'Look at retry of the TrafficPolicy where requests must not reach a backend twice.',
    differs: ['status'],
  },
});

/** Without a policy requests are tried once. The codes count by themselves, without a condition of their own. */
export const retry: Lower<'retry'> = (intent, context) => {
  const { triggers, codes, lost } = retryConditions(intent);
  const attempts = retriesOf(intent);
  if (attempts === 0 || triggers.length === 0) return converted({});
  const retryOn = triggers.filter((trigger) => trigger !== 'retriable-status-codes');
  const spec = {
    attempts,
    ...(retryOn.length === 0 ? {} : { retryOn }),
    ...(codes.length === 0 ? {} : { statusCodes: [...codes] }),
  };
  const args = { retries: attempts, lost: lost.map((text) => `; ${text}`).join('') };
  return approximated(traffic({ retry: spec }), find.differs(args, placeOf(intent, context)));
};
