import { lacking } from '../lacking/lacking.ts';

const HUB = 'Traefik Hub has a middleware for it. Or put an authenticating proxy behind forwardAuth.';
const STATIC = 'The static configuration (Helm values) of Traefik has it for the whole proxy.';

/** What Traefik with Gateway API has nothing for. */
export const absentIntent = lacking('traefik', {
  oidc: { why: 'the open-source Traefik has no OpenID Connect login', nearest: HUB },
  jwt: { why: 'the open-source Traefik does not validate tokens', nearest: HUB },
  satisfyAny: {
    why: 'Traefik asks its middlewares one after the other, so that all of them will have to hold',
    nearest: 'A check with both conditions has to be made by your own authentication service behind forwardAuth.',
  },
  waf: {
    why: 'the open-source Traefik has no web application firewall',
    nearest: 'A plugin (Coraza) can be named in a Middleware once it is in the static configuration.',
  },
  iap: { why: 'it belongs to one cloud', nearest: 'Put an authenticating proxy behind forwardAuth.' },
  cloudArmor: {
    why: 'it belongs to one cloud',
    nearest: 'Put a firewall in front of Traefik, or write its address rules as an allow list.',
  },
  rawAccessControl: {
    why: 'no target takes over configuration of another proxy',
    nearest: 'State what it protects by settings of their own (an allow list, authentication), or move the check to the backend.',
  },
  bandwidthLimit: { why: 'Traefik does not slow responses down', nearest: 'Let the backend, or a proxy before it, do so.' },
  healthCheck: {
    why: 'Traefik goes by the readiness of pods for Services of the cluster',
    nearest: "See to it that the pods' readiness probes check the same.",
  },
  fallbackBackend: {
    why: 'failover of a TraefikService needs health checks, which Services of the cluster do not get',
    nearest: 'Clients get 503 instead. Where it matters, let the first backend answer.',
  },
  accessLog: { why: 'it is a setting of the entry points, not of a route', nearest: STATIC },
  tracing: { why: 'it is a setting of the entry points, not of a route', nearest: STATIC },
  tlsPolicy: {
    why: 'with Gateway API only the default TLSOption holds, for every host of the proxy',
    nearest: 'Where all hosts may have it, create the only TLSOption named default with minVersion and cipherSuites (names of Go).',
    byHand: true,
  },
  httpVersions: {
    why: 'it is a setting of the entry points',
    nearest: 'Set entryPoints.<name>.http2 and http3 in the static configuration.',
  },
});
