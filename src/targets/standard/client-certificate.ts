import { hasField } from '../../gateway/fields.ts';
import { defineFindings } from '../../ledger/finding.ts';
import { byHand, inert, LOST_PROTECTION, type Lower, placeOf, unmapped } from '../lowering.ts';
import { alternatives } from './alternatives.ts';

const find = defineFindings('standard/client-certificate', {
  off: {
    level: 'note',
    message: (a: { secret: string }) => `verification of client certificates is off, so Secret ${a.secret} is not used`,
  },
  'no-field': {
    ...LOST_PROTECTION,
    message: (a: { host: string; release: string }) =>
      `client certificates for ${a.host} cannot be asked for in Gateway API ${a.release} of the standard channel`,
    help: () => `--gateway-api 1.5 or newer has spec.tls.frontend of the Gateway. ${alternatives('clientCertificate')}`,
  },
  'any-authority': {
    ...LOST_PROTECTION,
    message: (a: { host: string }) =>
      `${a.host} asks for a client certificate of any authority and leaves the check to the backend, which the portable Gateway API cannot pass on`,
    help: () => 'Let the backend terminate TLS itself (TLSRoute with passthrough), or verify against a known authority.',
  },
  'per-port': {
    ...LOST_PROTECTION,
    message: (a: { host: string; secret: string; mode: string }) =>
      `client certificates for ${a.host} were not written: a Gateway asks for them per port, for all its hosts, and takes the authority from a ConfigMap instead of Secret ${a.secret}`,
    help: (a) =>
      `Where every host of the port may ask for it (else give ${a.host} a Gateway of its own): kubectl get secret ${name(a.secret)} -n ${namespace(a.secret)} -o jsonpath='{.data.ca\\.crt}' | base64 -d > ca.crt && kubectl create configmap ${name(a.secret)}-ca --from-file=ca.crt, in the Gateway's namespace; then set spec.tls.frontend.default.validation: {caCertificateRefs: [{group: "", kind: ConfigMap, name: ${name(a.secret)}-ca}], mode: ${a.mode}}.`,
  },
});

/**
 * `Gateway.spec.tls.frontend` holds for every host of a port. One rule cannot see whether the others ask for the same, and
 * the authority has to be copied out of a Secret whose contents are not read here: the steps are handed out instead.
 */
export const clientCertificate: Lower<'clientCertificate'> = (intent, context) => {
  const place = { ...placeOf(intent, context), host: context.host };
  const secret = `${intent.secret.namespace}/${intent.secret.name}`;
  const host = context.host === '' ? 'any host' : context.host;
  switch (intent.verify) {
    case 'off':
      return inert(find.off({ secret }, place));
    case 'optional-any-ca':
      return unmapped(find['any-authority']({ host }, place));
    case 'required':
    case 'optional': {
      if (!hasField(context.release, 'Gateway.tls')) return unmapped(find['no-field']({ host, release: context.release.version }, place));
      const mode = intent.verify === 'required' ? 'AllowValidOnly' : 'AllowInsecureFallback';
      return byHand(find['per-port']({ host, secret, mode }, place));
    }
    default:
      return intent.verify satisfies never;
  }
};

function namespace(secret: string): string {
  return secret.slice(0, secret.indexOf('/'));
}

function name(secret: string): string {
  return secret.slice(secret.indexOf('/') + 1);
}
