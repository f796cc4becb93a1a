import { defineFindings, type NoArgs } from '../../ledger/finding.ts';
import { lost } from '../lacking/lacking.ts';
import { approximated, type Lower, placeOf } from '../lowering.ts';

const find = defineFindings('istio/tls-policy', {
  'own-order': {
    level: 'note',
    message: (_: NoArgs) => 'the ciphers are an option of the listener; the Gateway chooses among them in their order',
  },
});

/** Names of single ciphers, of TLS 1.2 and below. */
export const tlsPolicy: Lower<'tlsPolicy'> = (intent, context) => {
  const names = (intent.ciphers ?? '').split(':').filter((name) => name !== '');
  if (intent.minVersion !== null || names.length === 0 || !names.every((name) => /^[A-Z0-9-]+$/.test(name) && name.includes('-')))
    return lost('istio', intent, context, {
      why:
        intent.minVersion !== null || names.length === 0
          ? 'the option of a listener is a list of ciphers and nothing else'
          : 'groups and exclusions of OpenSSL are no names of ciphers',
      nearest:
        'tls.options gateway.istio.io/tls-cipher-suites takes names; meshConfig.tlsDefaults.minProtocolVersion holds for the whole mesh.',
    });
  const tlsOptions = { 'gateway.istio.io/tls-cipher-suites': names.join(',') };
  return approximated({ tlsOptions }, find['own-order']({}, placeOf(intent, context)));
};
