import type { AwsIntent, CommonIntent, Intent, IntentKind, IntentOf } from '../../intent/intent.ts';
import { isAwsIntent } from '../../intent/neutral.ts';
import type { Lowering, LoweringContext, Target } from '../contract.ts';
import { portableEffects } from '../effects.ts';
import { ENVOY_DEFAULTS } from '../envoy/defaults.ts';
import { headersOf } from '../envoy/headers.ts';
import { lost } from '../lacking/lacking.ts';
import { type Answers, answerBy, converted } from '../lowering.ts';
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
    commands: (version) => [
      'helm repo add cilium https://helm.cilium.io/',
      `helm upgrade cilium cilium/cilium --version '~${version}.0' -n kube-system --reuse-values --set gatewayAPI.enabled=true --set kubeProxyReplacement=true`,
      'kubectl -n kube-system rollout restart deployment/cilium-operator daemonset/cilium',
    ],
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
  return isAwsIntent(intent) ? awsIntent(intent, context, lower) : answerBy(answers, intent, context);
}

/** What is not of AWS, by kind. */
const answers: Answers<Exclude<IntentKind, AwsIntent['kind']>> = {
  bodySize: (intent, context) => unlessDefault(intent.bytes === 0, intent, context),
  buffering: (intent, context) => unlessDefault(isUnbuffered(intent), intent, context),
  compression: (intent, context) => unlessDefault(!intent.enabled, intent, context),
  backendProtocol,
  requestHeaders: headers,
  responseHeaders: headers,
  requestTimeout: portable,
  retry: portable,
  backendTls: portable,
  cors: portable,
  upstreamHost: portable,
  mirror: portable,
  hsts: portable,
  basicAuth: absentIntent,
  externalAuth: absentIntent,
  oidc: absentIntent,
  jwt: absentIntent,
  clientCertificate: absentIntent,
  allowList: absentIntent,
  denyList: absentIntent,
  satisfyAny: absentIntent,
  waf: absentIntent,
  iap: absentIntent,
  cloudArmor: absentIntent,
  rawAccessControl: absentIntent,
  rateLimit: absentIntent,
  connectionLimit: absentIntent,
  bandwidthLimit: absentIntent,
  connectTimeout: absentIntent,
  idleTimeout: absentIntent,
  sessionAffinity: absentIntent,
  loadBalancing: absentIntent,
  hashing: absentIntent,
  serviceUpstream: absentIntent,
  healthCheck: absentIntent,
  fallbackBackend: absentIntent,
  customErrors: absentIntent,
  accessLog: absentIntent,
  tracing: absentIntent,
  tlsPolicy: absentIntent,
  httpVersions: absentIntent,
  gke: (intent, context) => gkeIntent(intent, context, lower),
};

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
