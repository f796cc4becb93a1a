import { defineFindings } from '../../ledger/finding.ts';
import { type Lower, placeOf, unfinished } from '../lowering.ts';
import { lower as portable } from '../standard/standard.ts';

const find = defineFindings('cilium/backend-protocol', {
  'app-protocol': {
    level: 'warning',
    message: (a: { protocol: string; more: string; setting: string }) =>
      `${a.protocol} to the backend is told by the Service's appProtocol, which Cilium honours only where ${a.setting} is set${a.more}`,
    help: (a) =>
      `Set ${a.setting}=true in the Helm values of Cilium.${a.setting === ALPN ? ' Clients of gRPC need it over HTTPS: without ALPN Cilium offers them HTTP/1.1 alone.' : ''}${a.more === '' ? '' : ' Until then and without the field requests fail.'}`,
    differs: ['status', 'unreachable'],
  },
});

/** It switches on what the other does as well, and HTTP/2 for clients over TLS. */
const ALPN = 'gatewayAPI.enableAlpn';

/** By the fields of Gateway API, of which one has to be switched on. */
export const backendProtocol: Lower<'backendProtocol'> = (intent, context) => {
  const lowering = portable(intent, context);
  if ((intent.protocol !== 'GRPC' && intent.protocol !== 'HTTP2') || lowering.as !== 'written') return lowering;
  const more = lowering.finding === null ? '' : `; ${lowering.finding.message}. ${lowering.finding.help}`;
  const isOverTls = context.ports.some(({ scheme }) => scheme === 'https');
  const setting = intent.protocol === 'GRPC' && isOverTls ? ALPN : 'gatewayAPI.enableAppProtocol';
  return unfinished(lowering.parts, find['app-protocol']({ protocol: intent.protocol, more, setting }, placeOf(intent, context)));
};
