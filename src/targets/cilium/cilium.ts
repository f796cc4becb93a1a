import type { CommonIntent, Intent, IntentOf } from '../../intent/intent.ts';
import { isAwsIntent } from '../../intent/neutral.ts';
import type { Lowering, LoweringContext, Target } from '../contract.ts';
import { portableEffects } from '../effects.ts';
import { ENVOY_DEFAULTS } from '../envoy/defaults.ts';
import { headersOf } from '../envoy/headers.ts';
import { lost } from '../lacking/lacking.ts';
import { converted } from '../lowering.ts';
import { awsIntent } from '../standard/aws.ts';
import { gkeIntent } from '../standard/gke.ts';
import { lower as portable } from '../standard/standard.ts';
import { absentIntent } from './absent.ts';
import { backendProtocol } from './backend-protocol.ts';
import { versions } from './versions.ts';

/** Cilium 1.20: what the routes of Gateway API say. It creates its class. Without timeouts.request a request has no limit. */
export const cilium: Target = {
  name: 'cilium',
  versions,
  title: 'Cilium',
  gatewayClassName: 'cilium',
  controllerName: null,
  install: {
    docs: 'https://docs.cilium.io/en/stable/network/servicemesh/gateway-api/gateway-api/',
    notes: [
      'Cilium looks for the CRDs of step 1.1 at its start: with `gatewayAPI.enabled=true` and `kubeProxyReplacement=true`, and a restart of its operator if they came later.',
    ],
  },
  regexPaths: 'ordered',
  lower,
  // The Helm chart ends a silent request after 300 s (envoy.streamIdleTimeoutDurationSeconds).
  defaults: { ...ENVOY_DEFAULTS, idleMs: 300_000, connectMs: 5000 },
  forward: null,
  rewritePattern: null,
  respond: null,
  effects: portableEffects,
};

const headers = headersOf({ name: 'cilium', title: 'Cilium' });

function lower(intent: Intent, context: LoweringContext): Lowering {
  if (isAwsIntent(intent)) return awsIntent(intent, context, lower);
  switch (intent.kind) {
    case 'bodySize':
      return unlessDefault(intent.bytes === 0, intent, context);
    case 'buffering':
      return unlessDefault(isUnbuffered(intent), intent, context);
    case 'compression':
      return unlessDefault(!intent.enabled, intent, context);
    case 'backendProtocol':
      return backendProtocol(intent, context);
    case 'requestHeaders':
    case 'responseHeaders':
      return headers(intent, context);
    case 'requestTimeout':
    case 'retry':
    case 'backendTls':
    case 'cors':
    case 'upstreamHost':
    case 'mirror':
    case 'hsts':
      return portable(intent, context);
    case 'basicAuth':
    case 'externalAuth':
    case 'oidc':
    case 'jwt':
    case 'clientCertificate':
    case 'allowList':
    case 'denyList':
    case 'satisfyAny':
    case 'waf':
    case 'iap':
    case 'cloudArmor':
    case 'rawAccessControl':
    case 'rateLimit':
    case 'connectionLimit':
    case 'bandwidthLimit':
    case 'connectTimeout':
    case 'idleTimeout':
    case 'sessionAffinity':
    case 'loadBalancing':
    case 'hashing':
    case 'serviceUpstream':
    case 'healthCheck':
    case 'fallbackBackend':
    case 'customErrors':
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

/** What Envoy does by itself: no limit for bodies, nothing held back, nothing compressed. */
function unlessDefault(isDefault: boolean, intent: CommonIntent, context: LoweringContext): Lowering {
  return isDefault
    ? converted({})
    : lost('cilium', intent, context, {
        why: 'Cilium passes requests and responses on as they come',
        nearest: 'Let the backend do it, or choose an implementation that has a policy for it.',
      });
}

function isUnbuffered({ request, response, parameters }: IntentOf<'buffering'>): boolean {
  return request !== true && response !== true && Object.keys(parameters).length === 0;
}
