import fc from 'fast-check';
import type { IntentKind } from '../../../src/intent/intent.ts';
import { AWS_INTENTS } from './aws-intents.ts';
import type { Statement } from './lowering.ts';

const text = fc.oneof(fc.string({ maxLength: 20 }), fc.constantFrom('', 'a', '$host', 'X-A', 'Host', 'a.test', '*', 'http://a.test'));
const texts = fc.array(text, { maxLength: 20 });
const secret = fc.option(fc.record({ namespace: fc.constantFrom('shop', 'other'), name: fc.constantFrom('s', 't') }), { nil: null });
const number = fc.oneof(fc.nat(), fc.constantFrom(0, 1, 999, 60_000, 90_000, 99_999_000, 100_000_000_500));
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
const headers = fc.array(fc.record({ name: text, value: text }), { maxLength: 20 });
const parameters = fc.constant({});
const cookie = fc.record({
  name: fc.string({ minLength: 1, maxLength: 200 }),
  maxAgeSeconds: maybe(fc.integer()),
  path: maybe(text),
  domain: maybe(text),
  sameSite: maybe(text),
  conditionalSameSiteNone: fc.boolean(),
  secure: maybe(fc.boolean()),
  partitioned: fc.boolean(),
  changeOnFailure: fc.boolean(),
});

