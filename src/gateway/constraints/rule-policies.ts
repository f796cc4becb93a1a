import * as z from 'zod';
import { LIMITS } from '../limits.ts';
import { duration } from './names.ts';
import { distinct } from './uniqueness.ts';

/** `request` covers the whole transaction, `backendRequest` one attempt of it; `0s` means none. */
export const timeouts = z
  .strictObject({ request: duration.optional(), backendRequest: duration.optional() })
  .superRefine(({ request, backendRequest }, context) => {
    if (request === undefined || backendRequest === undefined) return;
    const whole = milliseconds(request);
    if (whole !== 0 && milliseconds(backendRequest) > whole) {
      context.addIssue({ code: 'custom', path: ['backendRequest'], message: 'must not be longer than request' });
    }
  });

export const retry = z.strictObject({
  codes: z
    .array(z.int().min(400).max(599))
    .superRefine(distinct('code', (code) => code))
    .optional(),
  attempts: z.int().min(1).optional(),
  backoff: duration.optional(),
});

export const sessionPersistence = z
  .strictObject({
    sessionName: z.string().max(LIMITS.sessionName).optional(),
    type: z.enum(['Cookie', 'Header']).optional(),
    absoluteTimeout: duration.optional(),
    cookieConfig: z.strictObject({ lifetimeType: z.enum(['Session', 'Permanent']) }).optional(),
  })
  .superRefine(({ type, absoluteTimeout, cookieConfig }, context) => {
    if (cookieConfig !== undefined && type === 'Header') {
      context.addIssue({ code: 'custom', path: ['cookieConfig'], message: 'needs type Cookie' });
    }
    if (cookieConfig?.lifetimeType === 'Permanent' && absoluteTimeout === undefined) {
      context.addIssue({ code: 'custom', path: ['absoluteTimeout'], message: 'must be given for a permanent cookie' });
    }
  });

const UNIT = { h: 3_600_000, m: 60_000, s: 1000, ms: 1 } as const;

/** Of a valid Gateway API duration. */
function milliseconds(text: string): number {
  let total = 0;
  for (const [, amount, unit] of text.matchAll(/(\d+)(ms|h|m|s)/g)) {
    if (unit === 'h' || unit === 'm' || unit === 's' || unit === 'ms') total += Number(amount) * UNIT[unit];
  }
  return total;
}
