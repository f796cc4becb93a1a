import type { IntentOf } from '../../intent/intent.ts';

export interface RetryConditions {
  /** Envoy's words, sorted. */
  readonly triggers: readonly string[];
  readonly codes: readonly number[];
  readonly lost: readonly string[];
}

/**
 * Conditions in nginx's words, in Envoy's. Without `non_idempotent` nginx sends a request with side effects once; Envoy does
 * not look at methods, so a request that may have arrived is tried again only where that is asked for.
 */
export function retryConditions(intent: IntentOf<'retry'>): RetryConditions {
  const { on } = intent;
  const isRepeatable = on.includes('non_idempotent');
  const codes = [...new Set(on.flatMap(codeOf))].sort((a, b) => a - b);
  const hasErrors = on.includes('error') || on.includes('invalid_header') || on.includes('timeout');
  const triggers = [
    ...(on.includes('error') || on.includes('timeout') ? ['connect-failure'] : []),
    ...(on.includes('error') ? ['refused-stream'] : []),
    ...(hasErrors ? [isRepeatable ? 'reset' : 'reset-before-request'] : []),
    ...(codes.length > 0 ? ['retriable-status-codes'] : []),
  ].sort();
  const lost = [
    ...(codes.length > 0 && !isRepeatable ? ['also requests with side effects (POST) are tried again after these statuses'] : []),
    ...(hasErrors && !isRepeatable ? ['a request that was already sent is not tried again'] : []),
    ...(on.includes('timeout') ? ['a backend that accepts a request and stays silent is not given up for another'] : []),
    ...(intent.totalMs > 0 ? [`the limit of ${intent.totalMs} ms for all tries together is lost`] : []),
    ...(intent.tries === 0 ? ['at most two more tries are made, where the controller tried every endpoint'] : []),
  ];
  return { triggers, codes, lost };
}

/** More tries after the first. */
export function retriesOf({ tries }: IntentOf<'retry'>): number {
  return tries === 0 ? 2 : tries - 1;
}

function codeOf(condition: string): readonly number[] {
  const code = Number(/^http_(\d{3})$/.exec(condition)?.[1]);
  return code >= 400 && code <= 599 ? [code] : [];
}
