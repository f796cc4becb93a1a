import type { Versions } from '../versions.ts';

/**
 * Fields by the version whose CRDs first have them; client certificates of a Gateway by the conformance reports. Source:
 * install/helm/kgateway-crds and go.mod of kgateway's releases.
 */
export const versions: Versions = {
  known: [
    { version: '2.4', gatewayApi: '1.6' },
    { version: '2.3', gatewayApi: '1.5' },
    { version: '2.2', gatewayApi: '1.4' },
  ],
  since: {
    '2.3': {
      'Gateway API': ['frontendTls'],
      BackendConfigPolicy: ['circuitBreakers.trackRemaining', 'dns', 'upstreamProxyProtocol'],
      DirectResponse: ['bodyFormat'],
      ListenerPolicy: [
        'default.clientCertificateValidation',
        'default.httpSettings.http2ProtocolOptions',
        'default.httpSettings.maxHeadersCount',
        'default.httpSettings.skipXFFAppend',
        'default.httpSettings.stripHostPortMode',
        'default.httpSettings.uuidRequestIdConfig',
        'default.httpSettings.xffTrustedCIDRs',
        'default.tcpKeepalive',
      ],
      TrafficPolicy: ['acl', 'faultInjection', 'rateLimit.local.percentEnabled', 'rateLimit.local.percentEnforced', 'tracing'],
    },
    '2.4': {
      'Gateway API': ['retry'],
      BackendConfigPolicy: ['http2ProtocolOptions.connectionKeepalive', 'loadBalancer.zoneAware', 'tls.parameters.signatureAlgorithms'],
      ListenerPolicy: [
        'default.httpSettings.forwardClientCertDetails',
        'default.httpSettings.localReplies',
        'default.httpSettings.maxRequestsPerConnection',
        'default.httpSettings.serverName',
        'default.transportSocketConnectTimeout',
      ],
      TrafficPolicy: [
        'compression.requestDecompression.libraries',
        'compression.responseCompression.libraries',
        'internalRedirect',
        'statPrefix',
      ],
    },
  },
};
