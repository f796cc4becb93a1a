import type { IntentOf } from '../../intent/intent.ts';
import type { LoweringContext } from '../contract.ts';

/** Headers with which the controller tells backends about the certificate. From now on only a client could have set them. */
export const TOLD_BY_HEADERS: readonly string[] = ['ssl-client-cert', 'ssl-client-issuer-dn', 'ssl-client-subject-dn', 'ssl-client-verify'];

/** A listener in clear text asks nobody for a certificate. */
export function isServedInClearText({ rule }: Pick<LoweringContext, 'rule'>): boolean {
  return rule.action.kind === 'forward' && rule.scheme !== 'https' && rule.httpsRedirect === null;
}

/** What is not as the controller does it, whatever the implementation. */
export function verifiedDifferently(intent: IntentOf<'clientCertificate'>): readonly string[] {
  return [
    'a client without one fails in the TLS handshake instead of getting 400',
    `chains of any length are taken, not only of ${intent.depth}`,
    ...(intent.errorPage === null ? [] : [`nobody is sent to ${intent.errorPage}`]),
  ];
}
