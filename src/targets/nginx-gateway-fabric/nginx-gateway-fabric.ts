import type { Intent } from '../../intent/intent.ts';
import { isAwsIntent } from '../../intent/neutral.ts';
import type { Lowering, LoweringContext, Target } from '../contract.ts';
import { awsIntent } from '../standard/aws.ts';
import { gkeIntent } from '../standard/gke.ts';
import { lower as portable } from '../standard/standard.ts';
import { absentIntent } from './absent.ts';
import { backendProtocol } from './backend-protocol.ts';
import { basicAuth } from './basic-auth.ts';
import { effects } from './effects.ts';
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
  effects,
};

function lower(intent: Intent, context: LoweringContext): Lowering {
  if (isAwsIntent(intent)) return awsIntent(intent, context, lower);
  switch (intent.kind) {
    case 'basicAuth':
      return basicAuth(intent, context);
    case 'rateLimit':
      return limits.rateLimit(intent, context);
    case 'bodySize':
      return limits.bodySize(intent, context);
    case 'connectTimeout':
      return timing.connectTimeout(intent, context);
    case 'idleTimeout':
      return timing.idleTimeout(intent, context);
    case 'requestTimeout':
      return timing.requestTimeout(intent, context);
    case 'retry':
      return timing.retry(intent, context);
    case 'sessionAffinity':
      return upstreams.sessionAffinity(intent, context);
    case 'loadBalancing':
      return upstreams.loadBalancing(intent, context);
    case 'hashing':
      return upstreams.hashing(intent, context);
    case 'buffering':
      return messages.buffering(intent, context);
    case 'compression':
      return messages.compression(intent, context);
    case 'accessLog':
      return messages.accessLog(intent, context);
    case 'tracing':
      return messages.tracing(intent, context);
    case 'tlsPolicy':
      return listener.tlsPolicy(intent, context);
    case 'httpVersions':
      return listener.httpVersions(intent, context);
    case 'clientCertificate':
      return listener.clientCertificate(intent, context);
    case 'backendProtocol':
      return backendProtocol(intent, context);
    case 'backendTls':
    case 'cors':
    case 'requestHeaders':
    case 'responseHeaders':
    case 'upstreamHost':
    case 'mirror':
    case 'hsts':
      return portable(intent, context);
    case 'allowList':
    case 'denyList':
    case 'externalAuth':
    case 'oidc':
    case 'jwt':
    case 'satisfyAny':
    case 'waf':
    case 'iap':
    case 'cloudArmor':
    case 'rawAccessControl':
    case 'connectionLimit':
    case 'bandwidthLimit':
    case 'serviceUpstream':
    case 'healthCheck':
    case 'fallbackBackend':
    case 'customErrors':
      return absentIntent(intent, context);
    case 'gke':
      return gkeIntent(intent, context, lower);
    default:
      return intent satisfies never;
  }
}
