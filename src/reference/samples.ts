import type { IntentKind } from '../intent/intent.ts';
import { AWS_SAMPLES } from './aws-samples.ts';
import { GKE_SAMPLES } from './gke-samples.ts';
import type { Sample } from './sample.ts';

const secret = { namespace: 'default', name: 'name' } as const;

/**
 * What each kind of intent is asked about when a target is asked what becomes of it: one that is typical, and others where the answer
 * depends on the value. A new kind does not compile until it has one.
 */
export const SAMPLES: { readonly [K in IntentKind]: readonly Sample<K>[] } = {
  ...AWS_SAMPLES,
  gke: GKE_SAMPLES,
  basicAuth: [{ kind: 'basicAuth', secret, form: 'htpasswd-file', scheme: 'basic', realm: '' }],
  externalAuth: [
    {
      kind: 'externalAuth',
      url: 'http://auth.default.svc.cluster.local/check',
      method: null,
      signInUrl: null,
      signInReturnParam: 'rd',
      responseHeaders: [],
      requestHeaders: [],
      cache: null,
    },
  ],
  oidc: [{ kind: 'oidc', issuer: 'https://id.example.com', secret, parameters: {} }],
  jwt: [{ kind: 'jwt', issuer: 'https://id.example.com', jwksUri: 'https://id.example.com/keys', parameters: {} }],
  clientCertificate: [
    { kind: 'clientCertificate', secret, verify: 'required', depth: 1, errorPage: null, passToBackend: false, matchCommonName: null },
  ],
  allowList: [{ kind: 'allowList', ranges: ['10.0.0.0/8'] }],
  denyList: [{ kind: 'denyList', ranges: ['10.0.0.0/8'] }],
  satisfyAny: [{ kind: 'satisfyAny' }],
  waf: [{ kind: 'waf', engine: 'ModSecurity', mode: 'blocking', rules: '' }],
  iap: [{ kind: 'iap', secret, clientId: null, inline: false }],
  cloudArmor: [{ kind: 'cloudArmor', policy: 'name' }],
  rawAccessControl: [{ kind: 'rawAccessControl', language: 'nginx', restricts: 'deny all' }],
  rateLimit: [
    { kind: 'rateLimit', requests: 10, per: 'second', burst: 5, exempt: [], status: 429, key: 'client-address', scope: 'per-replica' },
  ],
  connectionLimit: [{ kind: 'connectionLimit', perClient: 10, status: 503 }],
  bandwidthLimit: [{ kind: 'bandwidthLimit', bytesPerSecond: 1024, after: 0 }],
  bodySize: [{ kind: 'bodySize', bytes: 8 * 1024 ** 2 }],
  connectTimeout: [{ kind: 'connectTimeout', ms: 5000 }],
  idleTimeout: [{ kind: 'idleTimeout', direction: 'read', ms: 120_000 }],
  requestTimeout: [{ kind: 'requestTimeout', ms: 30_000 }],
  retry: [{ kind: 'retry', on: ['error', 'http_502'], tries: 3, totalMs: 0 }],
  sessionAffinity: [
    {
      kind: 'sessionAffinity',
      by: 'cookie',
      cookie: {
        name: 'route',
        maxAgeSeconds: null,
        path: null,
        domain: null,
        sameSite: null,
        conditionalSameSiteNone: false,
        secure: null,
        partitioned: false,
        changeOnFailure: false,
      },
      mode: 'balanced',
      canary: 'sticky',
    },
  ],
  loadBalancing: [{ kind: 'loadBalancing', algorithm: 'least-request' }],
  hashing: [{ kind: 'hashing', key: '$request_uri', subsetSize: null }],
  backendProtocol: [
    { kind: 'backendProtocol', protocol: 'HTTPS' },
    { kind: 'backendProtocol', protocol: 'GRPC' },
  ],
  backendTls: [{ kind: 'backendTls', verify: true, secret, serverName: null, sni: true, protocols: null, ciphers: null }],
  serviceUpstream: [{ kind: 'serviceUpstream' }],
  healthCheck: [{ kind: 'healthCheck', parameters: { path: '/healthz' } }],
  fallbackBackend: [{ kind: 'fallbackBackend', service: 'default/errors', onlyWhenNoEndpoint: true }],
  cors: [
    {
      kind: 'cors',
      origins: ['https://www.example.com'],
      methods: ['GET'],
      headers: ['Authorization'],
      exposeHeaders: [],
      credentials: true,
      maxAgeSeconds: 600,
    },
  ],
  requestHeaders: [{ kind: 'requestHeaders', set: [{ name: 'X-Name', value: 'value' }], add: [], remove: [] }],
  responseHeaders: [{ kind: 'responseHeaders', set: [{ name: 'X-Name', value: 'value' }], add: [], remove: [] }],
  upstreamHost: [{ kind: 'upstreamHost', host: 'www.example.com' }],
  mirror: [
    {
      kind: 'mirror',
      url: 'http://copy.default.svc.cluster.local',
      service: { namespace: 'default', name: 'copy', port: 80 },
      host: null,
      requestBody: true,
    },
  ],
  customErrors: [{ kind: 'customErrors', statuses: [503], service: 'default/errors' }],
  hsts: [{ kind: 'hsts', maxAgeSeconds: 31_536_000, includeSubDomains: true, preload: false }],
  buffering: [{ kind: 'buffering', request: null, response: true, parameters: {} }],
  compression: [{ kind: 'compression', enabled: true }],
  accessLog: [{ kind: 'accessLog', enabled: false }],
  tracing: [{ kind: 'tracing', enabled: true, parameters: {} }],
  tlsPolicy: [{ kind: 'tlsPolicy', minVersion: null, ciphers: 'HIGH:!aNULL', preferServerCiphers: true }],
  httpVersions: [{ kind: 'httpVersions', http2: false, http3: null }],
};
