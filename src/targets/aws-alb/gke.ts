import type { IntentOf } from '../../intent/intent.ts';
import type { JsonObject } from '../../model/json.ts';
import type { Lowering, LoweringContext, RuleParts } from '../contract.ts';
import { isHttpsOnly } from '../https-only.ts';
import { approximated, byHand, converted, inert, type Lower, placeOf, unmapped } from '../lowering.ts';
import { loadBalancer, parts, targetGroup } from './fragments.ts';
import { gkeFindings as find } from './gke-findings.ts';

type Gke<F extends IntentOf<'gke'>['feature']> = Extract<IntentOf<'gke'>, { feature: F }>;

/** What only Google's load balancers have, one line a feature. Protections among it have kinds of their own: see access.ts. */
export const gke: Lower<'gke'> = (intent, context) => {
  const place = placeOf(intent, context);
  switch (intent.feature) {
    case 'containerNative':
      // Target groups of other controllers' Services are of type ip anyway.
      return converted({});
    case 'healthCheck':
      return healthCheck(intent, context);
    case 'transparentHealthChecker':
      return unmapped(find['health-checker']({}, place));
    case 'connectionDraining':
      return connectionDraining(intent, context);
    case 'logging':
      return intent.enabled ? byHand(find.logging({ percent: intent.sampleRate / 10_000 }, place)) : converted({});
    case 'cdn':
      return byHand(find.cdn({ mode: intent.cacheMode }, place));
    case 'http2OverTls':
      return isHttpsOnly(context)
        ? converted(forTargets(context, { protocol: 'HTTPS', protocolVersion: 'HTTP2' }))
        : unmapped(find['http2-over-tls']({}, place));
    case 'headerVariables': {
      const headers = intent.headers.map(({ name, value }) => `${name}: ${value}`).join(', ');
      return unmapped(find['header-variables']({ direction: intent.direction, headers }, place));
    }
    case 'capacity':
      return unmapped(find.capacity({}, place));
    case 'sslPolicy':
      return byHand(find['ssl-policy']({ policy: intent.policy }, place));
    case 'staticAddress':
      return byHand(find['static-address']({ name: intent.name, scope: intent.scope }, place));
    case 'certificates':
      return inert(find.certificates({}, place));
    case 'proxySecrets':
      return intent.spare.length === 0 ? converted({}) : byHand(find['spare-certificates']({ secrets: intent.spare.join(', ') }, place));
    case 'network':
      return converted(parts(loadBalancer({ scheme: intent.scheme === 'internal' ? 'internal' : 'internet-facing' })));
    default:
      return intent satisfies never;
  }
};

/** Within the ranges of target groups. Both load balancers take 200 for healthy. */
function healthCheck(intent: Gke<'healthCheck'>, context: LoweringContext): Lowering {
  const { type, checkIntervalSec, timeoutSec, healthyThreshold, unhealthyThreshold, port, requestPath } = intent;
  const clamped: string[] = [];
  const within = (what: string, value: number | null, least: number, most: number): number | undefined => {
    if (value === null) return undefined;
    const near = Math.min(most, Math.max(least, value));
    if (near !== value) clamped.push(`${what} (${value}, ${near} was written)`);
    return near;
  };
  const healthCheckConfig = given({
    healthCheckPath: requestPath ?? undefined,
    healthCheckPort: port === null ? undefined : String(port),
    healthCheckProtocol: type === null ? undefined : type === 'HTTP' ? 'HTTP' : 'HTTPS',
    healthCheckInterval: within('the interval', checkIntervalSec, 5, 300),
    healthCheckTimeout: within('the timeout', timeoutSec, 2, 120),
    healthyThresholdCount: within('tries up', healthyThreshold, 2, 10),
    unhealthyThresholdCount: within('tries down', unhealthyThreshold, 2, 10),
    matcher: { httpCode: '200' },
  });
  const services = targetsOf(context)
    .map(({ namespace, service }) => `${namespace}/${service}`)
    .join(', ');
  return approximated(
    forTargets(context, { healthCheckConfig }),
    find['health-check']({ services: services || 'no Service', clamped: clamped.join(', ') }, placeOf(intent, context)),
  );
}

function connectionDraining(intent: Gke<'connectionDraining'>, context: LoweringContext): Lowering {
  const seconds = Math.min(3600, intent.seconds);
  const made = forTargets(context, { attributes: { 'deregistration_delay.timeout_seconds': String(seconds) } });
  return seconds === intent.seconds
    ? converted(made)
    : approximated(made, find['draining-range']({ seconds: intent.seconds }, placeOf(intent, context)));
}

function forTargets(context: LoweringContext, spec: JsonObject): RuleParts {
  return parts(...targetsOf(context).map((target) => targetGroup(target, spec)));
}

/** Each Service behind the rule once. */
function targetsOf({ rule: { action } }: LoweringContext) {
  if (action.kind !== 'forward') return [];
  return [...new Map(action.backends.map((backend) => [`${backend.namespace}/${backend.service}`, backend])).values()];
}

function given(spec: Readonly<Record<string, JsonObject[string] | undefined>>): JsonObject {
  return Object.fromEntries(Object.entries(spec).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])));
}
