import { defineFindings } from '../../ledger/finding.ts';
import { cipherSuites, tlsVersion } from '../envoy/tls-settings.ts';
import { approximated, converted, type Lower, placeOf, unmapped } from '../lowering.ts';

const find = defineFindings('kgateway', {
  'tls-policy/left-out': {
    level: 'warning',
    message: (a: { host: string; items: string }) =>
      `the TLS settings of ${a.host} are written without ${a.items}, which Envoy does not know`,
    help: () => 'Check that the clients you have to serve still find a cipher: tls.options kgateway.dev/cipher-suites of the listener.',
    security: true,
  },
  'tls-policy/not-written': {
    level: 'warning',
    message: (a: { host: string; items: string }) => `the TLS settings of ${a.host} were not written: Envoy knows none of ${a.items}`,
    help: () =>
      'Envoy takes TLS 1.2 and 1.3 with modern ciphers by default; set tls.options kgateway.dev/min-tls-version and kgateway.dev/cipher-suites where that does not suit.',
    security: true,
  },
  'http-versions/not-written': {
    level: 'note',
    message: (a: { version: string }) => `that ${a.version} cannot be written: kgateway offers HTTP/1.1 and HTTP/2 always`,
    help: () => 'It matters for clients that get along with one version alone.',
  },
});

/** Options of the listener. Envoy goes by its own order of ciphers always. */
export const tlsPolicy: Lower<'tlsPolicy'> = (intent, context) => {
  const place = { ...placeOf(intent, context), host: context.host };
  const minVersion = intent.minVersion === null ? null : tlsVersion(intent.minVersion);
  const { kept, dropped } = cipherSuites(intent.ciphers ?? '');
  // TLS 1.3 has ciphers of its own.
  const ciphers = minVersion === '1.3' ? [] : kept;
  const tlsOptions = {
    ...(minVersion === null ? {} : { 'kgateway.dev/min-tls-version': minVersion }),
    ...(ciphers.length === 0 ? {} : { 'kgateway.dev/cipher-suites': ciphers.join(',') }),
  };
  const lost = [
    ...(intent.minVersion !== null && minVersion === null ? [intent.minVersion] : []),
    ...dropped,
    ...(intent.preferServerCiphers === false ? ["the clients' order of ciphers"] : []),
  ];
  const args = { host: context.host === '' ? 'any host' : context.host, items: lost.join(', ') };
  if (Object.keys(tlsOptions).length === 0)
    return lost.length === 0 ? converted({}) : unmapped(find['tls-policy/not-written'](args, place));
  return lost.length === 0 ? converted({ tlsOptions }) : approximated({ tlsOptions }, find['tls-policy/left-out'](args, place));
};

export const httpVersions: Lower<'httpVersions'> = (intent, context) => {
  const lost = [...(intent.http2 === false ? ['HTTP/2 is off'] : []), ...(intent.http3 === true ? ['HTTP/3 is on'] : [])];
  return lost.length === 0
    ? converted({})
    : unmapped(find['http-versions/not-written']({ version: lost.join(' and ') }, placeOf(intent, context)));
};
