import type { Versions } from '../versions.ts';

/**
 * Fields by the version whose CRDs first have them; the CORS filter and client certificates of a Gateway by the controller's own code.
 * Source: config/crd/bases, internal/controller/state and go.mod of NGINX Gateway Fabric's releases.
 */
export const versions: Versions = {
  known: [
    { version: '2.6', gatewayApi: '1.5' },
    { version: '2.5', gatewayApi: '1.5' },
    { version: '2.4', gatewayApi: '1.4' },
  ],
  since: {
    '2.5': {
      'Gateway API': ['cors'],
      AuthenticationFilter: ['jwt', 'oidc'],
      NginxProxy: ['serverTokens'],
    },
    '2.6': {
      'Gateway API': ['frontendTls'],
      ClientSettingsPolicy: ['keepAlive.minTimeout'],
      NginxProxy: ['waf'],
      ProxySettingsPolicy: ['timeout'],
      WAFPolicy: ['*'],
    },
  },
};
