import type { Versions } from '../versions.ts';

/**
 * By the minor version of the cluster; of 1.35 the patch that each needs is 1.35.2 or newer. Source:
 * https://cloud.google.com/kubernetes-engine/docs/how-to/gatewayclass-capabilities and the conformance reports.
 */
export const versions: Versions = {
  known: [
    { version: '1.36', gatewayApi: '1.6' },
    { version: '1.35', gatewayApi: '1.5' },
    { version: '1.34', gatewayApi: '1.4' },
  ],
  since: {
    '1.35': {
      'Gateway API': ['backendTls', 'cors', 'frontendTls'],
      'HTTPRoute.matches': ['queryParams'],
      GCPHTTPFilter: ['*'],
    },
  },
};
