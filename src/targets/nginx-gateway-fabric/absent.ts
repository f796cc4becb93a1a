import { lacking } from '../lacking/lacking.ts';

const SNIPPETS =
  'A SnippetsFilter can hold the directives of nginx, where the controller runs with --snippets: write and check it yourself.';
const RANGES =
  'loadBalancerSourceRanges of the NginxProxy (spec.kubernetes.service) admits addresses for the whole Gateway, at the load balancer. For one route: a SnippetsFilter with allow and deny, where the controller runs with --snippets.';
const PLUS = 'With NGINX Plus an AuthenticationFilter has it. Or put an authenticating proxy in front of the backend.';

/** What the open-source data plane of NGINX Gateway Fabric has nothing for, but raw configuration. */
export const absentIntent = lacking('nginx-gateway-fabric', {
  allowList: { why: 'NGINX Gateway Fabric has no lists of addresses for a route', nearest: RANGES },
  denyList: { why: 'NGINX Gateway Fabric has no lists of addresses for a route', nearest: RANGES },
  externalAuth: {
    why: 'NGINX Gateway Fabric 2.6 has no external authentication, and the filter of 2.7 asks for the path of the request instead of one address',
    nearest:
      'From 2.7 on, with the experimental channel: if the server checks every path, add the ExternalAuth filter to the rule yourself. Else a SnippetsFilter with auth_request, where the controller runs with --snippets.',
  },
  oidc: { why: 'the open-source NGINX has no OpenID Connect login', nearest: PLUS },
  jwt: { why: 'the open-source NGINX does not validate tokens', nearest: PLUS },
  satisfyAny: {
    why: 'NGINX Gateway Fabric has no address lists that could be an alternative to passwords',
    nearest: SNIPPETS,
  },
  waf: {
    why: 'a web application firewall comes with F5 WAF for NGINX alone',
    nearest: 'With NGINX Plus and its WAF a WAFPolicy names policies of its own; rules of ModSecurity cannot be taken over.',
  },
  iap: { why: 'it belongs to one cloud', nearest: PLUS },
  cloudArmor: { why: 'it belongs to one cloud', nearest: 'Put a firewall in front of the Gateway.' },
  rawAccessControl: {
    why: 'no target takes over configuration of another proxy unseen',
    nearest: `State what it protects by settings of their own. ${SNIPPETS}`,
  },
  connectionLimit: {
    why: 'NGINX Gateway Fabric counts requests, not connections',
    nearest: `A RateLimitPolicy limits requests. ${SNIPPETS}`,
  },
  bandwidthLimit: { why: 'NGINX Gateway Fabric has no policy for it', nearest: SNIPPETS },
  serviceUpstream: {
    why: 'NGINX sends requests to the endpoints; the address of the Service comes with version 2.7',
    nearest: 'From then on: useClusterIP of an UpstreamSettingsPolicy.',
  },
  healthCheck: {
    why: 'the open-source NGINX checks no health and goes by the readiness of pods',
    nearest: "See to it that the pods' readiness probes check the same.",
  },
  fallbackBackend: { why: 'a rule has no fallback', nearest: 'Clients get 503 instead. Where it matters, let the first backend answer.' },
  customErrors: { why: 'NGINX Gateway Fabric has no error pages', nearest: `Let the backend answer with its own pages. ${SNIPPETS}` },
});
