import type { AwsIntent, Intent, IntentKind } from '../../intent/intent.ts';
import { isAwsIntent } from '../../intent/neutral.ts';
import type { Lowering, LoweringContext, Target } from '../contract.ts';
import { ENVOY_DEFAULTS } from '../envoy/defaults.ts';
import { headersOf } from '../envoy/headers.ts';
import { type Answers, answerBy } from '../lowering.ts';
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
import { streamEffects, streamSources } from './stream-sources.ts';
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
    commands: (version) => [
      'helm repo add istio https://istio-release.storage.googleapis.com/charts',
      `helm install istio-base istio/base --version '~${version}.0' -n istio-system --create-namespace`,
      `helm install istiod istio/istiod --version '~${version}.0' -n istio-system --wait`,
    ],
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
  streamEffects,
  dialect: {
    listenerSets: false,
    streams: 'TCP',
    streamSources,
    streamsNeed: 'Istio reads TCPRoutes where istiod runs with PILOT_ENABLE_ALPHA_GATEWAY_API=true, and nowhere else',
  },
};

const headers = headersOf({ name: 'istio', title: 'Istio' });

function lower(intent: Intent, context: LoweringContext): Lowering {
  return isAwsIntent(intent) ? awsIntent(intent, context, lower) : answerBy(answers, intent, context);
}

/** What is not of AWS, by kind. */
const answers: Answers<Exclude<IntentKind, AwsIntent['kind']>> = {
  allowList,
  denyList,
  clientCertificate,
  bodySize: messages.bodySize,
  connectTimeout: destinations.connectTimeout,
  sessionAffinity: destinations.sessionAffinity,
  loadBalancing: destinations.loadBalancing,
  hashing: destinations.hashing,
  backendProtocol,
  backendTls,
  buffering: messages.buffering,
  compression: messages.compression,
  tlsPolicy,
  retry,
  requestHeaders: headers,
  responseHeaders: headers,
  requestTimeout: portable,
  cors: portable,
  upstreamHost: portable,
  mirror: portable,
  hsts: portable,
  basicAuth: absentIntent,
  externalAuth: absentIntent,
  oidc: absentIntent,
  jwt: absentIntent,
  satisfyAny: absentIntent,
  waf: absentIntent,
  iap: absentIntent,
  cloudArmor: absentIntent,
  rawAccessControl: absentIntent,
  rateLimit: absentIntent,
  connectionLimit: absentIntent,
  bandwidthLimit: absentIntent,
  idleTimeout: absentIntent,
  serviceUpstream: absentIntent,
  healthCheck: absentIntent,
  fallbackBackend: absentIntent,
  customErrors: absentIntent,
  accessLog: absentIntent,
  tracing: absentIntent,
  httpVersions: absentIntent,
  gke: (intent, context) => gkeIntent(intent, context, lower),
};
