import { CONFIG_PREFIX } from './config-key.ts';
import { controllerRules } from './rules.ts';

interface Inherited {
  readonly annotation: string;
  /** Annotations of an Ingress beside which the key is not looked at. */
  readonly unless: readonly string[];
}

const inherited = (annotation: string, ...unless: readonly string[]): Inherited => ({ annotation, unless });

const SAME_NAME = [
  'client-body-buffer-size',
  'custom-http-errors',
  'denylist-source-range',
  'disable-proxy-intercept-errors',
  'enable-modsecurity',
  'enable-opentelemetry',
  'force-ssl-redirect',
  'limit-rate',
  'limit-rate-after',
  'load-balance',
  'modsecurity-snippet',
  'opentelemetry-trust-incoming-span',
  'preserve-trailing-slash',
  'proxy-body-size',
  'proxy-buffer-size',
  'proxy-buffering',
  'proxy-buffers-number',
  'proxy-busy-buffers-size',
  'proxy-connect-timeout',
  'proxy-cookie-domain',
  'proxy-cookie-path',
  'proxy-http-version',
  'proxy-max-temp-file-size',
  'proxy-next-upstream',
  'proxy-next-upstream-timeout',
  'proxy-next-upstream-tries',
  'proxy-read-timeout',
  'proxy-redirect-from',
  'proxy-redirect-to',
  'proxy-request-buffering',
  'proxy-send-timeout',
  'relative-redirects',
  'service-upstream',
  'ssl-ciphers',
  'ssl-redirect',
  'use-port-in-redirects',
] as const;

const GLOBAL_AUTH = [
  'always-set-cookie',
  'cache-duration',
  'cache-key',
  'method',
  'request-redirect',
  'response-headers',
  'signin',
  'signin-redirect-param',
  'snippet',
  'url',
] as const;

/** Keys of the ConfigMap that are the default of an annotation (`internal/ingress/defaults/main.go`, `location` of the parsers). */
export const INHERITED: ReadonlyMap<string, Inherited> = new Map([
  ...SAME_NAME.map((key) => [key, inherited(key)] as const),
  ['whitelist-source-range', inherited('whitelist-source-range', 'allowlist-source-range')],
  ['enable-owasp-modsecurity-crs', inherited('enable-owasp-core-rules')],
  // An auth-url of its own takes the place of the whole group.
  ...GLOBAL_AUTH.map((part) => [`global-auth-${part}`, inherited(`auth-${part}`, 'auth-url')] as const),
]);

/** Keys that only the ConfigMap has: those that a rule reads. */
export const ONLY_CONFIG: ReadonlySet<string> = new Set(
  controllerRules.flatMap(({ reads }) => Object.values(reads).map(({ annotation }) => annotation.slice(CONFIG_PREFIX.length))),
);
