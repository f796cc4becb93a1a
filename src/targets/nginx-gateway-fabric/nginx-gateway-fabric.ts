import type { AwsIntent, Intent, IntentKind } from '../../intent/intent.ts';
import { isAwsIntent } from '../../intent/neutral.ts';
import type { Lowering, LoweringContext, Target } from '../contract.ts';
import { headersTaken } from '../lacking/headers.ts';
import { type Answers, answerBy } from '../lowering.ts';
import { awsIntent } from '../standard/aws.ts';
import { gkeIntent } from '../standard/gke.ts';
import { lower as portable } from '../standard/standard.ts';
import { absentIntent } from './absent.ts';
import { backendProtocol } from './backend-protocol.ts';
import { basicAuth } from './basic-auth.ts';
import { dialect } from './dialect.ts';
import { effects } from './effects.ts';
import * as grpc from './grpc-filters.ts';
import * as limits from './limits.ts';
import * as listener from './listener.ts';
import { locationPattern } from './location-pattern.ts';
import * as messages from './messages.ts';
import { review } from './shared-paths.ts';
import * as timing from './timing.ts';
import * as upstreams from './upstreams.ts';
import { versions } from './versions.ts';

/** NGINX Gateway Fabric 2.6 with the open-source NGINX and without snippets. It creates its class. */
export const nginxGatewayFabric: Target = {
  name: 'nginx-gateway-fabric',
  versions,
  title: 'NGINX Gateway Fabric',
  gatewayClassName: 'nginx',
  controllerName: null,
  install: {
    docs: 'https://docs.nginx.com/nginx-gateway-fabric/install/helm/',
    commands: (version) => [
      `helm install ngf oci://ghcr.io/nginx/charts/nginx-gateway-fabric --version '~${version}.0' -n nginx-gateway --create-namespace`,
    ],
    notes: [
      'Each Gateway gets a Deployment and a Service of its own. Fields of the experimental channel need `nginxGateway.gwAPIExperimentalFeatures.enable=true`.',
    ],
  },
  regexPaths: 'ordered',
  pathPattern: locationPattern,
  lower,
  // Those of NGINX: what the templates do not set. Errors of the connection go on through all endpoints.
  defaults: {
    bodyBytes: 1024 ** 2,
    idleMs: 60_000,
    connectMs: 60_000,
    tries: 0,
    hsts: '',
    requestHeaders: ['X-Real-IP', 'X-Forwarded-For', 'X-Forwarded-Host', 'X-Forwarded-Port', 'X-Forwarded-Proto'],
  },
  forward: messages.passedOn,
  rewritePattern: null,
  respond: null,
  review,
  dialect,
  reading: { besideGrpc: true },
  effects,
};

/** A value stands between double quotes in the configuration of NGINX (`validateEscapedStringWithNginxVars`, 2.6). */
const headers = headersTaken('nginx-gateway-fabric', 'NGINX Gateway Fabric', {
  takes: /^[^"$\\]*$/,
  refuses: 'refuses a whole rule for a double quote, a backslash or a dollar sign in the value of a header',
  instead:
    'Write it into the header modifier of the rule yourself, with a backslash before quotes and backslashes; or let the backend set it.',
});

function lower(intent: Intent, context: LoweringContext): Lowering {
  return isAwsIntent(intent) ? awsIntent(intent, context, lower) : answerBy(answers, intent, context);
}

/** What is not of AWS, by kind. */
const answers: Answers<Exclude<IntentKind, AwsIntent['kind']>> = {
  basicAuth,
  rateLimit: limits.rateLimit,
  bodySize: limits.bodySize,
  connectTimeout: timing.connectTimeout,
  idleTimeout: timing.idleTimeout,
  requestTimeout: timing.requestTimeout,
  retry: timing.retry,
  sessionAffinity: upstreams.sessionAffinity,
  loadBalancing: upstreams.loadBalancing,
  hashing: upstreams.hashing,
  buffering: messages.buffering,
  compression: messages.compression,
  accessLog: messages.accessLog,
  tracing: messages.tracing,
  tlsPolicy: listener.tlsPolicy,
  httpVersions: listener.httpVersions,
  clientCertificate: listener.clientCertificate,
  backendProtocol,
  requestHeaders: headers,
  responseHeaders: grpc.responseHeaders(headers),
  backendTls: portable,
  cors: grpc.cors,
  upstreamHost: grpc.upstreamHost,
  mirror: portable,
  hsts: portable,
  allowList: absentIntent,
  denyList: absentIntent,
  externalAuth: absentIntent,
  oidc: absentIntent,
  jwt: absentIntent,
  satisfyAny: absentIntent,
  waf: absentIntent,
  iap: absentIntent,
  cloudArmor: absentIntent,
  rawAccessControl: absentIntent,
  connectionLimit: absentIntent,
  bandwidthLimit: absentIntent,
  serviceUpstream: absentIntent,
  healthCheck: absentIntent,
  fallbackBackend: absentIntent,
  customErrors: absentIntent,
  gke: (intent, context) => gkeIntent(intent, context, lower),
};
