/** Statements of published conformance reports (`conformance/reports` of Gateway API): of each the Gateway profiles whose core passed, and what their lists say. */
export interface PublishedReport {
  readonly file: string;
  readonly gatewayApi: string;
  readonly project: string;
  readonly version: string;
  readonly profiles: string;
  readonly supported: string;
  readonly unsupported: string;
}

export const REPORTS: readonly PublishedReport[] = [
  {
    file: 'v1.1.0/traefik-traefik/experimental-v3.1.0-default-report.yaml',
    gatewayApi: 'v1.1.0',
    project: 'traefik',
    version: 'v3.1.0',
    profiles: 'GATEWAY-HTTP',
    supported: `GatewayPort8080 HTTPRouteHostRewrite HTTPRouteMethodMatching HTTPRoutePathRedirect HTTPRoutePathRewrite HTTPRoutePortRedirect
    HTTPRouteQueryParamMatching HTTPRouteSchemeRedirect`,
    unsupported: `GatewayHTTPListenerIsolation GatewayStaticAddresses HTTPRouteBackendRequestHeaderModification HTTPRouteBackendTimeout
    HTTPRouteParentRefPort HTTPRouteRequestMirror HTTPRouteRequestMultipleMirrors HTTPRouteRequestTimeout
    HTTPRouteResponseHeaderModification`,
  },
  {
    file: 'v1.2.1/nginx-nginx-gateway-fabric/experimental-2.0.2-default-report.yaml',
    gatewayApi: 'v1.2.1',
    project: 'nginx-gateway-fabric',
    version: 'v2.0.2',
    profiles: 'GATEWAY-GRPC GATEWAY-HTTP GATEWAY-TLS',
    supported: `GatewayHTTPListenerIsolation GatewayInfrastructurePropagation GatewayPort8080 HTTPRouteHostRewrite HTTPRouteMethodMatching
    HTTPRoutePathRedirect HTTPRoutePathRewrite HTTPRoutePortRedirect HTTPRouteQueryParamMatching HTTPRouteRequestMirror
    HTTPRouteRequestMultipleMirrors HTTPRouteResponseHeaderModification HTTPRouteSchemeRedirect`,
    unsupported: `GatewayStaticAddresses HTTPRouteBackendProtocolH2C HTTPRouteBackendProtocolWebSocket
    HTTPRouteBackendRequestHeaderModification HTTPRouteBackendTimeout HTTPRouteDestinationPortMatching HTTPRouteParentRefPort
    HTTPRouteRequestTimeout`,
  },
  {
    file: 'v1.3.0/aws-load-balancer-controller/experimental-v3.0-default-report.yaml',
    gatewayApi: 'v1.3.0',
    project: 'aws-load-balancer-controller',
    version: 'v3.0.0',
    profiles: 'GATEWAY-HTTP',
    supported: `HTTPRouteDestinationPortMatching HTTPRouteMethodMatching HTTPRouteParentRefPort HTTPRoutePortRedirect`,
    unsupported: `GatewayAddressEmpty GatewayHTTPListenerIsolation GatewayInfrastructurePropagation GatewayPort8080 GatewayStaticAddresses
    HTTPRouteBackendProtocolH2C HTTPRouteBackendProtocolWebSocket HTTPRouteBackendRequestHeaderModification
    HTTPRouteBackendTimeout HTTPRouteHostRewrite HTTPRoutePathRedirect HTTPRoutePathRewrite HTTPRouteQueryParamMatching
    HTTPRouteRequestMirror HTTPRouteRequestMultipleMirrors HTTPRouteRequestPercentageMirror HTTPRouteRequestTimeout
    HTTPRouteResponseHeaderModification HTTPRouteSchemeRedirect`,
  },
  {
    file: 'v1.4.0/gke-gateway/standard-1.34.4-rxlb-report.yaml',
    gatewayApi: 'v1.4.0',
    project: 'gke-gateway',
    version: '1.34.4-gke.1047000',
    profiles: 'GATEWAY-HTTP',
    supported: `GatewayPort8080 HTTPRouteHostRewrite HTTPRoutePathRedirect HTTPRouteRequestMirror HTTPRouteRequestPercentageMirror
    HTTPRouteResponseHeaderModification HTTPRouteSchemeRedirect`,
    unsupported: `GatewayAddressEmpty GatewayHTTPListenerIsolation GatewayInfrastructurePropagation GatewayStaticAddresses
    HTTPRoute303RedirectStatusCode HTTPRoute307RedirectStatusCode HTTPRoute308RedirectStatusCode HTTPRouteBackendProtocolH2C
    HTTPRouteBackendProtocolWebSocket HTTPRouteBackendRequestHeaderModification HTTPRouteBackendTimeout HTTPRouteCORS
    HTTPRouteDestinationPortMatching HTTPRouteMethodMatching HTTPRouteNamedRouteRule HTTPRouteParentRefPort HTTPRoutePathRewrite
    HTTPRoutePortRedirect HTTPRouteQueryParamMatching HTTPRouteRequestMultipleMirrors HTTPRouteRequestTimeout`,
  },
  {
    file: 'v1.4.0/istio-istio/1.28.0-default-report.yaml',
    gatewayApi: 'v1.4.0',
    project: 'istio',
    version: '1.28',
    profiles: 'GATEWAY-GRPC GATEWAY-HTTP GATEWAY-TLS',
    supported: `GatewayAddressEmpty GatewayHTTPListenerIsolation GatewayInfrastructurePropagation GatewayPort8080 GatewayStaticAddresses
    HTTPRouteBackendProtocolH2C HTTPRouteBackendProtocolWebSocket HTTPRouteBackendRequestHeaderModification
    HTTPRouteBackendTimeout HTTPRouteCORS HTTPRouteDestinationPortMatching HTTPRouteHostRewrite HTTPRouteMethodMatching
    HTTPRouteNamedRouteRule HTTPRouteParentRefPort HTTPRoutePathRedirect HTTPRoutePathRewrite HTTPRoutePortRedirect
    HTTPRouteQueryParamMatching HTTPRouteRequestMirror HTTPRouteRequestMultipleMirrors HTTPRouteRequestPercentageMirror
    HTTPRouteRequestTimeout HTTPRouteResponseHeaderModification HTTPRouteSchemeRedirect`,
    unsupported: ``,
  },
  {
    file: 'v1.4.0/cilium/experimental-v1.19.0-pre.2-default-report.yaml',
    gatewayApi: 'v1.4.0',
    project: 'cilium',
    version: '1.19.0-pre.2',
    profiles: 'GATEWAY-GRPC GATEWAY-HTTP GATEWAY-TLS',
    supported: `GatewayAddressEmpty GatewayHTTPListenerIsolation GatewayInfrastructurePropagation GatewayPort8080 GatewayStaticAddresses
    HTTPRouteBackendProtocolH2C HTTPRouteBackendProtocolWebSocket HTTPRouteBackendRequestHeaderModification
    HTTPRouteBackendTimeout HTTPRouteDestinationPortMatching HTTPRouteHostRewrite HTTPRouteMethodMatching HTTPRouteNamedRouteRule
    HTTPRoutePathRedirect HTTPRoutePathRewrite HTTPRoutePortRedirect HTTPRouteQueryParamMatching HTTPRouteRequestMirror
    HTTPRouteRequestMultipleMirrors HTTPRouteRequestPercentageMirror HTTPRouteRequestTimeout HTTPRouteResponseHeaderModification
    HTTPRouteSchemeRedirect`,
    unsupported: `HTTPRouteCORS HTTPRouteParentRefPort`,
  },
  {
    file: 'v1.4.0/aws-aws-application-networking-k8s/experimental-v2.0.1-default-report.yaml',
    gatewayApi: 'v1.4.0',
    project: 'aws-application-networking-k8s',
    version: 'v2.0.1',
    profiles: 'GATEWAY-HTTP',
    supported: ``,
    unsupported: ``,
  },
  {
    file: 'v1.5/istio-istio/1.30.0-default-report.yaml',
    gatewayApi: 'v1.5.1',
    project: 'istio',
    version: '1.30.1',
    profiles: 'GATEWAY-GRPC GATEWAY-HTTP GATEWAY-TLS',
    supported: `BackendTLSPolicy BackendTLSPolicySANValidation GatewayAddressEmpty GatewayHTTPListenerIsolation
    GatewayInfrastructurePropagation GatewayPort8080 GatewayStaticAddresses HTTPRoute303RedirectStatusCode
    HTTPRoute307RedirectStatusCode HTTPRoute308RedirectStatusCode HTTPRouteBackendProtocolH2C HTTPRouteBackendProtocolWebSocket
    HTTPRouteBackendRequestHeaderModification HTTPRouteBackendTimeout HTTPRouteCORS HTTPRouteDestinationPortMatching
    HTTPRouteHostRewrite HTTPRouteMethodMatching HTTPRouteNamedRouteRule HTTPRouteParentRefPort HTTPRoutePathRedirect
    HTTPRoutePathRewrite HTTPRoutePortRedirect HTTPRouteQueryParamMatching HTTPRouteRequestMirror HTTPRouteRequestMultipleMirrors
    HTTPRouteRequestPercentageMirror HTTPRouteRequestTimeout HTTPRouteResponseHeaderModification HTTPRouteSchemeRedirect
    TLSRouteModeMixed TLSRouteModeTerminate`,
    unsupported: `GatewayBackendClientCertificate GatewayFrontendClientCertificateValidation
    GatewayFrontendClientCertificateValidationInsecureFallback GatewayHTTPSListenerDetectMisdirectedRequests ListenerSet`,
  },
  {
    file: 'v1.5/traefik-traefik/experimental-v3.7.0-default-report.yaml',
    gatewayApi: 'v1.5.1',
    project: 'traefik',
    version: 'v3.7',
    profiles: 'GATEWAY-GRPC GATEWAY-HTTP GATEWAY-TLS',
    supported: `BackendTLSPolicy GatewayPort8080 HTTPRouteBackendProtocolH2C HTTPRouteBackendProtocolWebSocket
    HTTPRouteBackendRequestHeaderModification HTTPRouteDestinationPortMatching HTTPRouteHostRewrite HTTPRouteMethodMatching
    HTTPRoutePathRedirect HTTPRoutePathRewrite HTTPRoutePortRedirect HTTPRouteQueryParamMatching
    HTTPRouteResponseHeaderModification HTTPRouteSchemeRedirect TLSRouteModeMixed TLSRouteModeTerminate`,
    unsupported: `BackendTLSPolicySANValidation GatewayAddressEmpty GatewayBackendClientCertificate GatewayFrontendClientCertificateValidation
    GatewayFrontendClientCertificateValidationInsecureFallback GatewayHTTPListenerIsolation
    GatewayHTTPSListenerDetectMisdirectedRequests GatewayInfrastructurePropagation GatewayStaticAddresses
    HTTPRoute303RedirectStatusCode HTTPRoute307RedirectStatusCode HTTPRoute308RedirectStatusCode HTTPRouteBackendTimeout
    HTTPRouteCORS HTTPRouteNamedRouteRule HTTPRouteParentRefPort HTTPRouteRequestMirror HTTPRouteRequestMultipleMirrors
    HTTPRouteRequestPercentageMirror HTTPRouteRequestTimeout ListenerSet`,
  },
  {
    file: 'v1.6/envoy-gateway/experimental-v1.9.0-default-report.yaml',
    gatewayApi: 'v1.6.1',
    project: 'envoy-gateway',
    version: 'v1.9.0',
    profiles: 'GATEWAY-GRPC GATEWAY-HTTP GATEWAY-TLS',
    supported: `BackendTLSPolicy BackendTLSPolicySANValidation GatewayAddressEmpty GatewayBackendClientCertificate
    GatewayFrontendClientCertificateValidation GatewayFrontendClientCertificateValidationInsecureFallback
    GatewayHTTPListenerIsolation GatewayPort8080 GatewayStaticAddresses HTTPRoute303RedirectStatusCode
    HTTPRoute307RedirectStatusCode HTTPRoute308RedirectStatusCode HTTPRouteBackendProtocolH2C HTTPRouteBackendProtocolWebSocket
    HTTPRouteBackendRequestHeaderModification HTTPRouteBackendTimeout HTTPRouteCORS HTTPRouteDestinationPortMatching
    HTTPRouteHostRewrite HTTPRouteMethodMatching HTTPRouteNamedRouteRule HTTPRouteParentRefPort HTTPRoutePathRedirect
    HTTPRoutePathRewrite HTTPRoutePortRedirect HTTPRouteQueryParamMatching HTTPRouteRequestMirror HTTPRouteRequestMultipleMirrors
    HTTPRouteRequestPercentageMirror HTTPRouteRequestTimeout HTTPRouteResponseHeaderModification HTTPRouteRetry
    HTTPRouteRetryBackendTimeout HTTPRouteRetryConnectionError HTTPRouteSchemeRedirect ListenerSet TLSRouteModeMixed
    TLSRouteModeTerminate`,
    unsupported: `GatewayHTTPSListenerDetectMisdirectedRequests GatewayInfrastructurePropagation`,
  },
  {
    file: 'v1.6/cilium/experimental-v1.20.0-default-report.yaml',
    gatewayApi: 'v1.6.1',
    project: 'cilium',
    version: 'v1.20.0',
    profiles: 'GATEWAY-GRPC GATEWAY-HTTP GATEWAY-TCP GATEWAY-TLS GATEWAY-UDP',
    supported: `BackendTLSPolicy GatewayAddressEmpty GatewayHTTPListenerIsolation GatewayInfrastructurePropagation GatewayPort8080
    GatewayStaticAddresses HTTPRoute303RedirectStatusCode HTTPRoute307RedirectStatusCode HTTPRoute308RedirectStatusCode
    HTTPRouteBackendProtocolH2C HTTPRouteBackendProtocolWebSocket HTTPRouteBackendRequestHeaderModification
    HTTPRouteBackendTimeout HTTPRouteCORS HTTPRouteDestinationPortMatching HTTPRouteHostRewrite HTTPRouteMethodMatching
    HTTPRouteNamedRouteRule HTTPRoutePathRedirect HTTPRoutePathRewrite HTTPRoutePortRedirect HTTPRouteQueryParamMatching
    HTTPRouteRequestMirror HTTPRouteRequestMultipleMirrors HTTPRouteRequestPercentageMirror HTTPRouteRequestTimeout
    HTTPRouteResponseHeaderModification HTTPRouteRetry HTTPRouteRetryBackendTimeout HTTPRouteRetryConnectionError
    HTTPRouteSchemeRedirect ListenerSet TCPRoute UDPRoute`,
    unsupported: `BackendTLSPolicySANValidation GatewayBackendClientCertificate GatewayFrontendClientCertificateValidation
    GatewayFrontendClientCertificateValidationInsecureFallback GatewayHTTPSListenerDetectMisdirectedRequests
    HTTPRouteParentRefPort TLSRouteModeMixed TLSRouteModeTerminate`,
  },
  {
    file: 'v1.6/kgateway/v2.4.0-rc.1-report.yaml',
    gatewayApi: 'v1.6.1',
    project: 'kgateway',
    version: 'v2.4.0-rc.1',
    profiles: 'GATEWAY-GRPC GATEWAY-HTTP GATEWAY-TCP GATEWAY-TLS',
    supported: `BackendTLSPolicy BackendTLSPolicySANValidation GatewayAddressEmpty GatewayBackendClientCertificate
    GatewayFrontendClientCertificateValidation GatewayFrontendClientCertificateValidationInsecureFallback
    GatewayHTTPListenerIsolation GatewayInfrastructurePropagation GatewayPort8080 GatewayStaticAddresses
    HTTPRoute303RedirectStatusCode HTTPRoute307RedirectStatusCode HTTPRoute308RedirectStatusCode HTTPRouteBackendProtocolH2C
    HTTPRouteBackendProtocolWebSocket HTTPRouteBackendRequestHeaderModification HTTPRouteBackendTimeout HTTPRouteCORS
    HTTPRouteDestinationPortMatching HTTPRouteHostRewrite HTTPRouteMethodMatching HTTPRouteNamedRouteRule HTTPRouteParentRefPort
    HTTPRoutePathRedirect HTTPRoutePathRewrite HTTPRoutePortRedirect HTTPRouteQueryParamMatching HTTPRouteRequestMirror
    HTTPRouteRequestMultipleMirrors HTTPRouteRequestPercentageMirror HTTPRouteRequestTimeout HTTPRouteResponseHeaderModification
    HTTPRouteRetry HTTPRouteRetryBackendTimeout HTTPRouteRetryConnectionError HTTPRouteSchemeRedirect ListenerSet TCPRoute
    TLSRouteModeMixed TLSRouteModeTerminate`,
    unsupported: `GatewayHTTPSListenerDetectMisdirectedRequests`,
  },
  {
    file: 'v1.6/traefik-traefik/experimental-v3.7.10-default-report.yaml',
    gatewayApi: 'v1.6.1',
    project: 'traefik',
    version: 'v3.7.10',
    profiles: 'GATEWAY-GRPC GATEWAY-HTTP GATEWAY-TLS',
    supported: `BackendTLSPolicy GatewayPort8080 HTTPRoute303RedirectStatusCode HTTPRoute307RedirectStatusCode HTTPRoute308RedirectStatusCode
    HTTPRouteBackendProtocolH2C HTTPRouteBackendProtocolWebSocket HTTPRouteBackendRequestHeaderModification
    HTTPRouteDestinationPortMatching HTTPRouteHostRewrite HTTPRouteMethodMatching HTTPRouteNamedRouteRule HTTPRouteParentRefPort
    HTTPRoutePathRedirect HTTPRoutePathRewrite HTTPRoutePortRedirect HTTPRouteQueryParamMatching
    HTTPRouteResponseHeaderModification HTTPRouteSchemeRedirect TLSRouteModeMixed TLSRouteModeTerminate`,
    unsupported: `BackendTLSPolicySANValidation GatewayAddressEmpty GatewayBackendClientCertificate GatewayFrontendClientCertificateValidation
    GatewayFrontendClientCertificateValidationInsecureFallback GatewayHTTPListenerIsolation
    GatewayHTTPSListenerDetectMisdirectedRequests GatewayInfrastructurePropagation GatewayStaticAddresses HTTPRouteBackendTimeout
    HTTPRouteCORS HTTPRouteRequestMirror HTTPRouteRequestMultipleMirrors HTTPRouteRequestPercentageMirror HTTPRouteRequestTimeout
    HTTPRouteRetry HTTPRouteRetryBackendTimeout HTTPRouteRetryConnectionError ListenerSet`,
  },
  {
    file: 'v1.6/nginx-nginx-gateway-fabric/experimental-2.7.0-pre-release-default-report.yaml',
    gatewayApi: 'v1.6.1',
    project: 'nginx-gateway-fabric',
    version: 'v2.7.0-pre-release',
    profiles: 'GATEWAY-GRPC GATEWAY-HTTP GATEWAY-TCP GATEWAY-TLS GATEWAY-UDP',
    supported: `BackendTLSPolicy GatewayAddressEmpty GatewayBackendClientCertificate GatewayFrontendClientCertificateValidation
    GatewayFrontendClientCertificateValidationInsecureFallback GatewayHTTPListenerIsolation
    GatewayHTTPSListenerDetectMisdirectedRequests GatewayInfrastructurePropagation GatewayPort8080 GatewayStaticAddresses
    HTTPRoute303RedirectStatusCode HTTPRoute307RedirectStatusCode HTTPRoute308RedirectStatusCode HTTPRouteBackendProtocolH2C
    HTTPRouteBackendProtocolWebSocket HTTPRouteCORS HTTPRouteDestinationPortMatching HTTPRouteHostRewrite HTTPRouteMethodMatching
    HTTPRouteParentRefPort HTTPRoutePathRedirect HTTPRoutePathRewrite HTTPRoutePortRedirect HTTPRouteQueryParamMatching
    HTTPRouteRequestMirror HTTPRouteRequestMultipleMirrors HTTPRouteRequestPercentageMirror HTTPRouteResponseHeaderModification
    HTTPRouteSchemeRedirect ListenerSet TCPRoute TLSRouteModeMixed TLSRouteModeTerminate UDPRoute`,
    unsupported: `BackendTLSPolicySANValidation HTTPRouteBackendRequestHeaderModification HTTPRouteBackendTimeout HTTPRouteNamedRouteRule
    HTTPRouteRequestTimeout HTTPRouteRetry HTTPRouteRetryBackendTimeout HTTPRouteRetryConnectionError`,
  },
  {
    file: 'v1.6/gke-gateway/v1.6.0-gke-report.yaml',
    gatewayApi: 'v1.6.0',
    project: 'gke-gateway',
    version: '1.36.2-gke.2154000',
    profiles: 'GATEWAY-HTTP',
    supported: `BackendTLSPolicy BackendTLSPolicySANValidation GatewayBackendClientCertificate GatewayFrontendClientCertificateValidation
    GatewayPort8080 HTTPRouteHostRewrite HTTPRoutePathRedirect HTTPRouteQueryParamMatching HTTPRouteRequestMirror
    HTTPRouteRequestPercentageMirror HTTPRouteResponseHeaderModification HTTPRouteSchemeRedirect`,
    unsupported: `GatewayAddressEmpty GatewayFrontendClientCertificateValidationInsecureFallback GatewayHTTPListenerIsolation
    GatewayHTTPSListenerDetectMisdirectedRequests GatewayInfrastructurePropagation GatewayStaticAddresses
    HTTPRoute303RedirectStatusCode HTTPRoute307RedirectStatusCode HTTPRoute308RedirectStatusCode HTTPRouteBackendProtocolH2C
    HTTPRouteBackendProtocolWebSocket HTTPRouteBackendRequestHeaderModification HTTPRouteBackendRequestRedirect
    HTTPRouteBackendTimeout HTTPRouteBackendURLRewrite HTTPRouteCORS HTTPRouteDestinationPortMatching HTTPRouteMethodMatching
    HTTPRouteNamedRouteRule HTTPRouteParentRefPort HTTPRoutePathRewrite HTTPRoutePortRedirect HTTPRouteRequestMultipleMirrors
    HTTPRouteRequestTimeout HTTPRouteRetry HTTPRouteRetryBackendTimeout HTTPRouteRetryConnectionError ListenerSet`,
  },
  {
    file: 'v1.6/aws-load-balancer-controller/conformance-report.yaml',
    gatewayApi: 'v1.6.1',
    project: 'aws-load-balancer-controller',
    version: 'v3.5.0',
    profiles: 'GATEWAY-HTTP',
    supported: `HTTPRouteDestinationPortMatching HTTPRouteMethodMatching HTTPRouteParentRefPort HTTPRoutePortRedirect ListenerSet`,
    unsupported: `BackendTLSPolicy BackendTLSPolicySANValidation GatewayAddressEmpty GatewayBackendClientCertificate
    GatewayFrontendClientCertificateValidation GatewayFrontendClientCertificateValidationInsecureFallback
    GatewayHTTPListenerIsolation GatewayHTTPSListenerDetectMisdirectedRequests GatewayInfrastructurePropagation GatewayPort8080
    GatewayStaticAddresses HTTPRoute303RedirectStatusCode HTTPRoute307RedirectStatusCode HTTPRoute308RedirectStatusCode
    HTTPRouteBackendProtocolH2C HTTPRouteBackendProtocolWebSocket HTTPRouteBackendRequestHeaderModification
    HTTPRouteBackendRequestRedirect HTTPRouteBackendTimeout HTTPRouteBackendURLRewrite HTTPRouteCORS HTTPRouteHostRewrite
    HTTPRouteNamedRouteRule HTTPRoutePathRedirect HTTPRoutePathRewrite HTTPRouteQueryParamMatching HTTPRouteRequestMirror
    HTTPRouteRequestMultipleMirrors HTTPRouteRequestPercentageMirror HTTPRouteRequestTimeout HTTPRouteResponseHeaderModification
    HTTPRouteRetry HTTPRouteRetryBackendTimeout HTTPRouteRetryConnectionError HTTPRouteSchemeRedirect`,
  },
];