/** Any value of each kind of intent. A new kind does not compile until it has one. */
export const INTENTS: { readonly [K in IntentKind]: fc.Arbitrary<Omit<Extract<Statement, { kind: K }>, 'kind'>> } = {
  ...AWS_INTENTS,
  basicAuth: fc.record({
    secret,
    form: fc.constantFrom('htpasswd-file', 'user-per-key'),
    scheme: fc.constantFrom('basic', 'digest'),
    realm: text,
  }),
  externalAuth: fc.record({
    url: fc.oneof(text, fc.constantFrom('http://auth.shop.svc.cluster.local/verify', 'http://auth:8080', 'https://auth.test/$uri')),
    method: maybe(fc.constantFrom('GET', 'POST')),
    signInUrl: maybe(text),
    signInReturnParam: text,
    responseHeaders: texts,
    requestHeaders: headers,
    cache: fc.constant(null),
  }),
  oidc: fc.record({ issuer: text, secret, parameters }),
  jwt: fc.record({ issuer: text, jwksUri: text, parameters }),
  clientCertificate: fc.record({
    secret: fc.constant({ namespace: 'shop', name: 'ca' }),
    verify: fc.constantFrom('required', 'optional', 'optional-any-ca', 'off'),
    depth: fc.nat(),
    errorPage: maybe(text),
    passToBackend: fc.boolean(),
    matchCommonName: maybe(text),
  }),
  allowList: fc.record({ ranges: texts }),
  denyList: fc.record({ ranges: texts }),
  satisfyAny: fc.constant({}),
  waf: fc.record({ engine: text, mode: text, rules: text }),
  iap: fc.record({ secret, clientId: maybe(text), inline: fc.boolean() }),
  cloudArmor: fc.record({ policy: text }),
  rawAccessControl: fc.record({ language: text, restricts: text }),
  rateLimit: fc.record({
    requests: number,
    per: fc.constantFrom('second', 'minute'),
    burst: number,
    exempt: texts,
    status: fc.constant(503),
    key: fc.constant('client-address'),
    scope: fc.constantFrom('per-replica', 'global'),
  }),
  connectionLimit: fc.record({ perClient: number, status: fc.constant(503) }),
  bandwidthLimit: fc.record({ bytesPerSecond: number, after: number }),
  bodySize: fc.record({ bytes: number }),
  connectTimeout: fc.record({ ms: number }),
  idleTimeout: fc.record({ direction: fc.constantFrom('read', 'send'), ms: number }),
  requestTimeout: fc.record({ ms: fc.oneof(number, fc.double(), fc.constant(Number.MAX_SAFE_INTEGER)) }),
  retry: fc.record({
    on: fc.array(fc.constantFrom('error', 'timeout', 'http_502', 'http_404', 'http_399', 'off', 'non_idempotent', 'http_502'), {
      maxLength: 5,
    }),
    tries: fc.nat(5),
    totalMs: number,
  }),
  sessionAffinity: fc.record({
    by: fc.constantFrom('cookie', 'client-address', 'header'),
    cookie: maybe(cookie),
    mode: fc.constantFrom('balanced', 'persistent'),
    canary: fc.constantFrom('sticky', 'legacy'),
  }),
  loadBalancing: fc.record({ algorithm: fc.constantFrom('round-robin', 'ewma', 'least-request', 'random', 'least-connection') }),
  hashing: fc.record({ key: text, subsetSize: maybe(number) }),
  backendProtocol: fc.record({ protocol: fc.constantFrom('HTTP', 'HTTPS', 'GRPC', 'GRPCS', 'HTTP2', 'FCGI', 'AUTO_HTTP') }),
  backendTls: fc.record({
    verify: fc.boolean(),
    secret,
    serverName: maybe(text),
    sni: fc.boolean(),
    protocols: maybe(text),
    ciphers: maybe(text),
  }),
  serviceUpstream: fc.constant({}),
  healthCheck: fc.record({ parameters }),
  fallbackBackend: fc.record({ service: text, onlyWhenNoEndpoint: fc.boolean() }),
  cors: fc.record({
    origins: fc.array(fc.oneof(text, fc.constantFrom('https://A.test', 'https://*.a.test:8443', 'null', 'http://a.test')), {
      maxLength: 70,
    }),
    methods: fc.array(fc.oneof(text, fc.constantFrom('get', 'GET', 'PURGE', 'OPTIONS')), { maxLength: 12 }),
    headers: texts,
    exposeHeaders: texts,
    credentials: fc.boolean(),
    maxAgeSeconds: fc.integer(),
  }),
  requestHeaders: fc.record({ set: headers, add: headers, remove: texts }),
  responseHeaders: fc.record({ set: headers, add: headers, remove: texts }),
  upstreamHost: fc.record({ host: text }),
  mirror: fc.record({
    url: text,
    service: maybe(fc.record({ namespace: fc.constantFrom('shop', 'other'), name: fc.constant('copy'), port: fc.constant(80) })),
    host: maybe(text),
    requestBody: fc.boolean(),
  }),
  customErrors: fc.record({ statuses: fc.array(fc.nat(599)), service: maybe(text) }),
  hsts: fc.record({ maxAgeSeconds: number, includeSubDomains: fc.boolean(), preload: fc.boolean() }),
  buffering: fc.record({ request: maybe(fc.boolean()), response: maybe(fc.boolean()), parameters }),
  compression: fc.record({ enabled: fc.boolean() }),
  accessLog: fc.record({ enabled: fc.boolean() }),
  tracing: fc.record({ enabled: fc.boolean(), parameters }),
  tlsPolicy: fc.record({ minVersion: maybe(text), ciphers: maybe(text), preferServerCiphers: maybe(fc.boolean()) }),
  httpVersions: fc.record({ http2: maybe(fc.boolean()), http3: maybe(fc.boolean()) }),
  gke: fc.oneof(
    fc.record({ feature: fc.constantFrom('containerNative', 'transparentHealthChecker', 'http2OverTls') }),
    fc.record({ feature: fc.constant('connectionDraining'), seconds: number }),
    fc.record({ feature: fc.constant('logging'), enabled: fc.boolean(), sampleRate: number }),
    fc.record({ feature: fc.constant('headerVariables'), direction: fc.constantFrom('request', 'response'), headers }),
    fc.record({ feature: fc.constant('capacity'), maxRatePerEndpoint: maybe(number), scalerPercent: maybe(number) }),
    fc.record({ feature: fc.constant('sslPolicy'), policy: text }),
    fc.record({ feature: fc.constant('staticAddress'), name: text, scope: fc.constantFrom('global', 'regional') }),
    fc.record({
      feature: fc.constant('certificates'),
      certificates: fc.array(fc.record({ source: fc.constant('pre-shared'), name: text }), { maxLength: 2 }),
    }),
    fc.record({ feature: fc.constant('proxySecrets'), namespace: text, secrets: texts, spare: texts }),
    fc.record({ feature: fc.constant('network'), scheme: fc.constantFrom('internal', 'regional-external') }),
  ),
};

export function anyIntent(): fc.Arbitrary<Statement> {
  const kinds = Object.entries(INTENTS).map(([kind, value]) =>
    (value as fc.Arbitrary<object>).map((body) => ({ kind, ...body }) as Statement),
  );
  return fc.oneof(...kinds);
}
