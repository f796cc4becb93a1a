import type { Intent } from '../../intent/intent.ts';
import { isAwsIntent, neutralForm } from '../../intent/neutral.ts';
import type { Lowering, LoweringContext, Target } from '../contract.ts';
import * as access from './access.ts';
import * as backend from './backend-settings.ts';
import { certificate } from './certificates.ts';
import { classFor, DEFAULT_CLASS, imports } from './classes.ts';
import { effects } from './effects.ts';
import { healthCheck, healthChecks } from './health-check.ts';
import { gke as own, scheme } from './load-balancer.ts';
import { adaptMatch } from './matches.ts';
import { mirror } from './mirrors.ts';
import { portablePart } from './portable.ts';
import * as protocol from './protocol.ts';
import { adaptRedirect } from './redirects.ts';
import { review } from './review.ts';
import { versions } from './versions.ts';

/** Gateways of Google Kubernetes Engine 1.36: https://cloud.google.com/kubernetes-engine/docs/concepts/gateway-api */
export const gke: Target = {
  name: 'gke',
  versions,
  title: 'GKE Gateway',
  project: 'gke-gateway',
  gatewayClassName: DEFAULT_CLASS,
  classFor,
  // GKE creates its classes.
  controllerName: null,
  install: {
    docs: 'https://cloud.google.com/kubernetes-engine/docs/how-to/deploying-gateways',
    bringsGatewayApi: true,
    notes: ['GKE brings the controller along with the CRDs of step 1.1; the cluster has to be VPC-native.'],
  },
  regexPaths: 'none',
  reading: { ownCertificates: true },
  lower,
  // The load balancer looks at no readiness probe: what it should ask has to be said.
  forward: healthChecks,
  // https://cloud.google.com/load-balancing/docs/https#timeouts_and_retries
  defaults: {
    bodyBytes: 0,
    idleMs: 30_000,
    connectMs: null,
    tries: null,
    hsts: '',
    requestHeaders: ['X-Forwarded-For', 'X-Forwarded-Proto', 'Via', 'X-Cloud-Trace-Context'],
  },
  rewritePattern: null,
  respond: null,
  effects,
  review,
  dialect: {
    listeners: 'port',
    listenerSets: false,
    servicePerPort: true,
    imports,
    rewrites: 'prefix',
    passthrough: false,
    streams: false,
    certificate,
    match: adaptMatch,
    redirect: adaptRedirect,
  },
};

function lower(intent: Intent, context: LoweringContext): Lowering {
  switch (intent.kind) {
    case 'iap':
      return access.iap(intent, context);
    case 'cloudArmor':
      return access.cloudArmor(intent, context);
    case 'allowList':
      return access.allowList(intent, context);
    case 'denyList':
      return access.denyList(intent, context);
    case 'requestTimeout':
      return backend.requestTimeout(intent, context);
    case 'sessionAffinity':
      return backend.sessionAffinity(intent, context);
    case 'loadBalancing':
      return backend.loadBalancing(intent, context);
    case 'backendProtocol':
      return protocol.backendProtocol(intent, context);
    case 'backendTls':
      return protocol.backendTls(intent, context);
    case 'accessLog':
      return backend.accessLog(intent, context);
    case 'healthCheck':
      return healthCheck(intent, context);
    case 'mirror':
      return mirror(intent, context);
    case 'gke':
      return own(intent, context);
    case 'awsScheme':
      return scheme(intent, context);
    default: {
      const neutral = isAwsIntent(intent) ? neutralForm(intent) : null;
      return neutral === null ? portablePart(intent, context) : lower(neutral, context);
    }
  }
}
