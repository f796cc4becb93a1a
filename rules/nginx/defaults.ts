import type { Defaults } from '../../src/intent/defaults.ts';

/** Of ingress-nginx 1.15 (`internal/ingress/controller/config/config.go`). Headers as the template sends them (`proxy_set_header`). */
export const defaults: Defaults = {
  bodyBytes: 1024 ** 2,
  idleMs: 60_000,
  connectMs: 5000,
  tries: 3,
  hsts: 'max-age=31536000; includeSubDomains',
  requestHeaders: [
    'X-Request-ID',
    'X-Real-IP',
    'X-Forwarded-For',
    'X-Forwarded-Host',
    'X-Forwarded-Port',
    'X-Forwarded-Proto',
    'X-Forwarded-Scheme',
    'X-Scheme',
    'X-Original-Forwarded-For',
  ],
};
