import type { JsonObject } from '../../model/json.ts';
import type { LoweringContext } from '../contract.ts';
import { clientCertificateOf } from '../envoy/client-certificate.ts';
import { isBefore } from '../versions.ts';
import { client, ENVOY_GATEWAY } from './kinds.ts';

export const clientCertificate = clientCertificateOf(ENVOY_GATEWAY, {
  instead:
    'Let the backend look at X-Forwarded-Client-Cert, or terminate TLS itself (TLSRoute with passthrough), or check certificates in an external authorization service.',
  look: 'Check that nobody gets in without a certificate, and let the backend read X-Forwarded-Client-Cert where it reads ssl-client-* headers today.',
  told: () => 'the backend is told by X-Forwarded-Client-Cert instead of ssl-client-* headers',
  write: (verify, { secret: { namespace, name }, passToBackend }, context) => {
    const validation = { ...demand(verify, context), caCertificateRefs: [{ group: '', kind: 'Secret', name, namespace }] };
    const details = passToBackend ? ['Subject', 'Cert'] : ['Subject'];
    return client(
      {
        tls: { clientValidation: validation },
        headers: { xForwardedClientCert: { mode: 'SanitizeSet', certDetailsToAdd: details } },
      },
      [{ kind: 'Secret', namespace, name }],
    );
  },
});

/** Before there was a mode, one could only be excused from having a certificate. */
function demand(verify: 'required' | 'optional', context: LoweringContext): JsonObject {
  if (isBefore(context, '1.8')) return verify === 'required' ? {} : { optional: true };
  return { mode: verify === 'required' ? 'RequireAndVerify' : 'VerifyIfGiven' };
}
