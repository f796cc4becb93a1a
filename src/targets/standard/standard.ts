import type { AwsIntent, Intent, IntentKind } from '../../intent/intent.ts';
import { isAwsIntent } from '../../intent/neutral.ts';
import type { Lowering, LoweringContext, Target } from '../contract.ts';
import { portableEffects } from '../effects.ts';
import { type Answers, answerBy } from '../lowering.ts';
import * as access from './access.ts';
import { awsIntent } from './aws.ts';
import { backendProtocol } from './backend-protocol.ts';
import { backendTls } from './backend-tls.ts';
import * as backends from './backends.ts';
import { clientCertificate } from './client-certificate.ts';
import { cors } from './cors.ts';
import { externalAuth } from './external-auth.ts';
import { gke } from './gke.ts';
import { requestHeaders, responseHeaders } from './headers.ts';
import { hsts } from './hsts.ts';
import * as limits from './limits.ts';
import * as listener from './listener.ts';
import * as messages from './messages.ts';
import { mirror } from './mirror.ts';
import { retry } from './retry.ts';
import { sessionAffinity } from './session-affinity.ts';
import * as timing from './timing.ts';
import { upstreamHost } from './upstream-host.ts';

/** The portable Gateway API and nothing else: what every conformant implementation understands. */
export const standard: Target = {
  name: 'standard',
  title: 'Portable Gateway API',
  gatewayClassName: null,
  controllerName: null,
  regexPaths: 'undefined',
  lower,
  forward: null,
  rewritePattern: null,
  respond: null,
  effects: portableEffects,
};

/** Other targets answer so what they have no setting of their own for. */
export function lower(intent: Intent, context: LoweringContext): Lowering {
  return isAwsIntent(intent) ? awsIntent(intent, context, lower) : answerBy(answers, intent, context);
}

/** What is not of AWS, by kind. */
const answers: Answers<Exclude<IntentKind, AwsIntent['kind']>> = {
  basicAuth: access.basicAuth,
  externalAuth,
  oidc: access.oidc,
  jwt: access.jwt,
  clientCertificate,
  allowList: access.allowList,
  denyList: access.denyList,
  satisfyAny: access.satisfyAny,
  waf: access.waf,
  iap: access.iap,
  cloudArmor: access.cloudArmor,
  rawAccessControl: access.rawAccessControl,
  rateLimit: limits.rateLimit,
  connectionLimit: limits.connectionLimit,
  bandwidthLimit: limits.bandwidthLimit,
  bodySize: limits.bodySize,
  connectTimeout: timing.connectTimeout,
  idleTimeout: timing.idleTimeout,
  requestTimeout: timing.requestTimeout,
  retry,
  sessionAffinity,
  loadBalancing: backends.loadBalancing,
  hashing: backends.hashing,
  backendProtocol,
  backendTls,
  serviceUpstream: backends.serviceUpstream,
  healthCheck: backends.healthCheck,
  fallbackBackend: backends.fallbackBackend,
  cors,
  requestHeaders,
  responseHeaders,
  upstreamHost,
  mirror,
  customErrors: messages.customErrors,
  hsts,
  buffering: messages.buffering,
  compression: messages.compression,
  accessLog: messages.accessLog,
  tracing: messages.tracing,
  tlsPolicy: listener.tlsPolicy,
  httpVersions: listener.httpVersions,
  gke,
};
