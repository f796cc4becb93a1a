import type { AwsIntent, Intent, IntentKind } from '../../intent/intent.ts';
import { isAwsIntent } from '../../intent/neutral.ts';
import type { Lowering, LoweringContext, Target } from '../contract.ts';
import { bodySizeOf } from '../envoy/body-size.ts';
import { bufferingOf } from '../envoy/buffering.ts';
import { ENVOY_DEFAULTS } from '../envoy/defaults.ts';
import { printableHeadersOf } from '../envoy/headers.ts';
import { accessLosses } from '../envoy/lost-access.ts';
import { limitLosses } from '../envoy/lost-limits.ts';
import { type Answers, answerBy } from '../lowering.ts';
import { awsIntent } from '../standard/aws.ts';
import { gkeIntent } from '../standard/gke.ts';
import { lower as portable } from '../standard/standard.ts';
import { compareVersions } from '../versions.ts';
import { allowList, denyList } from './address-lists.ts';
import { fallbackBackend, healthCheck } from './backend-health.ts';
import { backendProtocol } from './backend-protocol.ts';
import * as balancing from './balancing.ts';
import { basicAuth } from './basic-auth.ts';
import { clientCertificate } from './client-certificate.ts';
import { cors } from './cors.ts';
import { effects } from './effects.ts';
import { externalAuth } from './external-auth.ts';
import { externalName, externalNames } from './external-names.ts';
import { ENVOY_GATEWAY, traffic } from './kinds.ts';
import { httpVersions, tlsPolicy } from './listener.ts';
import * as messages from './messages.ts';
import { rateLimit } from './rate-limit.ts';
import { respond } from './respond.ts';
import { retry } from './retry.ts';
import { rewritePattern } from './rewrite-pattern.ts';
import { jwt, oidc } from './sign-in-provider.ts';
import { streamEffects, streamSources } from './stream-sources.ts';
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
    notes: ['Its chart would bring CRDs of Gateway API along: those of step 1.1 stay, and its own come from their chart.'],
    commands: (version) => [
      `helm template eg-crds oci://docker.io/envoyproxy/gateway-crds-helm --version '~${version}.0' --set crds.gatewayAPI.enabled=false --set crds.envoyGateway.enabled=true | kubectl apply --server-side -f -`,
      // The chart has its CRDs in a folder of their own up to 1.7, in a chart of their own since.
      `helm install eg oci://docker.io/envoyproxy/gateway-helm --version '~${version}.0' -n envoy-gateway-system --create-namespace ${compareVersions(version, '1.8') < 0 ? '--skip-crds' : '--set crds.enabled=false'}`,
    ],
  },
  regexPaths: 'ordered',
  lower,
  // Envoy ends a request after 15 s unless it is told otherwise.
  forward: (context) => ({ timeouts: { request: '0s' }, ...externalNames(context) }),
  // Without an end to the request Envoy Gateway switches off the longest silence as well (`idleTimeout` in its route translation).
  defaults: { ...ENVOY_DEFAULTS, idleMs: 0, connectMs: 10_000 },
  rewritePattern,
  respond,
  dialect: { streamSources, externalName },
  reading: { besideGrpc: true },
  streamEffects,
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
  // Fields of Gateway API that Envoy Gateway has as they are meant.
  requestTimeout: portable,
  upstreamHost: portable,
  mirror: portable,
  hsts: portable,
  gke: (intent, context) => gkeIntent(intent, context, lower),
};
