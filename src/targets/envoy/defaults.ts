import type { Defaults } from '../../intent/defaults.ts';

/** What Envoy does in every implementation that says nothing else. It takes bodies of any size, and retries nothing. */
export const ENVOY_DEFAULTS = {
  bodyBytes: 0,
  tries: 1,
  hsts: '',
  requestHeaders: ['X-Forwarded-For', 'X-Forwarded-Proto', 'X-Request-ID'],
} as const satisfies Partial<Defaults>;
