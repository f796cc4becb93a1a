import { hasField } from '../../gateway/fields.ts';
import type { IntentOf } from '../../intent/intent.ts';
import { defineFindings } from '../../ledger/finding.ts';
import { approximated, type Lower, placeOf, unmapped } from '../lowering.ts';
import { alternatives } from './alternatives.ts';

const find = defineFindings('standard/retry', {
  'no-field': {
    level: 'warning',
    message: (a: { tries: string }) =>
      `trying ${a.tries} times cannot be written: retries are in the experimental channel of Gateway API only`,
    help: () => `${alternatives('retry')} --channel experimental writes the portable field.`,
    differs: ['status'],
  },
  never: {
    level: 'note',
    message: (_: Readonly<Record<never, string>>) => 'that requests are never retried cannot be written; the implementation decides',
    help: () => 'Most do not retry by default; Istio does, twice.',
    differs: ['status'],
  },
  differs: {
    level: 'note',
    message: (a: { attempts: string; lost: string }) => `written as ${a.attempts} more attempts; ${a.lost}`,
    help: () => 'The field is experimental: its release must be the one that is installed, and not every implementation reads it.',
    differs: ['status'],
  },
});

/**
 * `attempts` counts what comes after the first try, and connection errors are retried by implementations that have the
 * feature; only answers have codes.
 */
export const retry: Lower<'retry'> = (intent, context) => {
  const place = placeOf(intent, context);
  if (intent.tries === 1 || intent.on.includes('off')) return unmapped(find.never({}, place));
  const tries = intent.tries === 0 ? 'any number of' : String(intent.tries);
  if (!hasField(context.release, 'HTTPRoute.rules.retry')) return unmapped(find['no-field']({ tries }, place));
  const codes = codesOf(intent);
  const attempts = intent.tries === 0 ? {} : { attempts: intent.tries - 1 };
  const retried = { ...(codes.length === 0 ? {} : { codes }), ...attempts };
  const args = { attempts: intent.tries === 0 ? 'any number of' : String(intent.tries - 1), lost: differences(intent).join('; ') };
  return approximated({ retry: Object.keys(retried).length === 0 ? { attempts: 1 } : retried }, find.differs(args, place));
};

/** `http_502` → 502. The API server takes 400 to 599. */
function codesOf(intent: IntentOf<'retry'>): readonly number[] {
  const codes = intent.on.flatMap((condition) => {
    const code = Number(/^http_(\d{3})$/.exec(condition)?.[1]);
    return code >= 400 && code <= 599 ? [code] : [];
  });
  return [...new Set(codes)].sort((a, b) => a - b);
}

function differences(intent: IntentOf<'retry'>): readonly string[] {
  const lost = ['connection errors and timeouts are retried as the implementation sees fit'];
  if (!intent.on.includes('non_idempotent')) lost.push('requests with side effects (POST) may be retried too');
  if (intent.totalMs > 0) lost.push(`the limit of ${intent.totalMs} ms for all tries together is lost`);
  if (intent.tries === 0) lost.push('without a number of tries the implementation chooses one');
  return lost;
}
