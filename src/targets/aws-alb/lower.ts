import type { Intent } from '../../intent/intent.ts';
import { isAwsIntent } from '../../intent/neutral.ts';
import type { Lowering, LoweringContext } from '../contract.ts';
import { gkeIntent } from '../standard/gke.ts';
import * as access from './access.ts';
import * as backends from './backends.ts';
import { clientCertificate } from './client-certificate.ts';
import { jwt } from './jwt.ts';
import * as limits from './limits.ts';
import * as listener from './listener.ts';
import { lowerAws } from './lower-aws.ts';
import * as messages from './messages.ts';
import { allowList, denyList } from './source-ranges.ts';

/** Every intent gets an answer, one line a kind. */
export function lower(intent: Intent, context: LoweringContext): Lowering {
  if (isAwsIntent(intent)) return lowerAws(intent, context);
  switch (intent.kind) {
    case 'basicAuth':
      return access.basicAuth(intent, context);
    case 'externalAuth':
      return access.externalAuth(intent, context);
    case 'oidc':
      return access.oidc(intent, context);
    case 'jwt':
      return jwt(intent, context);
    case 'clientCertificate':
      return clientCertificate(intent, context);
    case 'allowList':
      return allowList(intent, context);
    case 'denyList':
      return denyList(intent, context);
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
      return limits.connectTimeout(intent, context);
    case 'idleTimeout':
      return limits.idleTimeout(intent, context);
    case 'requestTimeout':
      return limits.requestTimeout(intent, context);
    case 'retry':
      return limits.retry(intent, context);
    case 'sessionAffinity':
      return backends.sessionAffinity(intent, context);
    case 'loadBalancing':
      return backends.loadBalancing(intent, context);
    case 'hashing':
      return backends.hashing(intent, context);
    case 'backendProtocol':
      return backends.backendProtocol(intent, context);
    case 'backendTls':
      return backends.backendTls(intent, context);
    case 'serviceUpstream':
      return backends.serviceUpstream(intent, context);
    case 'healthCheck':
      return backends.healthCheck(intent, context);
    case 'fallbackBackend':
      return backends.fallbackBackend(intent, context);
    case 'cors':
      return messages.cors(intent, context);
    case 'requestHeaders':
      return messages.requestHeaders(intent, context);
    case 'responseHeaders':
      return messages.responseHeaders(intent, context);
    case 'upstreamHost':
      return messages.upstreamHost(intent, context);
    case 'mirror':
      return messages.mirror(intent, context);
    case 'customErrors':
      return messages.customErrors(intent, context);
    case 'hsts':
      return messages.hsts(intent, context);
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
      return gkeIntent(intent, context, lower);
    default:
      return intent satisfies never;
  }
}
