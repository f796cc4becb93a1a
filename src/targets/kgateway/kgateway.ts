import type { AwsIntent, Intent, IntentKind } from '../../intent/intent.ts';
import { isAwsIntent } from '../../intent/neutral.ts';
import type { Lowering, LoweringContext, Target } from '../contract.ts';
import { bodySizeOf } from '../envoy/body-size.ts';
import { bufferingOf } from '../envoy/buffering.ts';
import { ENVOY_DEFAULTS } from '../envoy/defaults.ts';
import { headersOf } from '../envoy/headers.ts';
import { accessLosses } from '../envoy/lost-access.ts';
import { limitLosses } from '../envoy/lost-limits.ts';
import { type Answers, answerBy } from '../lowering.ts';
import { awsIntent } from '../standard/aws.ts';
import { gkeIntent } from '../standard/gke.ts';
import { lower as portable } from '../standard/standard.ts';
import { allowList, denyList } from './address-lists.ts';
import { basicAuth, externalAuth, jwt, oidc } from './authentication.ts';
import { fallbackBackend, healthCheck } from './backend-health.ts';
import { backendProtocol, backendTls } from './backend-protocol.ts';
import * as balancing from './balancing.ts';
import { clientCertificate } from './client-certificate.ts';
import { cors } from './cors.ts';
import { effects } from './effects.ts';
import { KGATEWAY, traffic } from './kinds.ts';
import { httpVersions, tlsPolicy } from './listener.ts';
import * as messages from './messages.ts';
import { rateLimit } from './rate-limit.ts';
import { respond } from './respond.ts';
import { retry } from './retry.ts';
import { rewritePattern } from './rewrite-pattern.ts';
import { connectTimeout, idleTimeout } from './timing.ts';
import { versions } from './versions.ts';

/** kgateway 2.4, which makes its GatewayClass itself. */
export const kgateway: Target = {
  ...KGATEWAY,
  versions,
  gatewayClassName: 'kgateway',
  controllerName: null,
  install: {
    docs: 'https://kgateway.dev/docs/',
    commands: (version) => [
      `helm install kgateway-crds oci://cr.kgateway.dev/kgateway-dev/charts/kgateway-crds --version '~${version}.0' -n kgateway-system --create-namespace`,
      `helm install kgateway oci://cr.kgateway.dev/kgateway-dev/charts/kgateway --version '~${version}.0' -n kgateway-system`,
    ],
    notes: ['It has a chart of CRDs of its own, which is installed first; those of step 1.1 are no part of it.'],
  },
  regexPaths: 'by-age',
  lower,
  // Envoy ends a request after 15 s unless it is told otherwise.
  forward: () => ({ timeouts: { request: '0s' } }),
  defaults: { ...ENVOY_DEFAULTS, idleMs: 300_000, connectMs: 5000 },
  rewritePattern,
  respond,
  effects,
  // Its policies take no TCPRoutes.
  dialect: { streams: 'TCP' },
};

const lostAccess = accessLosses(KGATEWAY);
const lostLimits = limitLosses(KGATEWAY, {
  connections: 'circuitBreakers.maxConnections of a BackendConfigPolicy bounds the connections to the backend, for all clients.',
  bandwidth:
    'faultInjection.responseRateLimit of a TrafficPolicy slows responses down for tests; let the backend do it where it is meant for clients.',
});
const bodySize = bodySizeOf(KGATEWAY, 'buffer', (limit) => traffic({ buffer: { maxRequestSize: limit } }));
const buffering = bufferingOf(KGATEWAY);

const headers = headersOf(KGATEWAY);

function lower(intent: Intent, context: LoweringContext): Lowering {
  return isAwsIntent(intent) ? awsIntent(intent, context, lower) : answerBy(answers, intent, context);
}

/** What is not of AWS, by kind. */
const answers: Answers<Exclude<IntentKind, AwsIntent['kind']>> = {
  basicAuth,
  externalAuth,
  oidc,
  jwt,
  clientCertificate,
  allowList,
  denyList,
  satisfyAny: lostAccess.satisfyAny,
  waf: lostAccess.waf,
  iap: lostAccess.iap,
  cloudArmor: lostAccess.cloudArmor,
  rawAccessControl: lostAccess.rawAccessControl,
  rateLimit,
  connectionLimit: lostLimits.connectionLimit,
  bandwidthLimit: lostLimits.bandwidthLimit,
  bodySize,
  connectTimeout,
  idleTimeout,
  retry,
  sessionAffinity: balancing.sessionAffinity,
  loadBalancing: balancing.loadBalancing,
  hashing: balancing.hashBalancing,
  serviceUpstream: balancing.serviceUpstream,
  backendProtocol,
  backendTls,
  healthCheck,
  fallbackBackend,
  cors,
  customErrors: messages.customErrors,
  buffering,
  compression: messages.compression,
  accessLog: messages.accessLog,
  tracing: messages.tracing,
  tlsPolicy,
  httpVersions,
  requestHeaders: headers,
  responseHeaders: headers,
  // Fields of Gateway API that kgateway has as they are meant.
  requestTimeout: portable,
  upstreamHost: portable,
  mirror: portable,
  hsts: portable,
  gke: (intent, context) => gkeIntent(intent, context, lower),
};
