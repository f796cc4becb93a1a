import type { Versions } from '../versions.ts';

/**
 * The CRDs of 3.3 to 3.5 have the same fields; 3.5 serves them as v1 and asks for it, the versions before know v1beta1 alone.
 * Source: config/crd/gateway and go.mod of the controller's releases.
 */
export const versions: Versions = {
  known: [
    { version: '3.5', gatewayApi: '1.6' },
    { version: '3.4', gatewayApi: '1.5' },
    { version: '3.3', gatewayApi: '1.5' },
  ],
  since: {},
  served: [{ apiVersion: 'gateway.k8s.aws/v1', before: '3.5', as: 'gateway.k8s.aws/v1beta1' }],
};
