import type { Intent } from './intent.ts';
import { protectionName } from './neutral.ts';

/** What keeps somebody out, in words: `its password check and its list of admitted addresses`. */
export function protectionWords(intents: readonly Intent[]): string {
  const words = [...new Set(intents.map((intent) => `its ${WORDS.get(protectionName(intent)) ?? 'protection'}`))];
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

const WORDS: ReadonlyMap<Intent['kind'], string> = new Map<Intent['kind'], string>([
  ['basicAuth', 'password check'],
  ['externalAuth', 'check by an authentication server'],
  ['oidc', 'sign-in'],
  ['jwt', 'check of tokens'],
  ['clientCertificate', 'check of client certificates'],
  ['allowList', 'list of admitted addresses'],
  ['denyList', 'list of refused addresses'],
  ['waf', 'web application firewall'],
  ['iap', 'login with Identity-Aware Proxy'],
  ['cloudArmor', 'Cloud Armor policy'],
  ['rawAccessControl', "access rules in the proxy's own language"],
  ['awsSecurityGroups', 'security groups'],
  ['awsWebAcl', 'web application firewall'],
  ['awsMutualAuthentication', 'check of client certificates'],
  ['awsInboundRanges', 'list of admitted addresses'],
  ['awsAuthenticate', 'sign-in'],
  ['awsJwt', 'check of tokens'],
]);
