import { defineFindings } from '../../ledger/finding.ts';
import { type Lower, placeOf, unmapped } from '../lowering.ts';
import { alternatives } from './alternatives.ts';

const lost = defineFindings('standard', {
  'tls-policy/no-field': {
    level: 'warning',
    message: (a: { what: string; host: string }) =>
      `the ${a.what} for ${a.host} cannot be written: the portable Gateway API leaves TLS versions and ciphers to the implementation`,
    help: () => `${alternatives('tlsPolicy')} Until then older clients may be admitted, or refused, than today.`,
    security: true,
  },
  'http-versions/no-field': {
    level: 'note',
    message: (a: { versions: string }) =>
      `that ${a.versions} cannot be written: the portable Gateway API leaves the versions of HTTP to the implementation`,
    help: () => alternatives('httpVersions'),
  },
});

export const tlsPolicy: Lower<'tlsPolicy'> = (intent, context) => {
  const parts = [
    intent.minVersion === null ? '' : `lowest TLS version ${intent.minVersion}`,
    intent.ciphers === null ? '' : 'list of TLS ciphers',
    intent.preferServerCiphers === null ? '' : 'order of TLS ciphers',
  ].filter((part) => part !== '');
  const host = context.host === '' ? 'any host' : context.host;
  return unmapped(
    lost['tls-policy/no-field']({ what: parts.join(' and ') || 'TLS policy', host }, { ...placeOf(intent, context), host: context.host }),
  );
};

export const httpVersions: Lower<'httpVersions'> = (intent, context) => {
  const state = (version: string, on: boolean | null) => (on === null ? [] : [`${version} is ${on ? 'on' : 'off'}`]);
  const versions = [...state('HTTP/2', intent.http2), ...state('HTTP/3', intent.http3)].join(' and ') || 'HTTP versions are as they are';
  return unmapped(lost['http-versions/no-field']({ versions }, placeOf(intent, context)));
};
