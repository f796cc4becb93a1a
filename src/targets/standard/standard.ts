import type { Intent } from '../../intent/intent.ts';
import { isAwsIntent } from '../../intent/neutral.ts';
import type { Lowering, LoweringContext, Target } from '../contract.ts';
import { portableEffects } from '../effects.ts';
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
  if (isAwsIntent(intent)) return awsIntent(intent, context, lower);
  switch (intent.kind) {
    case 'basicAuth':
      return access.basicAuth(intent, context);
    case 'externalAuth':
      return externalAuth(intent, context);
    case 'oidc':
      return access.oidc(intent, context);
    case 'jwt':
      return access.jwt(intent, context);
    case 'clientCertificate':
      return clientCertificate(intent, context);
    case 'allowList':
      return access.allowList(intent, context);
    case 'denyList':
      return access.denyList(intent, context);
    case 'satisfyAny':
      return access.satisfyAny(intent, context);
    case 'waf':
      return access.waf(intent, context);
    case 'iap':
      return access.iap(intent, context);
    case 'cloudArmor':
      return access.cloudArmor(intent, context);
    case 'rawAccessControl':
      return access.rawAccessControl(intent, context);
    case 'rateLimit':
      return limits.rateLimit(intent, context);
    case 'connectionLimit':
      return limits.connectionLimit(intent, context);
    case 'bandwidthLimit':
      return limits.bandwidthLimit(intent, context);
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
      return sessionAffinity(intent, context);
    case 'loadBalancing':
      return backends.loadBalancing(intent, context);
    case 'hashing':
      return backends.hashing(intent, context);
    case 'backendProtocol':
      return backendProtocol(intent, context);
    case 'backendTls':
      return backendTls(intent, context);
    case 'serviceUpstream':
      return backends.serviceUpstream(intent, context);
    case 'healthCheck':
      return backends.healthCheck(intent, context);
    case 'fallbackBackend':
      return backends.fallbackBackend(intent, context);
    case 'cors':
      return cors(intent, context);
    case 'requestHeaders':
      return requestHeaders(intent, context);
    case 'responseHeaders':
      return responseHeaders(intent, context);
    case 'upstreamHost':
      return upstreamHost(intent, context);
    case 'mirror':
      return mirror(intent, context);
    case 'customErrors':
      return messages.customErrors(intent, context);
    case 'hsts':
      return hsts(intent, context);
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
    case 'gke':
      return gke(intent, context);
    default:
      return intent satisfies never;
  }
}
