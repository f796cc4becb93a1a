import { lacking } from '../lacking/lacking.ts';

const RAW = 'Only an EnvoyFilter could say so, which is configuration of Envoy itself: write and check it yourself.';
const AUTH =
  'An authentication service of your own can be asked: an AuthorizationPolicy with action CUSTOM and a provider in the MeshConfig.';
const TELEMETRY = 'A Telemetry object of the Gateway has it for all its routes.';

/** What Istio with routes of Gateway API has nothing for, but raw configuration of Envoy. */
export const absentIntent = lacking('istio', {
  basicAuth: { why: 'Istio has no passwords', nearest: AUTH },
  externalAuth: {
    why: 'the services that may be asked stand in the MeshConfig, and are asked for the path of the request behind a prefix instead of one address',
    nearest:
      'If the server checks every path, let the mesh administrator add an extensionProvider to the MeshConfig ({name: auth, envoyExtAuthzHttp: {service: auth.NAMESPACE.svc.cluster.local, port: 80, pathPrefix: /verify, includeRequestHeadersInCheck: [authorization, cookie], headersToUpstreamOnAllow: [x-user]}}), then write an AuthorizationPolicy with action CUSTOM and provider.name auth for the hosts and paths. Only status 200 lets a request pass.',
  },
  oidc: { why: 'Istio checks tokens and signs nobody in', nearest: AUTH },
  jwt: {
    why: 'a RequestAuthentication holds for a whole Gateway, where it would refuse the tokens of other hosts',
    nearest:
      'Where all hosts of the Gateway take tokens of this issuer: a RequestAuthentication for the Gateway (jwtRules: issuer, jwksUri), and an AuthorizationPolicy with action DENY for from.source.notRequestPrincipals ["*"] and the hosts and paths.',
    byHand: true,
  },
  satisfyAny: { why: 'policies of Istio have to hold all together', nearest: AUTH },
  waf: {
    why: 'Istio has no web application firewall',
    nearest: 'A WasmPlugin (Coraza) can be added to the Gateway: choose and check it yourself.',
  },
  iap: { why: 'it belongs to one cloud', nearest: AUTH },
  cloudArmor: { why: 'it belongs to one cloud', nearest: 'Put a firewall in front of the Gateway, or write its address rules as lists.' },
  rawAccessControl: {
    why: 'no target takes over configuration of another proxy unseen',
    nearest: 'State what it protects by settings of their own (an address list), or move the check to the backend.',
  },
  rateLimit: { why: 'Istio has no rate limits of its own API', nearest: RAW },
  connectionLimit: {
    why: 'Istio limits connections to the backend, not of a client',
    nearest: 'connectionPool of a DestinationRule bounds what all clients together may open.',
  },
  bandwidthLimit: { why: 'Istio does not slow responses down', nearest: RAW },
  idleTimeout: {
    why: 'Istio bounds a whole request, or a connection without one, but not the silence within a request',
    nearest: 'timeouts.request of the rule bounds the whole. Without it there is no limit.',
  },
  serviceUpstream: {
    why: 'Istio sends requests to the endpoints',
    nearest: 'loadBalancer.simple PASSTHROUGH of a DestinationRule does not help: a Gateway has no address to pass on.',
  },
  healthCheck: {
    why: 'Istio goes by the readiness of pods',
    nearest: "See to it that the pods' readiness probes check the same; outlierDetection of a DestinationRule looks at real responses.",
  },
  fallbackBackend: { why: 'a rule has no fallback', nearest: 'Clients get 503 instead. Where it matters, let the first backend answer.' },
  customErrors: { why: 'Istio has no error pages', nearest: `Let the backend answer with its own pages. ${RAW}` },
  accessLog: { why: 'it is a setting of a whole Gateway', nearest: TELEMETRY },
  tracing: { why: 'it is a setting of a whole Gateway', nearest: TELEMETRY },
  httpVersions: { why: 'Istio offers what its Envoy does', nearest: RAW },
});
