import { defineFindings } from '../../ledger/finding.ts';
import { type Lower, placeOf, unmapped } from '../lowering.ts';
import type { Implementation } from './implementation.ts';

/** Limits for each client or each connection, of which Envoy knows only those for all together. */
export function limitLosses({ name, title }: Implementation, instead: { readonly connections: string; readonly bandwidth: string }) {
  const lost = defineFindings(name, {
    'connection-limit/not-per-client': {
      level: 'warning',
      message: (a: { perClient: number }) =>
        `the limit of ${a.perClient} connections a client cannot be written: ${title} only limits the connections of all clients together`,
      help: () => instead.connections,
      differs: ['status'],
    },
    'bandwidth-limit/not-per-connection': {
      level: 'warning',
      message: (a: { bytes: number }) =>
        `responses will not be slowed down to ${a.bytes} bytes a second: ${title} has no such limit for each connection`,
      help: () => instead.bandwidth,
    },
  });
  const connectionLimit: Lower<'connectionLimit'> = (intent, context) =>
    unmapped(lost['connection-limit/not-per-client']({ perClient: intent.perClient }, placeOf(intent, context)));
  const bandwidthLimit: Lower<'bandwidthLimit'> = (intent, context) =>
    unmapped(lost['bandwidth-limit/not-per-connection']({ bytes: intent.bytesPerSecond }, placeOf(intent, context)));
  return { connectionLimit, bandwidthLimit };
}
