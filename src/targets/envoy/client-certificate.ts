import type { IntentOf } from '../../intent/intent.ts';
import { defineFindings } from '../../ledger/finding.ts';
import type { LoweringContext, RuleParts } from '../contract.ts';
import { approximated, inert, LOST_PROTECTION, type Lower, placeOf, unmapped } from '../lowering.ts';
import type { Implementation } from './implementation.ts';

/** What an implementation says and writes of its own. */
interface Verification {
  /** What to do where nothing can be written. */
  readonly instead: string;
  /** What to look at where it is not quite as before. */
  readonly look: string;
  /** What the backend learns of the certificate. */
  readonly told: (intent: IntentOf<'clientCertificate'>) => string;
  /** That the listener asks for a certificate of the authority in the controller's own Secret, key `ca.crt`. */
  readonly write: (verify: 'required' | 'optional', intent: IntentOf<'clientCertificate'>, context: LoweringContext) => RuleParts;
}

export function clientCertificateOf(
  { name, title }: Implementation,
  { instead, look, told, write }: Verification,
): Lower<'clientCertificate'> {
  const find = defineFindings(`${name}/client-certificate`, {
    off: {
      level: 'note',
      message: (a: { secret: string }) => `verification of client certificates is off, so Secret ${a.secret} is not used`,
    },
    'not-written': {
      ...LOST_PROTECTION,
      message: (a: { host: string; why: string }) => `client certificates for ${a.host} were not written: ${a.why}`,
      help: () => instead,
    },
    'clear-text': {
      ...LOST_PROTECTION,
      message: (a: { host: string }) =>
        `client certificates for ${a.host} were not written: the host is also served in clear text, where nobody is asked for one`,
      help: () => 'Redirect it to https (ssl-redirect with a TLS section, or force-ssl-redirect) and convert again.',
    },
    differs: {
      level: 'warning',
      message: (a: { host: string; secret: string; lost: string }) =>
        `client certificates for ${a.host} are verified against Secret ${a.secret}, not quite as before: ${a.lost}`,
      help: () => look,
      security: true,
      differs: ['status', 'headers'],
    },
  });
  return (intent, context) => {
    const place = { ...placeOf(intent, context), host: context.host };
    const host = context.host === '' ? 'any host' : context.host;
    const secret = `${intent.secret.namespace}/${intent.secret.name}`;
    const refuse = (why: string) => unmapped(find['not-written']({ host, why }, place));
    switch (intent.verify) {
      case 'off':
        return inert(find.off({ secret }, place));
      case 'optional-any-ca':
        return refuse(`a certificate of any authority is taken, and the backend has to judge it by headers that ${title} does not send`);
      case 'required':
      case 'optional': {
        if (intent.matchCommonName !== null)
          return refuse(`names are compared with ${intent.matchCommonName}, for which there is no field`);
        if (isServedInClearText(context)) return unmapped(find['clear-text']({ host }, place));
        const parts = { ...write(intent.verify, intent, context), requestHeaders: { remove: TOLD_BY_HEADERS } };
        const lost = [...verifiedDifferently(intent), told(intent)].join('; ');
        return approximated(parts, find.differs({ host, secret, lost }, place));
      }
      default:
        return intent.verify satisfies never;
    }
  };
}

/** Headers with which the controller tells backends about the certificate. From now on only a client could have set them. */
const TOLD_BY_HEADERS: readonly string[] = ['ssl-client-cert', 'ssl-client-issuer-dn', 'ssl-client-subject-dn', 'ssl-client-verify'];

/** A listener in clear text asks nobody for a certificate. */
function isServedInClearText({ rule }: Pick<LoweringContext, 'rule'>): boolean {
  return rule.action.kind === 'forward' && rule.scheme !== 'https' && rule.httpsRedirect === null;
}

/** What is not as the controller does it, whatever the implementation. */
function verifiedDifferently(intent: IntentOf<'clientCertificate'>): readonly string[] {
  return [
    'a client without one fails in the TLS handshake instead of getting 400',
    `chains of any length are taken, not only of ${intent.depth}`,
    ...(intent.errorPage === null ? [] : [`nobody is sent to ${intent.errorPage}`]),
  ];
}
