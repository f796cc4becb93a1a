import { clientCertificateOf } from '../envoy/client-certificate.ts';
import { KGATEWAY, listener } from './kinds.ts';

export const clientCertificate = clientCertificateOf(KGATEWAY, {
  instead:
    'Let the backend terminate TLS itself (TLSRoute with passthrough), or compare names in tls.options kgateway.dev/verify-subject-alt-names.',
  look: 'Check that nobody gets in without a certificate. Where the backend has to know who the client is, forward the certificate by httpSettings of a ListenerPolicy, if your kgateway has forwardClientCertDetails there.',
  told: ({ passToBackend }) => `the backend is not told about the certificate${passToBackend ? ', which it gets today' : ''}`,
  write: (verify, { secret: { namespace, name } }) =>
    listener(
      {
        clientCertificateValidation: {
          mode: verify === 'required' ? 'Require' : 'Optional',
          caCertificateRefs: [{ group: '', kind: 'Secret', name, namespace }],
        },
      },
      [{ kind: 'Secret', namespace, name }],
    ),
});
