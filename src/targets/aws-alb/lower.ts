import type { AwsIntent, Intent, IntentKind } from '../../intent/intent.ts';
import { isAwsIntent } from '../../intent/neutral.ts';
import type { Lowering, LoweringContext } from '../contract.ts';
import { type Answers, answerBy } from '../lowering.ts';
import { basicAuth, cloudArmor, externalAuth, iap, oidc, rawAccessControl, satisfyAny, waf } from './access.ts';
import {
  backendProtocol,
  backendTls,
  fallbackBackend,
  hashing,
  healthCheck,
  loadBalancing,
  serviceUpstream,
  sessionAffinity,
} from './backends.ts';
import { clientCertificate } from './client-certificate.ts';
import { gke } from './gke.ts';
import { jwt } from './jwt.ts';
import { bandwidthLimit, bodySize, connectionLimit, connectTimeout, idleTimeout, rateLimit, requestTimeout, retry } from './limits.ts';
import { httpVersions, tlsPolicy } from './listener.ts';
import { lowerAws } from './lower-aws.ts';
import {
  accessLog,
  buffering,
  compression,
  cors,
  customErrors,
  hsts,
  mirror,
  requestHeaders,
  responseHeaders,
  tracing,
  upstreamHost,
} from './messages.ts';
import { allowList, denyList } from './source-ranges.ts';

/** What is not of AWS, by kind. */
const answers: Answers<Exclude<IntentKind, AwsIntent['kind']>> = {
  ...{ basicAuth, externalAuth, oidc, jwt, clientCertificate, allowList, denyList, satisfyAny, waf, iap, cloudArmor, rawAccessControl },
  ...{ rateLimit, connectionLimit, bandwidthLimit, bodySize, connectTimeout, idleTimeout, requestTimeout, retry },
  ...{ sessionAffinity, loadBalancing, hashing, backendProtocol, backendTls, serviceUpstream, healthCheck, fallbackBackend },
  ...{ cors, requestHeaders, responseHeaders, upstreamHost, mirror, customErrors, hsts, buffering, compression, accessLog, tracing },
  ...{ tlsPolicy, httpVersions, gke },
};

/** Every intent gets an answer. */
export function lower(intent: Intent, context: LoweringContext): Lowering {
  return isAwsIntent(intent) ? lowerAws(intent, context) : answerBy(answers, intent, context);
}
