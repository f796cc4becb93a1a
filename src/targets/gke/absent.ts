import type { CommonKind } from '../../intent/intent.ts';
import type { Lack } from '../lacking/lacking.ts';

const LOGIN =
  'Identity-Aware Proxy asks for a login with Google identities, or with others through Identity Platform: iap.enabled in a GCPBackendPolicy of the Service. Or put an authenticating proxy in front of the backend. Then write the route by hand.';
const BACKEND = 'Let the backend do it.';
const ARMOR =
  'A Cloud Armor policy does it, whose rules live outside the cluster: gcloud compute security-policies create NAME, then its rules, then securityPolicy: NAME in a GCPBackendPolicy of the Service.';

/** What GKE Gateway has nothing for on routes, with what Google Cloud has instead. */
export const LACKS: Partial<Readonly<Record<CommonKind, Lack>>> = {
  basicAuth: { why: 'GKE Gateway asks for no passwords', nearest: LOGIN },
  externalAuth: { why: 'GKE Gateway asks no other server whether a request may pass', nearest: LOGIN },
  oidc: { why: 'GKE Gateway has no login but that of Identity-Aware Proxy', nearest: LOGIN },
  jwt: { why: 'GKE Gateway verifies no tokens', nearest: LOGIN },
  waf: {
    why: 'rules of another firewall are not taken over',
    nearest: `${ARMOR} Its preconfigured rules come from the OWASP core rule set.`,
  },
  clientCertificate: {
    why: 'GKE Gateway takes no certificate of an authority that it does not know',
    nearest: 'Verify against a known authority, or let the backend terminate TLS itself behind another load balancer.',
  },
  rawAccessControl: {
    why: 'no target takes over configuration of another proxy unseen',
    nearest: `State what it protects by settings of their own. ${ARMOR}`,
  },
  buffering: { why: 'the load balancer decides by itself what it holds back', nearest: BACKEND },
  serviceUpstream: {
    why: 'the load balancer sends requests to the Pods, not to the address of their Service',
    nearest: 'It matters where a service mesh or NetworkPolicies expect that address: let them admit the load balancer.',
  },
  rateLimit: {
    why: 'GKE Gateway counts no requests',
    nearest: `${ARMOR} A rule of action throttle or rate-based-ban counts by client: gcloud compute security-policies rules create 1000 --security-policy=NAME --src-ip-ranges="*" --action=throttle --rate-limit-threshold-count=COUNT --rate-limit-threshold-interval-sec=60 --conform-action=allow --exceed-action=deny-429 --enforce-on-key=IP.`,
  },
  connectionLimit: { why: 'GKE Gateway limits no connections', nearest: BACKEND },
  bandwidthLimit: { why: 'GKE Gateway limits no bandwidth', nearest: BACKEND },
  bodySize: { why: 'GKE Gateway takes bodies of any size', nearest: BACKEND },
  connectTimeout: {
    why: 'the load balancer has a limit of its own for connecting',
    nearest: 'timeoutSec of a GCPBackendPolicy bounds the whole request.',
  },
  idleTimeout: {
    why: 'the load balancer bounds whole requests, not their pauses',
    nearest: 'Set timeoutSec of a GCPBackendPolicy of the Service to what the longest request takes: without it a request ends after 30 s.',
  },
  retry: {
    why: 'GKE Gateway refuses a route with retries; the load balancer repeats by itself what did not reach a Pod',
    nearest: BACKEND,
  },
  hashing: {
    why: 'GKE Gateway hashes over the client address or a cookie alone',
    nearest: 'sessionAffinity of a GCPBackendPolicy keeps clients on one Pod.',
  },
  fallbackBackend: { why: 'a route has no second backend for when the first is down', nearest: 'Let the first backend answer.' },
  customErrors: { why: 'routes have no pages for errors', nearest: BACKEND },
  compression: { why: 'the load balancer compresses with Cloud CDN alone', nearest: BACKEND },
  tracing: { why: 'the load balancer adds X-Cloud-Trace-Context, and more cannot be set', nearest: BACKEND },
  tlsPolicy: {
    why: 'TLS versions and ciphers are those of an SSL policy, which lives outside the cluster',
    nearest:
      'gcloud compute ssl-policies create NAME --profile=MODERN --min-tls-version=1.2 --global, then sslPolicy: NAME in a GCPGatewayPolicy of the Gateway.',
  },
  httpVersions: {
    why: 'the load balancer decides which versions of HTTP it offers',
    nearest: 'Check that HTTP/2, and HTTP/3 where clients ask for it, will do.',
  },
};
