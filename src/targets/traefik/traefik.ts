import type { Intent } from '../../intent/intent.ts';
import { isAwsIntent } from '../../intent/neutral.ts';
import type { Lowering, LoweringContext, Target } from '../contract.ts';
import { awsIntent } from '../standard/aws.ts';
import { gkeIntent } from '../standard/gke.ts';
import { lower as portable } from '../standard/standard.ts';
import { absentIntent } from './absent.ts';
import { allowList, denyList } from './address-lists.ts';
import { backendProtocol, backendTls, clearText } from './backend-protocol.ts';
import { basicAuth } from './basic-auth.ts';
import { clientCertificate } from './client-certificate.ts';
import { cors } from './cors.ts';
import { effects } from './effects.ts';
import * as endpoints from './endpoints.ts';
import { externalAuth } from './external-auth.ts';
import { gatewayFindings } from './gateway.ts';
import * as limits from './limits.ts';
import * as messages from './messages.ts';
import { anchored, priorityOf, rewritePattern } from './patterns.ts';
import { retry } from './retry.ts';
import * as timing from './timing.ts';
import { versions } from './versions.ts';

/** Traefik 3.7 with Middlewares, TraefikServices and ServersTransports beside the routes. Its Helm chart creates the class. */
export const traefik: Target = {
  name: 'traefik',
  versions,
  title: 'Traefik',
  gatewayClassName: 'traefik',
  controllerName: null,
  install: {
    docs: 'https://doc.traefik.io/traefik/providers/kubernetes-gateway/',
    notes: ['Its provider is off by default: `providers.kubernetesGateway.enabled=true`.'],
  },
  // By their length alone, among prefixes.
  regexPaths: 'undefined',
  pathPattern: anchored,
  dropsBrokenRules: true,
  rankAcrossHosts: priorityOf,
  gatewayFindings,
  lower,
  // Of its own transport: dialTimeout 30 s, no responseHeaderTimeout.
  defaults: {
    bodyBytes: 0,
    idleMs: 0,
    connectMs: 30_000,
    tries: 1,
    hsts: '',
    requestHeaders: ['X-Real-IP', 'X-Forwarded-For', 'X-Forwarded-Host', 'X-Forwarded-Port', 'X-Forwarded-Proto'],
  },
  forward: clearText,
  rewritePattern,
  respond: null,
  effects,
};

function lower(intent: Intent, context: LoweringContext): Lowering {
  if (isAwsIntent(intent)) return awsIntent(intent, context, lower);
  switch (intent.kind) {
    case 'basicAuth':
      return basicAuth(intent, context);
    case 'externalAuth':
      return externalAuth(intent, context);
    case 'clientCertificate':
      return clientCertificate(intent, context);
    case 'allowList':
      return allowList(intent, context);
    case 'denyList':
      return denyList(intent, context);
    case 'rateLimit':
      return limits.rateLimit(intent, context);
    case 'connectionLimit':
      return limits.connectionLimit(intent, context);
    case 'bodySize':
      return limits.bodySize(intent, context);
    case 'connectTimeout':
      return timing.connectTimeout(intent, context);
    case 'idleTimeout':
      return timing.idleTimeout(intent, context);
    case 'requestTimeout':
      return timing.requestTimeout(intent, context);
    case 'retry':
      return retry(intent, context);
    case 'sessionAffinity':
      return endpoints.sessionAffinity(intent, context);
    case 'loadBalancing':
      return endpoints.loadBalancing(intent, context);
    case 'hashing':
      return endpoints.hashing(intent, context);
    case 'serviceUpstream':
      return endpoints.serviceUpstream(intent, context);
    case 'backendProtocol':
      return backendProtocol(intent, context);
    case 'backendTls':
      return backendTls(intent, context);
    case 'cors':
      return cors(intent, context);
    case 'mirror':
      return messages.mirror(intent, context);
    case 'customErrors':
      return messages.customErrors(intent, context);
    case 'buffering':
      return messages.buffering(intent, context);
    case 'compression':
      return messages.compression(intent, context);
    case 'requestHeaders':
    case 'responseHeaders':
    case 'upstreamHost':
    case 'hsts':
      return portable(intent, context);
    case 'oidc':
    case 'jwt':
    case 'satisfyAny':
    case 'waf':
    case 'iap':
    case 'cloudArmor':
    case 'rawAccessControl':
    case 'bandwidthLimit':
    case 'healthCheck':
    case 'fallbackBackend':
    case 'accessLog':
    case 'tracing':
    case 'tlsPolicy':
    case 'httpVersions':
      return absentIntent(intent, context);
    case 'gke':
      return gkeIntent(intent, context, lower);
    default:
      return intent satisfies never;
  }
}
