/**
 * Annotations, without their prefix, that keep somebody out or away, or that may: of these it is worth saying that they have no
 * effect.
 */
const PROTECTING =
  /^(allowlist-source-range|auth-(?:method|realm|secret|secret-type|tls-error-page|tls-match-cn|tls-secret|tls-verify-client|tls-verify-depth|type|url)|configuration-snippet|denylist-source-range|enable-modsecurity|enable-owasp-core-rules|force-ssl-redirect|limit-(?:connections|rpm|rps)|modsecurity-snippet|proxy-ssl-verify|satisfy|secure-backends|secure-verify-ca-secret|server-snippet|whitelist-source-range)$/;

export function isProtecting(name: string): boolean {
  return PROTECTING.test(name);
}
