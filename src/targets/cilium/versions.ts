import type { Versions } from '../versions.ts';

/**
 * What its routes read, by the first conformance report that claims it; BackendTLSPolicy by the change that brought it
 * (cilium/cilium#43045). 1.18 was built for Gateway API 1.3, of which everything written here is part of 1.4 as well.
 */
export const versions: Versions = {
  known: [
    { version: '1.20', gatewayApi: '1.6' },
    { version: '1.19', gatewayApi: '1.4' },
    { version: '1.18', gatewayApi: '1.4' },
  ],
  since: {
    '1.20': { 'Gateway API': ['backendTls', 'cors', 'externalAuth', 'retry'], TCPRoute: ['*'], UDPRoute: ['*'] },
  },
};
