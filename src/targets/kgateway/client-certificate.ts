import { defineFindings } from '../../ledger/finding.ts';
import type { RuleParts } from '../contract.ts';
import { isServedInClearText, TOLD_BY_HEADERS, verifiedDifferently } from '../envoy/client-certificate.ts';
import { approximated, inert, LOST_PROTECTION, type Lower, placeOf, unmapped } from '../lowering.ts';
import { listener } from './kinds.ts';

const find = defineFindings('kgateway/client-certificate', {
  off: {
    level: 'note',
    message: (a: { secret: string }) => `verification of client certificates is off, so Secret ${a.secret} is not used`,
  },
  'not-written': {
    ...LOST_PROTECTION,
    message: (a: { host: string; why: string }) => `client certificates for ${a.host} were not written: ${a.why}`,
    help: () =>
      'Let the backend terminate TLS itself (TLSRoute with passthrough), or compare names in tls.options kgateway.dev/verify-subject-alt-names.',
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
      'Check that nobody gets in without a certificate. Where the backend has to know who the client is, forward the certificate by httpSettings of a ListenerPolicy, if your kgateway has forwardClientCertDetails there.',
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
      return refuse('a certificate of any authority is taken, and the backend has to judge it by headers that kgateway does not send');
    case 'required':
    case 'optional': {
      if (intent.matchCommonName !== null) return refuse(`names are compared with ${intent.matchCommonName}, for which there is no field`);
      if (isServedInClearText(context)) return unmapped(find['clear-text']({ host }, place));
      const { namespace, name } = intent.secret;
      const clientCertificateValidation = {
        mode: intent.verify === 'required' ? 'Require' : 'Optional',
        caCertificateRefs: [{ group: '', kind: 'Secret', name, namespace }],
      };
      const parts: RuleParts = {
        ...listener({ clientCertificateValidation }, [{ kind: 'Secret', namespace, name }]),
        requestHeaders: { remove: TOLD_BY_HEADERS },
      };
      const lost = [
        ...verifiedDifferently(intent),
        `the backend is not told about the certificate${intent.passToBackend ? ', which it gets today' : ''}`,
      ].join('; ');
      return approximated(parts, find.differs({ host, secret, lost }, place));
    }
    default:
      return intent.verify satisfies never;
  }
};
