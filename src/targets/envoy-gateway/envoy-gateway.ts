import type { Intent } from '../../intent/intent.ts';
import { isAwsIntent } from '../../intent/neutral.ts';
import type { Lowering, LoweringContext, Target } from '../contract.ts';
import { bodySizeOf } from '../envoy/body-size.ts';
import { bufferingOf } from '../envoy/buffering.ts';
import { ENVOY_DEFAULTS } from '../envoy/defaults.ts';
import { printableHeadersOf } from '../envoy/headers.ts';
import { accessLosses } from '../envoy/lost-access.ts';
import { limitLosses } from '../envoy/lost-limits.ts';
import { awsIntent } from '../standard/aws.ts';
import { gkeIntent } from '../standard/gke.ts';
import { lower as portable } from '../standard/standard.ts';
import { allowList, denyList } from './address-lists.ts';
import { fallbackBackend, healthCheck } from './backend-health.ts';
import { backendProtocol } from './backend-protocol.ts';
import * as balancing from './balancing.ts';
import { basicAuth } from './basic-auth.ts';
import { clientCertificate } from './client-certificate.ts';
import { cors } from './cors.ts';
import { effects } from './effects.ts';
import { externalAuth } from './external-auth.ts';
import { ENVOY_GATEWAY, traffic } from './kinds.ts';
import { httpVersions, tlsPolicy } from './listener.ts';
import * as messages from './messages.ts';
import { rateLimit } from './rate-limit.ts';
import { respond } from './respond.ts';
import { retry } from './retry.ts';
import { rewritePattern } from './rewrite-pattern.ts';
import { jwt, oidc } from './sign-in-provider.ts';
import { streamSources } from './stream-sources.ts';
import { connectTimeout, idleTimeout } from './timing.ts';
import { backendTls } from './unverified-backend.ts';
import { versions } from './versions.ts';

/** Envoy Gateway 1.9. */
export const envoyGateway: Target = {
  ...ENVOY_GATEWAY,
  versions,
  gatewayClassName: 'eg',
  controllerName: 'gateway.envoyproxy.io/gatewayclass-controller',
  install: {
    docs: 'https://gateway.envoyproxy.io/docs/install/install-helm/',
    notes: ['Its chart brings CRDs of Gateway API along: with `--skip-crds`, or the chart of CRDs alone, those of step 1.1 stay.'],
  },
  regexPaths: 'ordered',
  lower,
  // Envoy ends a request after 15 s unless it is told otherwise.
  forward: () => ({ timeouts: { request: '0s' } }),
  // Without an end to the request Envoy Gateway switches off the longest silence as well (`idleTimeout` in its route translation).
  defaults: { ...ENVOY_DEFAULTS, idleMs: 0, connectMs: 10_000 },
  rewritePattern,
  respond,
  dialect: { streamSources },
  effects,
};

const lostAccess = accessLosses(ENVOY_GATEWAY);
const lostLimits = limitLosses(ENVOY_GATEWAY, {
  connections:
    'connection.connectionLimit of a ClientTrafficPolicy closes connections above a number for the whole listener; a rate limit holds for each client.',
  bandwidth:
    'bandwidthLimit of a BackendTrafficPolicy is one limit for all responses of a route together: set it by hand where that is meant.',
});
const bodySize = bodySizeOf(ENVOY_GATEWAY, 'requestBuffer', (limit) => traffic({ requestBuffer: { limit } }));
const buffering = bufferingOf(ENVOY_GATEWAY);

const headers = printableHeadersOf(ENVOY_GATEWAY);

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
    // Fields of Gateway API that Envoy Gateway has as they are meant.
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
