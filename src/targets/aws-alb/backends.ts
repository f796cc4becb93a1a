import { defineFindings, type NoArgs } from '../../ledger/finding.ts';
import type { JsonObject } from '../../model/json.ts';
import type { LoweringContext, RuleParts } from '../contract.ts';
import { isHttpsOnly } from '../https-only.ts';
import { approximated, byHand, converted, inert, type Lower, placeOf, unmapped } from '../lowering.ts';
import { targetGroup } from './fragments.ts';

const find = defineFindings('aws-alb', {
  'session-affinity/cookie': {
    level: 'note',
    message: (a: { cookie: string; seconds: number }) =>
      `clients stay on a target by the load balancer's own cookie AWSALB for ${a.seconds} s, instead of by ${a.cookie}; it holds for every route to the Service, and clients are assigned anew once`,
    help: () => 'Its name, path and attributes are fixed: what reads the old cookie has to change.',
  },
  'session-affinity/not-by-cookie': {
    level: 'warning',
    message: (a: { by: string }) => `clients no longer stay on one target by ${a.by}: the load balancer does so by cookie only`,
    help: () =>
      'Where clients keep cookies, set stickiness.enabled and stickiness.type lb_cookie in the targetGroupAttributes of the TargetGroupConfiguration.',
  },
  'load-balancing/nearest': {
    level: 'note',
    message: (a: { algorithm: string; written: string }) => `targets are chosen by ${a.written} instead of ${a.algorithm}`,
  },
  'hashing/none': {
    level: 'warning',
    message: (a: { key: string }) => `requests are no longer kept on one target by ${a.key}: the load balancer does not hash`,
    help: () => 'Stickiness by cookie comes nearest, one client at a time; it matters where targets keep state or caches.',
  },
  'service-upstream/none': {
    level: 'note',
    message: (_: NoArgs) => "the load balancer sends to the pods themselves (target type ip), not to the Service's own address",
    help: () =>
      'Target type instance in the TargetGroupConfiguration goes through the nodes and the Service: it needs a Service of type NodePort.',
  },
  'health-check/by-hand': {
    level: 'warning',
    message: (a: { parameters: string }) =>
      `health checks (${a.parameters}) were not carried over: the load balancer probes / every 15 s and takes any answer below 500`,
    help: () => 'Set healthCheckConfig in the TargetGroupConfiguration: healthCheckPath, healthCheckPort, healthCheckInterval, matcher.',
  },
  'fallback-backend/none': {
    level: 'warning',
    message: (a: { service: string; when: string }) =>
      `Service ${a.service} no longer answers ${a.when}: the load balancer has no fallback for a rule`,
    help: () => 'Clients get 503 or 502 instead. Where it matters, let the first backend answer.',
    differs: ['status', 'wrong-backend'],
  },
  'backend-protocol/needs-https': {
    level: 'error',
    message: (a: { protocol: string }) =>
      `the backend speaks ${a.protocol}, which the load balancer speaks only for rules on HTTPS listeners alone; this rule is served over HTTP, so backends get HTTP/1.1 and requests fail`,
    help: () => 'Give the host a certificate and redirect HTTP to HTTPS, and convert again.',
    differs: ['status', 'unreachable'],
  },
  'backend-protocol/auto': {
    level: 'error',
    message: (_: NoArgs) =>
      'the backend is spoken to as the client speaks, clear text or TLS; a target group has one protocol, and clear text was written',
    help: () => 'If the backend expects TLS, set protocol: HTTPS in the TargetGroupConfiguration.',
    security: true,
    differs: ['status', 'unreachable'],
  },
  'backend-protocol/fastcgi': {
    level: 'error',
    message: (_: NoArgs) => 'the backend speaks FastCGI, which the load balancer does not: its requests fail',
    help: () => 'Put a web server that speaks FastCGI (nginx as a sidecar of the pods) in front of it.',
    differs: ['status', 'unreachable'],
  },
  'backend-tls/unverified': {
    level: 'warning',
    message: (_: NoArgs) => 'traffic to the backend is encrypted, and its certificate is no longer verified: the load balancer takes any',
    help: () => 'Keep the way to the pods private by security groups, or verify in a proxy beside the backend.',
    security: true,
  },
  'backend-tls/no-tls': {
    level: 'note',
    message: (_: NoArgs) => 'the backend is spoken to without TLS, so how its certificate is treated has no effect',
  },
});

