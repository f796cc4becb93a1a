import { defineFindings } from '../../ledger/finding.ts';
import type { JsonObject } from '../../model/json.ts';
import type { LoweringContext, RuleParts } from '../contract.ts';
import { isServedInClearText, TOLD_BY_HEADERS, verifiedDifferently } from '../envoy/client-certificate.ts';
import { approximated, inert, LOST_PROTECTION, type Lower, placeOf, unmapped } from '../lowering.ts';
import { isBefore } from '../versions.ts';
import { client } from './kinds.ts';

const find = defineFindings('envoy-gateway/client-certificate', {
  off: {
    level: 'note',
    message: (a: { secret: string }) => `verification of client certificates is off, so Secret ${a.secret} is not used`,
  },
  'not-written': {
    ...LOST_PROTECTION,
    message: (a: { host: string; why: string }) => `client certificates for ${a.host} were not written: ${a.why}`,
    help: () =>
      'Let the backend look at X-Forwarded-Client-Cert, or terminate TLS itself (TLSRoute with passthrough), or check certificates in an external authorization service.',
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
    help: () =>
      'Check that nobody gets in without a certificate, and let the backend read X-Forwarded-Client-Cert where it reads ssl-client-* headers today.',
    security: true,
    differs: ['status', 'headers'],
  },
});

/** The authority is read from the controller's own Secret, key `ca.crt`. */
export const clientCertificate: Lower<'clientCertificate'> = (intent, context) => {
  const place = { ...placeOf(intent, context), host: context.host };
  const host = context.host === '' ? 'any host' : context.host;
  const secret = `${intent.secret.namespace}/${intent.secret.name}`;
  const refuse = (why: string) => unmapped(find['not-written']({ host, why }, place));
  switch (intent.verify) {
    case 'off':
      return inert(find.off({ secret }, place));
    case 'optional-any-ca':
      return refuse('a certificate of any authority is taken, and the backend has to judge it by headers that Envoy Gateway does not send');
    case 'required':
    case 'optional': {
      if (intent.matchCommonName !== null) return refuse(`names are compared with ${intent.matchCommonName}, for which there is no field`);
      if (isServedInClearText(context)) return unmapped(find['clear-text']({ host }, place));
      const { namespace, name } = intent.secret;
      const validation = {
        ...demand(intent.verify, context),
        caCertificateRefs: [{ group: '', kind: 'Secret', name, namespace }],
      };
      const details = intent.passToBackend ? ['Subject', 'Cert'] : ['Subject'];
      const parts: RuleParts = {
        ...client(
          {
            tls: { clientValidation: validation },
            headers: { xForwardedClientCert: { mode: 'SanitizeSet', certDetailsToAdd: details } },
          },
          [{ kind: 'Secret', namespace, name }],
        ),
        requestHeaders: { remove: TOLD_BY_HEADERS },
      };
      const lost = [...verifiedDifferently(intent), 'the backend is told by X-Forwarded-Client-Cert instead of ssl-client-* headers'].join(
        '; ',
      );
      return approximated(parts, find.differs({ host, secret, lost }, place));
    }
    default:
      return intent.verify satisfies never;
  }
};

/** Before there was a mode, one could only be excused from having a certificate. */
function demand(verify: 'required' | 'optional', context: LoweringContext): JsonObject {
  if (isBefore(context, '1.8')) return verify === 'required' ? {} : { optional: true };
  return { mode: verify === 'required' ? 'RequireAndVerify' : 'VerifyIfGiven' };
}
