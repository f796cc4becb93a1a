import { defineFindings } from '../../ledger/finding.ts';
import type { JsonObject } from '../../model/json.ts';
import { cipherSuites, tlsVersion } from '../envoy/tls-settings.ts';
import { approximated, converted, type Lower, placeOf, unmapped } from '../lowering.ts';
import { client } from './kinds.ts';

const find = defineFindings('envoy-gateway/tls-policy', {
  'left-out': {
    level: 'warning',
    message: (a: { host: string; items: string }) =>
      `the TLS settings of ${a.host} are written without ${a.items}, which Envoy does not know`,
    help: () => 'Check that the clients you have to serve still find a cipher: tls.ciphers of the ClientTrafficPolicy.',
    security: true,
  },
  'not-written': {
    level: 'warning',
    message: (a: { host: string; items: string }) => `the TLS settings of ${a.host} were not written: Envoy knows none of ${a.items}`,
    help: () =>
      'Envoy takes TLS 1.2 and 1.3 with modern ciphers by default; set tls.minVersion and tls.ciphers of a ClientTrafficPolicy where that does not suit.',
    security: true,
  },
});

/** Envoy goes by its own order of ciphers always. */
export const tlsPolicy: Lower<'tlsPolicy'> = (intent, context) => {
  const place = { ...placeOf(intent, context), host: context.host };
  const minVersion = intent.minVersion === null ? null : tlsVersion(intent.minVersion);
  const { kept, dropped } = cipherSuites(intent.ciphers ?? '');
  // TLS 1.3 has ciphers of its own.
  const ciphers = minVersion === '1.3' ? [] : kept;
  const tls: JsonObject = {
    ...(minVersion === null ? {} : { minVersion }),
    ...(ciphers.length === 0 ? {} : { ciphers: [...ciphers] }),
  };
  const lost = [
    ...(intent.minVersion !== null && minVersion === null ? [intent.minVersion] : []),
    ...dropped,
    ...(intent.preferServerCiphers === false ? ["the clients' order of ciphers"] : []),
  ];
  const args = { host: context.host === '' ? 'any host' : context.host, items: lost.join(', ') };
  if (Object.keys(tls).length === 0) return lost.length === 0 ? converted({}) : unmapped(find['not-written'](args, place));
  return lost.length === 0 ? converted(client({ tls })) : approximated(client({ tls }), find['left-out'](args, place));
};

/** HTTP/1.1 and HTTP/2 by default. */
export const httpVersions: Lower<'httpVersions'> = (intent) => {
  const spec: JsonObject = {
    ...(intent.http2 === false ? { tls: { alpnProtocols: ['http/1.1'] } } : {}),
    ...(intent.http3 === true ? { http3: {} } : {}),
  };
  return converted(Object.keys(spec).length === 0 ? {} : client(spec));
};
