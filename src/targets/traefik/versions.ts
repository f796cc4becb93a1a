import type { Versions } from '../versions.ts';

/**
 * Fields by the minor version whose CRDs first have them. 3.5 reads BackendTLSPolicy as v1alpha3 alone, which Gateway API 1.4 no longer
 * serves. Source: docs/content/reference/dynamic-configuration, pkg/provider/kubernetes/gateway and go.mod of Traefik's releases.
 */
export const versions: Versions = {
  known: [
    { version: '3.7', gatewayApi: '1.5' },
    { version: '3.6', gatewayApi: '1.4' },
    { version: '3.5', gatewayApi: '1.4' },
  ],
  since: {
    '3.6': {
      'Gateway API': ['backendTls'],
      Middleware: ['errors.service.passiveHealthCheck', 'errors.service.strategy=hrw', 'errors.service.strategy=leasttime'],
      TraefikService: [
        'highestRandomWeight',
        'mirroring.mirrors[].passiveHealthCheck',
        'mirroring.mirrors[].strategy=hrw',
        'mirroring.mirrors[].strategy=leasttime',
        'mirroring.passiveHealthCheck',
        'mirroring.strategy=hrw',
        'mirroring.strategy=leasttime',
        'weighted.services[].passiveHealthCheck',
        'weighted.services[].strategy=hrw',
        'weighted.services[].strategy=leasttime',
      ],
    },
    '3.7': {
      Middleware: [
        'encodedCharacters',
        'errors.errorRequestHeaders',
        'errors.service.middlewares',
        'forwardAuth.authSigninURL',
        'forwardAuth.maxResponseBodySize',
        'retry.disableRetryOnNetworkError',
        'retry.maxRequestBodyBytes',
        'retry.retryNonIdempotentMethod',
        'retry.status',
        'retry.timeout',
      ],
      ServersTransport: ['cipherSuites', 'maxVersion', 'minVersion'],
      TraefikService: [
        'failover',
        'mirroring.middlewares',
        'mirroring.mirrors[].middlewares',
        'mirroring.sticky.cookie.sameSite=Lax',
        'mirroring.sticky.cookie.sameSite=None',
        'mirroring.sticky.cookie.sameSite=Strict',
        'weighted.services[].middlewares',
        'weighted.services[].sticky.cookie.sameSite=Lax',
        'weighted.services[].sticky.cookie.sameSite=None',
        'weighted.services[].sticky.cookie.sameSite=Strict',
        'weighted.sticky.cookie.sameSite=Lax',
        'weighted.sticky.cookie.sameSite=None',
        'weighted.sticky.cookie.sameSite=Strict',
      ],
    },
  },
};
