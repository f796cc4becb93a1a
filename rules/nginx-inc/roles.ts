import { COM, ORG } from './annotation.ts';

/** `masterDenylist` (internal/configs/annotations.go): dropped from a master. */
export const NOT_ON_MASTER: ReadonlySet<string> = new Set([
  ...['rewrites', 'ssl-services', 'grpc-services', 'websocket-services', 'sticky-cookie-services', 'use-cluster-ip'].map(
    (name) => ORG + name,
  ),
  ...['sticky-cookie-services', 'health-checks', 'health-checks-mandatory', 'health-checks-mandatory-queue'].map((name) => COM + name),
]);

/** `minionDenylist`: dropped from a minion. */
export const NOT_ON_MINION: ReadonlySet<string> = new Set([
  ...[
    'proxy-hide-headers',
    'proxy-pass-headers',
    'redirect-to-https',
    'ssl-redirect',
    'http-redirect-code',
    'hsts',
    'hsts-max-age',
    'hsts-include-subdomains',
    'server-tokens',
    'listen-ports',
    'listen-ports-ssl',
    'server-snippets',
    'ssl-ciphers',
    'ssl-prefer-server-ciphers',
    'app-root',
  ].map((name) => ORG + name),
  'ingress.kubernetes.io/ssl-redirect',
  'appprotectdos.f5.com/app-protect-dos-resource',
]);

/** `minionInheritanceList`: a minion without them takes those of its master. */
export const INHERITED: ReadonlySet<string> = new Set(
  [
    'proxy-connect-timeout',
    'proxy-read-timeout',
    'proxy-send-timeout',
    'client-max-body-size',
    'proxy-buffering',
    'proxy-buffers',
    'proxy-buffer-size',
    'proxy-busy-buffers-size',
    'proxy-max-temp-file-size',
    'upstream-zone-size',
    'location-snippets',
    'lb-method',
    'keepalive',
    'max-fails',
    'max-conns',
    'fail-timeout',
    'limit-req-rate',
    'limit-req-key',
    'limit-req-zone-size',
    'limit-req-delay',
    'limit-req-no-delay',
    'limit-req-burst',
    'limit-req-dry-run',
    'limit-req-log-level',
    'limit-req-reject-code',
    'limit-req-scale',
  ].map((name) => ORG + name),
);

/** Annotations that may be empty; with any other the controller rejects the Ingress, as an empty value is none it can parse. */
export const MAY_BE_EMPTY: ReadonlySet<string> = new Set(
  [
    'proxy-busy-buffers-size',
    'server-snippets',
    'location-snippets',
    'server-tokens',
    'basic-auth-realm',
    'limit-req-rate',
    'limit-req-zone-size',
    'limit-req-delay',
    'limit-req-no-delay',
    'limit-req-burst',
    'limit-req-dry-run',
    'limit-req-log-level',
    'limit-req-reject-code',
    'limit-req-scale',
  ].map((name) => ORG + name),
);
