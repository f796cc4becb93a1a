import type { Intent } from '../../intent/intent.ts';
import { isAwsIntent } from '../../intent/neutral.ts';
import type { Lowering, LoweringContext, Target } from '../contract.ts';
import { bodySizeOf } from '../envoy/body-size.ts';
import { bufferingOf } from '../envoy/buffering.ts';
import { ENVOY_DEFAULTS } from '../envoy/defaults.ts';
import { headersOf } from '../envoy/headers.ts';
import { accessLosses } from '../envoy/lost-access.ts';
import { limitLosses } from '../envoy/lost-limits.ts';
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
  if (isAwsIntent(intent)) return awsIntent(intent, context, lower);
  switch (intent.kind) {
    case 'basicAuth':
      return basicAuth(intent, context);
    case 'externalAuth':
      return externalAuth(intent, context);
    case 'oidc':
      return oidc(intent, context);
    case 'jwt':
      return jwt(intent, context);
    case 'clientCertificate':
      return clientCertificate(intent, context);
    case 'allowList':
      return allowList(intent, context);
    case 'denyList':
      return denyList(intent, context);
    case 'satisfyAny':
      return lostAccess.satisfyAny(intent, context);
    case 'waf':
      return lostAccess.waf(intent, context);
    case 'iap':
      return lostAccess.iap(intent, context);
    case 'cloudArmor':
      return lostAccess.cloudArmor(intent, context);
    case 'rawAccessControl':
      return lostAccess.rawAccessControl(intent, context);
    case 'rateLimit':
      return rateLimit(intent, context);
    case 'connectionLimit':
      return lostLimits.connectionLimit(intent, context);
    case 'bandwidthLimit':
      return lostLimits.bandwidthLimit(intent, context);
    case 'bodySize':
      return bodySize(intent, context);
    case 'connectTimeout':
      return connectTimeout(intent, context);
    case 'idleTimeout':
      return idleTimeout(intent, context);
    case 'retry':
      return retry(intent, context);
    case 'sessionAffinity':
      return balancing.sessionAffinity(intent, context);
    case 'loadBalancing':
      return balancing.loadBalancing(intent, context);
    case 'hashing':
      return balancing.hashBalancing(intent, context);
    case 'serviceUpstream':
      return balancing.serviceUpstream(intent, context);
    case 'backendProtocol':
      return backendProtocol(intent, context);
    case 'backendTls':
      return backendTls(intent, context);
    case 'healthCheck':
      return healthCheck(intent, context);
    case 'fallbackBackend':
      return fallbackBackend(intent, context);
    case 'cors':
      return cors(intent, context);
    case 'customErrors':
      return messages.customErrors(intent, context);
    case 'buffering':
      return buffering(intent, context);
    case 'compression':
      return messages.compression(intent, context);
    case 'accessLog':
      return messages.accessLog(intent, context);
    case 'tracing':
      return messages.tracing(intent, context);
    case 'tlsPolicy':
      return tlsPolicy(intent, context);
    case 'httpVersions':
      return httpVersions(intent, context);
    case 'requestHeaders':
    case 'responseHeaders':
      return headers(intent, context);
    // Fields of Gateway API that kgateway has as they are meant.
    case 'requestTimeout':
    case 'upstreamHost':
    case 'mirror':
    case 'hsts':
      return portable(intent, context);
    case 'gke':
      return gkeIntent(intent, context, lower);
    default:
      return intent satisfies never;
  }
}
