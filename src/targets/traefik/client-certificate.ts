import { defineFindings } from '../../ledger/finding.ts';
import { byHand, inert, LOST_PROTECTION, type Lower, placeOf } from '../lowering.ts';

const find = defineFindings('traefik/client-certificate', {
  off: {
    level: 'note',
    message: (a: { secret: string }) => `verification of client certificates is off, so Secret ${a.secret} is not used`,
  },
  'whole-proxy': {
    ...LOST_PROTECTION,
    message: (a: { host: string; secret: string; type: string }) =>
      `client certificates for ${a.host} were not written: with Gateway API, Traefik asks for them by its default TLSOption alone, which holds for every host of the proxy`,
    help: (a) => {
      const [namespace = '', name = ''] = a.secret.split('/');
      return `Where every host may ask for one (else give ${a.host} an IngressRoute with a TLSOption of its own), create in namespace ${namespace} the only TLSOption named default of the cluster: spec.clientAuth: {clientAuthType: ${a.type}, secretNames: [${name}]}. It reads ca.crt of the Secret. Then write the route by hand.`;
    },
  },
});

const TYPES = {
  required: 'RequireAndVerifyClientCert',
  optional: 'VerifyClientCertIfGiven',
  'optional-any-ca': 'RequestClientCert',
} as const;

/** Neither `spec.tls.frontend` nor an option of a listener is read. */
export const clientCertificate: Lower<'clientCertificate'> = (intent, context) => {
  const place = { ...placeOf(intent, context), host: context.host };
  const secret = `${intent.secret.namespace}/${intent.secret.name}`;
  if (intent.verify === 'off') return inert(find.off({ secret }, place));
  const host = context.host === '' ? 'any host' : context.host;
  return byHand(find['whole-proxy']({ host, secret, type: TYPES[intent.verify] }, place));
};
