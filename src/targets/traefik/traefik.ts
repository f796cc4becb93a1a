import type { AwsIntent, Intent, IntentKind } from '../../intent/intent.ts';
import { isAwsIntent } from '../../intent/neutral.ts';
import type { Lowering, LoweringContext, Target } from '../contract.ts';
import { type Answers, answerBy } from '../lowering.ts';
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
import { externalName, externalNames } from './external-names.ts';
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
    commands: (version) => [
      'helm repo add traefik https://traefik.github.io/charts',
      `helm search repo traefik/traefik --versions | grep 'v${version}\\.'   # which chart has it: CHART below`,
      'helm install traefik traefik/traefik --version CHART -n traefik --create-namespace --skip-crds --set providers.kubernetesGateway.enabled=true --set gateway.enabled=false',
    ],
    notes: [
      'Its provider is off by default (`providers.kubernetesGateway.enabled`), and its chart would make a Gateway of its own and bring CRDs along: its own CRDs (Middleware and others) have to be applied by its manual.',
    ],
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
  forward: (context) => ({ policies: [...(externalNames(context).policies ?? []), ...(clearText(context).policies ?? [])] }),
  rewritePattern,
  respond: null,
  // Routers of all routes and listeners of an entry point compete (`mergeHTTPConfiguration`).
  reading: { besideGrpc: true, sharedPorts: true, priority: priorityOf },
  effects,
  dialect: {
    externalName,
    listenerSets: false,
    streams: 'TCP',
    streamsNeed: 'Traefik reads TCPRoutes with providers.kubernetesGateway.experimentalChannel=true, and nowhere else',
  },
};

function lower(intent: Intent, context: LoweringContext): Lowering {
  return isAwsIntent(intent) ? awsIntent(intent, context, lower) : answerBy(answers, intent, context);
}

/** What is not of AWS, by kind. */
const answers: Answers<Exclude<IntentKind, AwsIntent['kind']>> = {
  basicAuth,
  externalAuth,
  clientCertificate,
  allowList,
  denyList,
  rateLimit: limits.rateLimit,
  connectionLimit: limits.connectionLimit,
  bodySize: limits.bodySize,
  connectTimeout: timing.connectTimeout,
  idleTimeout: timing.idleTimeout,
  requestTimeout: timing.requestTimeout,
  retry,
  sessionAffinity: endpoints.sessionAffinity,
  loadBalancing: endpoints.loadBalancing,
  hashing: endpoints.hashing,
  serviceUpstream: endpoints.serviceUpstream,
  backendProtocol,
  backendTls,
  cors,
  mirror: messages.mirror,
  customErrors: messages.customErrors,
  buffering: messages.buffering,
  compression: messages.compression,
  requestHeaders: portable,
  responseHeaders: portable,
  upstreamHost: portable,
  hsts: portable,
  oidc: absentIntent,
  jwt: absentIntent,
  satisfyAny: absentIntent,
  waf: absentIntent,
  iap: absentIntent,
  cloudArmor: absentIntent,
  rawAccessControl: absentIntent,
  bandwidthLimit: absentIntent,
  healthCheck: absentIntent,
  fallbackBackend: absentIntent,
  accessLog: absentIntent,
  tracing: absentIntent,
  tlsPolicy: absentIntent,
  httpVersions: absentIntent,
  gke: (intent, context) => gkeIntent(intent, context, lower),
};
