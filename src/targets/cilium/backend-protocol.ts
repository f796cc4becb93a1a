import { defineFindings } from '../../ledger/finding.ts';
import { type Lower, placeOf, unfinished } from '../lowering.ts';
import { lower as portable } from '../standard/standard.ts';

const find = defineFindings('cilium/backend-protocol', {
  'app-protocol': {
    level: 'warning',
    message: (a: { protocol: string; more: string }) =>
      `${a.protocol} to the backend is told by the Service's appProtocol, which Cilium honours only where gatewayAPI.enableAppProtocol is set${a.more}`,
    help: (a) =>
      `Set gatewayAPI.enableAppProtocol=true in the Helm values of Cilium. ${a.more === '' ? '' : 'Until then and without the field requests fail.'}`.trim(),
    differs: ['status', 'unreachable'],
  },
});

/** By the fields of Gateway API, of which one has to be switched on. */
export const backendProtocol: Lower<'backendProtocol'> = (intent, context) => {
  const lowering = portable(intent, context);
  if ((intent.protocol !== 'GRPC' && intent.protocol !== 'HTTP2') || lowering.as !== 'written') return lowering;
  const more = lowering.finding === null ? '' : `; ${lowering.finding.message}. ${lowering.finding.help}`;
  return unfinished(lowering.parts, find['app-protocol']({ protocol: intent.protocol, more }, placeOf(intent, context)));
};
