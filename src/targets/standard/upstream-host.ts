import { defineFindings } from '../../ledger/finding.ts';
import { converted, type Lower, placeOf, unmapped } from '../lowering.ts';
import { preciseHost } from './hostname.ts';

const find = defineFindings('standard/upstream-host', {
  'not-plain': {
    level: 'warning',
    message: (a: { host: string }) => `the Host header ${a.host} for the backend cannot be written: a URLRewrite takes one plain host name`,
    help: () =>
      "The backend sees the client's Host header. Variables and ports have no portable form: name the host, or let the backend accept any.",
    differs: ['headers'],
  },
});

export const upstreamHost: Lower<'upstreamHost'> = (intent, context) => {
  const hostname = preciseHost(intent.host);
  return hostname === null ? unmapped(find['not-plain']({ host: intent.host }, placeOf(intent, context))) : converted({ hostname });
};
