import type { Intent } from '../../intent/intent.ts';
import { isAwsIntent } from '../../intent/neutral.ts';
import type { Lowering, LoweringContext, Target } from '../contract.ts';
import { ENVOY_DEFAULTS } from '../envoy/defaults.ts';
import { awsIntent } from '../standard/aws.ts';
import { gkeIntent } from '../standard/gke.ts';
import { lower as portable } from '../standard/standard.ts';
import { absentIntent } from './absent.ts';
import { allowList, denyList } from './address-lists.ts';
import { backendProtocol, backendTls } from './backend-protocol.ts';
import { clientCertificate } from './client-certificate.ts';
import * as destinations from './destinations.ts';
import { effects } from './effects.ts';
import { tlsPolicy } from './listener.ts';
import * as messages from './messages.ts';
import { retry } from './retry.ts';
import { versions } from './versions.ts';

/** Istio 1.30 as a Gateway, without EnvoyFilters. It creates its class. */
export const istio: Target = {
  name: 'istio',
  versions,
  title: 'Istio',
  gatewayClassName: 'istio',
  controllerName: null,
  install: {
    docs: 'https://istio.io/latest/docs/tasks/traffic-management/ingress/gateway-api/',
    notes: ['Each Gateway gets a Deployment and a Service of its own, in its namespace.'],
  },
  // After all prefixes.
  regexPaths: 'undefined',
  lower,
  // Two more tries on errors of the connection; connections as the mesh has them (connectTimeout 10 s).
  defaults: { ...ENVOY_DEFAULTS, idleMs: 0, connectMs: 10_000, tries: 3 },
  forward: null,
  rewritePattern: null,
  respond: null,
  effects,
};

function lower(intent: Intent, context: LoweringContext): Lowering {
  if (isAwsIntent(intent)) return awsIntent(intent, context, lower);
  switch (intent.kind) {
    case 'allowList':
      return allowList(intent, context);
    case 'denyList':
      return denyList(intent, context);
    case 'clientCertificate':
      return clientCertificate(intent, context);
    case 'bodySize':
      return messages.bodySize(intent, context);
    case 'connectTimeout':
      return destinations.connectTimeout(intent, context);
    case 'sessionAffinity':
      return destinations.sessionAffinity(intent, context);
    case 'loadBalancing':
      return destinations.loadBalancing(intent, context);
    case 'hashing':
      return destinations.hashing(intent, context);
    case 'backendProtocol':
      return backendProtocol(intent, context);
    case 'backendTls':
      return backendTls(intent, context);
    case 'buffering':
      return messages.buffering(intent, context);
    case 'compression':
      return messages.compression(intent, context);
    case 'tlsPolicy':
      return tlsPolicy(intent, context);
    case 'retry':
      return retry(intent, context);
    case 'requestTimeout':
    case 'cors':
    case 'requestHeaders':
    case 'responseHeaders':
    case 'upstreamHost':
    case 'mirror':
    case 'hsts':
      return portable(intent, context);
    case 'basicAuth':
    case 'externalAuth':
    case 'oidc':
    case 'jwt':
    case 'satisfyAny':
    case 'waf':
    case 'iap':
    case 'cloudArmor':
    case 'rawAccessControl':
    case 'rateLimit':
    case 'connectionLimit':
    case 'bandwidthLimit':
    case 'idleTimeout':
    case 'serviceUpstream':
    case 'healthCheck':
    case 'fallbackBackend':
    case 'customErrors':
    case 'accessLog':
    case 'tracing':
    case 'httpVersions':
      return absentIntent(intent, context);
    case 'gke':
      return gkeIntent(intent, context, lower);
    default:
      return intent satisfies never;
  }
}
