import type { Versions } from '../versions.ts';

/**
 * Fields by the version whose CRDs first have them, and options of listeners by the code that reads them. Source:
 * kubernetes/customresourcedefinitions.gen.yaml of istio/api, pilot/pkg/config/kube/gateway and go.mod of Istio's releases.
 */
export const versions: Versions = {
  known: [
    { version: '1.30', gatewayApi: '1.5' },
    { version: '1.29', gatewayApi: '1.4' },
    { version: '1.28', gatewayApi: '1.4' },
  ],
  since: {
    '1.29': {
      'Gateway API': ['tlsOptions:gateway.istio.io/tls-cipher-suites'],
    },
    '1.30': {
      AuthorizationPolicy: ['rules[].from[].source.notTrustDomains', 'rules[].from[].source.trustDomains'],
      Telemetry: ['tracing[].disableContextPropagation'],
    },
  },
};
