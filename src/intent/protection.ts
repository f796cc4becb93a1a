import type { Intent, IntentKind } from './intent.ts';

/**
 * Intents without which a route is open to somebody it was closed to. A route that carries one the target cannot
 * express is withheld. `satisfyAny` loosens the others, so losing it can only close.
 */
export const PROTECTION_KINDS: ReadonlySet<IntentKind> = new Set<IntentKind>([
  'basicAuth',
  'externalAuth',
  'oidc',
  'jwt',
  'clientCertificate',
  'allowList',
  'denyList',
  'waf',
  'iap',
  'cloudArmor',
  'rawAccessControl',
  'awsSecurityGroups',
  'awsWebAcl',
  'awsMutualAuthentication',
  'awsInboundRanges',
  'awsAuthenticate',
  'awsJwt',
]);

export function isProtection(intent: Intent): boolean {
  if (intent.kind === 'awsInboundRanges') return !intent.ranges.includes('0.0.0.0/0');
  return PROTECTION_KINDS.has(intent.kind);
}

/** Equal for protections that ask for the same, wherever they were said. */
export function protectionText(intent: Intent): string {
  return JSON.stringify(intent, (key, value) => (key === 'entries' ? undefined : value));
}
