import type { IntentOf } from '../../intent/intent.ts';
import type { JsonObject } from '../../model/json.ts';
import type { Lowering, LoweringContext } from '../contract.ts';
import { approximated, converted, inert, type Lower, placeOf, unmapped } from '../lowering.ts';
import { latticeFindings as find } from './findings.ts';
import { forServices } from './target-groups.ts';

/** What only Google's load balancers have, one line a feature. */
export const gke: Lower<'gke'> = (intent, context) => {
  const place = placeOf(intent, context);
  const lost = (what: string, nearest: string) => unmapped(find['setting/lost']({ what, nearest }, place));
  const gone = (what: string, nearest: string) => unmapped(find['load-balancer/gone']({ what, nearest }, place));
  switch (intent.feature) {
    case 'containerNative':
      return converted({});
    case 'healthCheck':
      return healthCheck(intent, context);
    case 'transparentHealthChecker':
      return lost('that a node agent answers health checks', 'VPC Lattice asks the pods themselves, where a TargetGroupPolicy says so.');
    case 'connectionDraining':
      return lost(
        `that connections may go on for ${intent.seconds} s`,
        'Let the pods take that long to stop: a preStop hook, and terminationGracePeriodSeconds above it.',
      );
    case 'logging':
      return intent.enabled
        ? lost('the access log', 'Convert with --target-option access-logs=ARN (of a bucket, a log group or a delivery stream).')
        : converted({});
    case 'cdn':
      return gone(`Cloud CDN (${intent.cacheMode})`, 'Nothing caches in front of VPC Lattice: let clients or the backend do it.');
    case 'http2OverTls':
      return converted(forServices(servicesOf(context), { protocol: 'HTTPS', protocolVersion: 'HTTP2' }));
    case 'headerVariables':
      return lost(
        `the change of ${intent.direction} headers (${intent.headers.map(({ name }) => name).join(', ')})`,
        'Let the backend do it, or a proxy in front of it.',
      );
    case 'capacity':
      return unmapped(find['setting/none']({ what: 'how much an endpoint takes' }, place));
    case 'sslPolicy':
      return lost(`the SSL policy ${intent.policy}`, 'VPC Lattice has its own.');
    case 'staticAddress':
      return gone(`the reserved address ${intent.name}`, 'Services of VPC Lattice are reached by name: make DNS records for them.');
    case 'certificates':
      return inert(find['setting/none']({ what: 'the order of certificates, of which more is said with each host,' }, place));
    case 'proxySecrets':
      return intent.spare.length === 0
        ? converted({})
        : lost(
            `the choice of certificates ${intent.spare.join(', ')} by name`,
            'A service of VPC Lattice has the certificate of its host, from ACM.',
          );
    case 'network':
      return intent.scheme === 'internal'
        ? approximated({}, find['reachability/internal']({}, place))
        : unmapped(find['reachability/public']({}, place));
    default:
      return intent satisfies never;
  }
};

/** What it says of the check, within the ranges of the policy. */
function healthCheck(intent: Extract<IntentOf<'gke'>, { feature: 'healthCheck' }>, context: LoweringContext): Lowering {
  const lost: string[] = intent.type === 'HTTP2' ? ['HTTP/2'] : [];
  const within = (name: string, value: number | null, least: number, most: number): JsonObject => {
    if (value === null) return {};
    const near = Math.min(most, Math.max(least, value));
    if (near !== value) lost.push(`${name} ${value} (${near} was written)`);
    return { [name]: near };
  };
  const check: JsonObject = {
    enabled: true,
    ...(intent.requestPath === null ? {} : { path: intent.requestPath }),
    ...(intent.type === null ? {} : { protocol: intent.type === 'HTTP' ? 'HTTP' : 'HTTPS' }),
    ...(intent.port === null ? {} : { port: intent.port }),
    ...within('intervalSeconds', intent.checkIntervalSec, 5, 300),
    ...within('timeoutSeconds', intent.timeoutSec, 1, 120),
    ...within('healthyThresholdCount', intent.healthyThreshold, 2, 10),
    ...within('unhealthyThresholdCount', intent.unhealthyThreshold, 2, 10),
    statusMatch: '200',
  };
  const parts = forServices(servicesOf(context), { healthCheck: check });
  const service = servicesOf(context)
    .map((each) => `${each.namespace}/${each.service}`)
    .join(', ');
  return lost.length === 0
    ? converted(parts)
    : approximated(parts, find['health-check/approximated']({ service, lost: lost.join(', ') }, placeOf(intent, context)));
}

function servicesOf({ rule: { action } }: LoweringContext) {
  return action.kind === 'forward' ? action.backends : [];
}
