import type { IntentOf } from '../../intent/intent.ts';
import { defineFindings } from '../../ledger/finding.ts';
import { approximated, converted, type Lower, placeOf } from '../lowering.ts';
import { middlewarePart } from './kinds.ts';

const find = defineFindings('traefik/retry', {
  differs: {
    level: 'note',
    message: (a: { attempts: number; lost: string }) => `written as at most ${a.attempts} tries of the retry Middleware; ${a.lost}`,
    help: () => 'The endpoint of another try is chosen by load balancing: it may be the same.',
    differs: ['status'],
  },
});

/** Without the Middleware nothing is tried again. */
export const retry: Lower<'retry'> = (intent, context) => {
  if (intent.tries === 1 || intent.on.includes('off') || intent.on.length === 0) return converted({});
  const attempts = intent.tries === 0 ? MANY : intent.tries;
  const status = statusesOf(intent);
  const spec = {
    attempts,
    ...(status.length === 0 ? {} : { status }),
    ...(intent.totalMs > 0 ? { timeout: `${intent.totalMs}ms` } : {}),
    ...(intent.on.includes('non_idempotent') ? { retryNonIdempotentMethod: true } : {}),
    ...(intent.on.includes('error') || intent.on.includes('timeout') ? {} : { disableRetryOnNetworkError: true }),
  };
  const args = { attempts, lost: differences(intent).join('; ') };
  return approximated({ policies: [middlewarePart('retry', { retry: spec })] }, find.differs(args, placeOf(intent, context)));
};

/** nginx goes on through all endpoints; Traefik wants a number. */
const MANY = 10;

function statusesOf({ on }: IntentOf<'retry'>): readonly string[] {
  const codes = on.flatMap((condition) => /^http_([1-5][0-9]{2})$/.exec(condition)?.[1] ?? []);
  return [...new Set(codes)].sort();
}

function differences({ on, tries }: IntentOf<'retry'>): readonly string[] {
  const lost = ['bodies of requests that may be tried again are kept in memory'];
  if (on.includes('error') !== on.includes('timeout')) lost.push('errors and timeouts of the connection cannot be told apart');
  if (on.includes('invalid_header')) lost.push('a response that is no HTTP counts as an error of the connection');
  if (tries === 0) lost.push('today every endpoint is tried');
  return lost;
}
