import type { IntentKind } from '../../intent/intent.ts';

/** Implementations that have something of their own for what the portable API lacks. Not raw proxy configuration. */
const POLICIES = {
  basicAuth: [
    'Envoy Gateway (SecurityPolicy)',
    'NGINX Gateway Fabric (AuthenticationFilter)',
    'Traefik (Middleware basicAuth)',
    'kgateway (TrafficPolicy)',
  ],
  externalAuth: [
    'Envoy Gateway (SecurityPolicy extAuth)',
    'Traefik (Middleware forwardAuth)',
    'kgateway (TrafficPolicy with a GatewayExtension)',
  ],
  oidc: [
    'Envoy Gateway (SecurityPolicy)',
    'kgateway (TrafficPolicy with a GatewayExtension)',
    'NGINX Gateway Fabric with NGINX Plus (AuthenticationFilter)',
  ],
  jwt: ['Envoy Gateway (SecurityPolicy)', 'kgateway (TrafficPolicy with a GatewayExtension)', 'Istio (RequestAuthentication)'],
  clientCertificate: ['Envoy Gateway (ClientTrafficPolicy)'],
  allowList: [
    'Envoy Gateway (SecurityPolicy authorization)',
    'Traefik (Middleware ipAllowList)',
    'kgateway (TrafficPolicy acl)',
    'Istio (AuthorizationPolicy)',
  ],
  denyList: ['Envoy Gateway (SecurityPolicy authorization)', 'kgateway (TrafficPolicy acl)', 'Istio (AuthorizationPolicy)'],
  waf: ['NGINX Gateway Fabric with NGINX Plus (WAFPolicy)'],
  iap: ['GKE (GCPBackendPolicy)'],
  cloudArmor: ['GKE (GCPBackendPolicy)'],
  rateLimit: [
    'NGINX Gateway Fabric (RateLimitPolicy)',
    'Envoy Gateway (BackendTrafficPolicy)',
    'Traefik (Middleware rateLimit)',
    'kgateway (TrafficPolicy)',
  ],
  connectionLimit: ['Traefik (Middleware inFlightReq)', 'Envoy Gateway (ClientTrafficPolicy, for all clients together)'],
  bandwidthLimit: ['Envoy Gateway (BackendTrafficPolicy)'],
  bodySize: [
    'NGINX Gateway Fabric (ClientSettingsPolicy)',
    'Traefik (Middleware buffering)',
    'Envoy Gateway (BackendTrafficPolicy)',
    'kgateway (TrafficPolicy)',
  ],
  connectTimeout: [
    'NGINX Gateway Fabric (ProxySettingsPolicy)',
    'Envoy Gateway (BackendTrafficPolicy)',
    'kgateway (BackendConfigPolicy)',
    'Istio (DestinationRule)',
  ],
  idleTimeout: [
    'NGINX Gateway Fabric (ProxySettingsPolicy, the same meaning)',
    'Envoy Gateway (BackendTrafficPolicy)',
    'kgateway (TrafficPolicy)',
  ],
  retry: ['Envoy Gateway (BackendTrafficPolicy)', 'Traefik (Middleware retry)', 'kgateway (TrafficPolicy)'],
  sessionAffinity: [
    'Traefik (TraefikService)',
    'Envoy Gateway (BackendTrafficPolicy)',
    'Istio (DestinationRule)',
    'kgateway (BackendConfigPolicy)',
  ],
  loadBalancing: [
    'NGINX Gateway Fabric (UpstreamSettingsPolicy)',
    'Envoy Gateway (BackendTrafficPolicy)',
    'Istio (DestinationRule)',
    'kgateway (BackendConfigPolicy)',
  ],
  hashing: [
    'NGINX Gateway Fabric (UpstreamSettingsPolicy)',
    'Envoy Gateway (BackendTrafficPolicy)',
    'Istio (DestinationRule)',
    'kgateway (BackendConfigPolicy)',
  ],
  serviceUpstream: [
    'NGINX Gateway Fabric (UpstreamSettingsPolicy)',
    'Envoy Gateway (EnvoyProxy)',
    'Traefik (an annotation of the Service)',
  ],
  healthCheck: [
    'Envoy Gateway (BackendTrafficPolicy)',
    'kgateway (BackendConfigPolicy)',
    'GKE (HealthCheckPolicy)',
    'AWS (TargetGroupConfiguration)',
  ],
  customErrors: ['Envoy Gateway (BackendTrafficPolicy)', 'Traefik (Middleware errors)'],
  buffering: ['NGINX Gateway Fabric (ProxySettingsPolicy)', 'Traefik (Middleware buffering)'],
  compression: [
    'Traefik (Middleware compress)',
    'Envoy Gateway (BackendTrafficPolicy)',
    'kgateway (TrafficPolicy)',
    'NGINX Gateway Fabric (NginxProxy)',
  ],
  accessLog: ['Envoy Gateway (EnvoyProxy)', 'NGINX Gateway Fabric (NginxProxy)', 'Istio (Telemetry)', 'kgateway (ListenerPolicy)'],
  tracing: ['NGINX Gateway Fabric (ObservabilityPolicy)', 'Envoy Gateway (EnvoyProxy)', 'Istio (Telemetry)', 'kgateway (ListenerPolicy)'],
  tlsPolicy: ['Envoy Gateway (ClientTrafficPolicy)', 'NGINX Gateway Fabric, Istio and kgateway (tls.options of the listener)'],
  httpVersions: ['Envoy Gateway (ClientTrafficPolicy)', 'NGINX Gateway Fabric (NginxProxy)', 'kgateway (ListenerPolicy)'],
  unverifiedTls: ['Envoy Gateway (Backend)', 'kgateway (BackendConfigPolicy)', 'Istio (DestinationRule)', 'Traefik (ServersTransport)'],
} as const satisfies Partial<Record<IntentKind | 'unverifiedTls', readonly string[]>>;

/** "A, B and C have a policy for it." */
export function alternatives(kind: keyof typeof POLICIES): string {
  const names: readonly string[] = POLICIES[kind];
  const last = names.at(-1) ?? '';
  const all = names.length === 1 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
  return `${all} ${names.length === 1 ? 'has' : 'have'} a setting of ${names.length === 1 ? 'its' : 'their'} own for it.`;
}
