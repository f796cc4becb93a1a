/** How much the controller trusts whoever writes an annotation, least first (`internal/ingress/annotations/parser`). */
export const RISKS = ['Low', 'Medium', 'High', 'Critical'] as const;

export type Risk = (typeof RISKS)[number];

const CRITICAL = ['auth-snippet', 'configuration-snippet', 'modsecurity-snippet', 'server-snippet', 'stream-snippet'];

const HIGH = [
  'auth-signin',
  'auth-tls-error-page',
  'auth-tls-match-cn',
  'auth-url',
  'mirror-host',
  'mirror-target',
  'modsecurity-transaction-id',
  'proxy-ssl-name',
  'server-alias',
  'upstream-hash-by',
];

const MEDIUM = [
  'affinity-mode',
  'allowlist-source-range',
  'app-root',
  'auth-cache-duration',
  'auth-cache-key',
  'auth-proxy-set-headers',
  'auth-realm',
  'auth-request-redirect',
  'auth-response-headers',
  'auth-secret',
  'auth-signin-redirect-param',
  'auth-tls-secret',
  'auth-tls-verify-client',
  'canary-by-cookie',
  'canary-by-header',
  'canary-by-header-pattern',
  'canary-by-header-value',
  'cors-allow-headers',
  'cors-allow-methods',
  'cors-allow-origin',
  'cors-expose-headers',
  'custom-headers',
  'denylist-source-range',
  'fastcgi-index',
  'fastcgi-params-configmap',
  'force-ssl-redirect',
  'opentelemetry-operation-name',
  'permanent-redirect',
  'preserve-trailing-slash',
  'proxy-body-size',
  'proxy-cookie-domain',
  'proxy-cookie-path',
  'proxy-next-upstream',
  'proxy-redirect-from',
  'proxy-redirect-to',
  'proxy-ssl-ciphers',
  'proxy-ssl-secret',
  'rewrite-target',
  'session-cookie-domain',
  'session-cookie-expires',
  'session-cookie-max-age',
  'session-cookie-name',
  'session-cookie-path',
  'temporal-redirect',
  'whitelist-source-range',
  'x-forwarded-prefix',
];

const BY_NAME: ReadonlyMap<string, Risk> = new Map([
  ...CRITICAL.map((name) => [name, 'Critical'] as const),
  ...HIGH.map((name) => [name, 'High'] as const),
  ...MEDIUM.map((name) => [name, 'Medium'] as const),
]);

/** Of an annotation by its name without prefix. */
export function riskOf(name: string): Risk {
  return BY_NAME.get(name) ?? 'Low';
}
