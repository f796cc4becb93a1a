import { lacking } from '../lacking/lacking.ts';

const NOTHING = 'Cilium has no policies for routes beside the fields of Gateway API';
const ELSEWHERE = 'Let the backend do it, or choose an implementation that has a policy for it.';
const PROXY = 'Put an authenticating proxy in front of the backend, or choose an implementation that has a policy for it.';
const ADDRESSES =
  'A CiliumClusterwideNetworkPolicy for endpoints with the label reserved:ingress (spec.ingress[].fromCIDRSet) holds for every Gateway and Ingress of the cluster; loadBalancerSourceRanges of a CiliumGatewayClassConfig for every Gateway of its class. Where one of them fits, write it, then the route by hand.';

/** What routes of Gateway API cannot say is mostly not there. */
export const absentIntent = lacking('cilium', {
  basicAuth: { why: NOTHING, nearest: PROXY },
  externalAuth: {
    why: 'the ExternalAuth filter asks for the path of the request instead of one address, and Cilium 1.20 lets requests pass where the reference of the filter is not granted',
    nearest:
      'With the experimental channel and a version that refuses in that case: if the server checks every path, add the ExternalAuth filter to the rule yourself. Only status 200 lets a request pass.',
  },
  oidc: { why: NOTHING, nearest: PROXY },
  jwt: { why: NOTHING, nearest: PROXY },
  clientCertificate: {
    why: 'Cilium does not ask clients for certificates',
    nearest: 'Let the backend terminate TLS itself (TLSRoute with passthrough), or choose an implementation that asks for them.',
  },
  allowList: { why: 'Cilium admits addresses to the Gateways of a whole cluster or class, not to a route', nearest: ADDRESSES },
  denyList: { why: 'Cilium refuses addresses for the Gateways of a whole cluster or class, not for a route', nearest: ADDRESSES },
  satisfyAny: { why: NOTHING, nearest: PROXY },
  waf: { why: NOTHING, nearest: 'Put a firewall in front of the Gateway or a filtering proxy in front of the backend.' },
  iap: { why: 'it belongs to one cloud', nearest: PROXY },
  cloudArmor: { why: 'it belongs to one cloud', nearest: 'Put a firewall in front of the Gateway.' },
  rawAccessControl: {
    why: 'no target takes over configuration of another proxy unseen',
    nearest:
      'Move the check to the backend, or state what it protects by settings of their own and choose an implementation that has a policy for them.',
  },
  rateLimit: { why: NOTHING, nearest: ELSEWHERE },
  connectionLimit: { why: NOTHING, nearest: ELSEWHERE },
  bandwidthLimit: { why: NOTHING, nearest: 'An annotation of the pods (kubernetes.io/egress-bandwidth) limits what they send in all.' },
  connectTimeout: { why: NOTHING, nearest: 'timeouts.request of the rule bounds the whole request.' },
  idleTimeout: {
    why: 'portable timeouts bound a whole request, not its pauses',
    nearest: 'timeouts.request of the rule bounds the whole. Without it Cilium has no limit.',
  },
  sessionAffinity: {
    why: 'Cilium keeps nobody on one endpoint before version 1.21',
    nearest:
      'From then on, with the experimental channel: sessionPersistence by a session cookie of its own. Until then let the endpoints share their sessions.',
  },
  loadBalancing: { why: NOTHING, nearest: 'A setting of the agents chooses for the whole cluster.' },
  hashing: { why: NOTHING, nearest: ELSEWHERE },
  serviceUpstream: {
    why: 'Cilium sends requests to the endpoints',
    nearest: 'Network policies of Cilium know the endpoints by their labels.',
  },
  healthCheck: {
    why: 'Cilium goes by the readiness of pods',
    nearest: "See to it that the pods' readiness probes check the same.",
  },
  fallbackBackend: { why: 'a rule has no fallback', nearest: 'Clients get 503 instead. Where it matters, let the first backend answer.' },
  customErrors: { why: NOTHING, nearest: 'Let the backend answer with its own pages.' },
  accessLog: { why: 'requests are seen by Hubble, for the whole cluster', nearest: 'hubble observe shows them, where it is switched on.' },
  tracing: { why: NOTHING, nearest: 'Let the backends trace.' },
  tlsPolicy: { why: 'the listeners of Cilium have no such options', nearest: 'Check that the defaults of its Envoy will do.' },
  httpVersions: {
    why: 'it is a setting of the whole installation',
    nearest: 'gatewayAPI.enableAlpn of the Helm chart switches HTTP/2 on.',
  },
});