/** The same fragment for the target groups of every backend of the rule. */
export function forBackends({ rule }: LoweringContext, spec: JsonObject): RuleParts {
  const backends = rule.action.kind === 'forward' ? rule.action.backends : [];
  const services = new Map(backends.map((backend) => [`${backend.namespace}/${backend.service}`, backend]));
  return { policies: [...services.values()].map((backend) => targetGroup(backend, spec)) };
}

const LONGEST_STICKINESS = 604_800;

export const sessionAffinity: Lower<'sessionAffinity'> = (intent, context) => {
  const place = placeOf(intent, context);
  if (intent.by !== 'cookie') {
    return unmapped(find['session-affinity/not-by-cookie']({ by: intent.by === 'header' ? 'a header' : 'their address' }, place));
  }
  const wanted = intent.cookie?.maxAgeSeconds ?? 86_400;
  const seconds = Math.min(LONGEST_STICKINESS, Math.max(1, wanted));
  const attributes = {
    'stickiness.enabled': 'true',
    'stickiness.type': 'lb_cookie',
    'stickiness.lb_cookie.duration_seconds': String(seconds),
  };
  return approximated(
    forBackends(context, { attributes }),
    find['session-affinity/cookie']({ cookie: intent.cookie?.name ?? 'a cookie', seconds }, place),
  );
};

export const loadBalancing: Lower<'loadBalancing'> = (intent, context) => {
  const { algorithm } = intent;
  if (algorithm === 'round-robin') return converted({});
  const written = algorithm === 'random' ? 'weighted_random' : 'least_outstanding_requests';
  const made = forBackends(context, { attributes: { 'load_balancing.algorithm.type': written } });
  return algorithm === 'least-request'
    ? converted(made)
    : approximated(made, find['load-balancing/nearest']({ algorithm, written }, placeOf(intent, context)));
};

export const hashing: Lower<'hashing'> = (intent, context) => unmapped(find['hashing/none']({ key: intent.key }, placeOf(intent, context)));

export const serviceUpstream: Lower<'serviceUpstream'> = (intent, context) =>
  unmapped(find['service-upstream/none']({}, placeOf(intent, context)));

export const healthCheck: Lower<'healthCheck'> = (intent, context) => {
  const parameters = Object.entries(intent.parameters)
    .map(([key, value]) => `${key} ${value}`)
    .join(', ');
  return byHand(find['health-check/by-hand']({ parameters: parameters || 'on' }, placeOf(intent, context)));
};

export const fallbackBackend: Lower<'fallbackBackend'> = (intent, context) => {
  const when = intent.onlyWhenNoEndpoint
    ? 'when the backend has no endpoints'
    : 'when the backend has no endpoints or answers with an error';
  return unmapped(find['fallback-backend/none']({ service: intent.service, when }, placeOf(intent, context)));
};

export const backendProtocol: Lower<'backendProtocol'> = (intent, context) => {
  const place = placeOf(intent, context);
  switch (intent.protocol) {
    case 'HTTP':
      return converted({});
    case 'HTTPS':
      return converted(forBackends(context, { protocol: 'HTTPS' }));
    case 'HTTP2':
    case 'GRPC':
    case 'GRPCS': {
      const spec = {
        protocolVersion: intent.protocol === 'HTTP2' ? 'HTTP2' : 'GRPC',
        ...(intent.protocol === 'GRPCS' ? { protocol: 'HTTPS' } : {}),
      };
      const isGrpc = intent.protocol === 'HTTP2' ? {} : ({ grpc: true } as const);
      if (isHttpsOnly(context)) return converted({ ...forBackends(context, spec), ...isGrpc });
      return unmapped(find['backend-protocol/needs-https']({ protocol: intent.protocol === 'HTTP2' ? 'HTTP/2' : 'gRPC' }, place));
    }
    case 'AUTO_HTTP':
      return byHand(find['backend-protocol/auto']({}, place));
    case 'FCGI':
      return unmapped(find['backend-protocol/fastcgi']({}, place));
    default:
      return intent.protocol satisfies never;
  }
};

export const backendTls: Lower<'backendTls'> = (intent, context) => {
  const overTls = context.rule.intents.some(
    (other) => other.kind === 'backendProtocol' && (other.protocol === 'HTTPS' || other.protocol === 'GRPCS'),
  );
  if (!overTls) return inert(find['backend-tls/no-tls']({}, placeOf(intent, context)));
  const isPlain = !intent.verify && intent.secret === null;
  return isPlain ? converted({}) : unmapped(find['backend-tls/unverified']({}, placeOf(intent, context)));
};
