import type { AwsHealthCheck } from '../../intent/aws.ts';
import type { AwsIntent, IntentOf } from '../../intent/intent.ts';
import type { JsonObject } from '../../model/json.ts';
import type { Lowering, LoweringContext } from '../contract.ts';
import { approximated, converted, placeOf, unmapped } from '../lowering.ts';
import { loadBalancerAttributes } from './access-logs.ts';
import { grpc } from './backends.ts';
import { latticeFindings as find } from './findings.ts';
import { securityGroups } from './security-groups.ts';
import { tags, targetGroupTags } from './tags.ts';
import { forServices } from './target-groups.ts';

const IAM =
  'Callers within AWS can be let in by an IAMAuthPolicy on the route, which makes them sign their requests (--target-option iam-policy=JSON writes one for the whole Gateway).';
const ALB = 'Keep a load balancer for what needs it: target aws-alb.';

/** What ALB Ingresses ask for, one line a kind. */
export function lowerAws(intent: AwsIntent, context: LoweringContext): Lowering {
  const place = placeOf(intent, context);
  const closes = (what: string, nearest = IAM) => unmapped(find['protection/lost']({ what, nearest }, place));
  const gone = (what: string, nearest = ALB) => unmapped(find['load-balancer/gone']({ what, nearest }, place));
  const lost = (what: string, nearest = ALB) => unmapped(find['setting/lost']({ what, nearest }, place));
  const none = (what: string) => unmapped(find['setting/none']({ what }, place));
  switch (intent.kind) {
    case 'awsScheme':
      return intent.scheme === 'internet-facing'
        ? unmapped(find['reachability/public']({}, place))
        : approximated({}, find['reachability/internal']({}, place));
    case 'awsLoadBalancerName':
      return none(`the name ${intent.name}`);
    case 'awsIpAddressType':
      return none(`the address family ${intent.type}`);
    case 'awsSubnets':
      return none('the choice of subnets');
    case 'awsSecurityGroups':
      return securityGroups(intent, context);
    case 'awsAddressPool':
      return gone(`addresses of pool ${intent.id}`);
    case 'awsLoadBalancerAttributes':
      return loadBalancerAttributes(intent, context);
    case 'awsWebAcl':
      return closes(`the web ACL ${intent.value}`, ALB);
    case 'awsShield':
      return intent.enabled ? gone('Shield Advanced', 'Nothing is reachable from the internet that it could protect.') : converted({});
    case 'awsCapacity':
      return none('reserved capacity');
    case 'awsTags':
      return tags(intent, context);
    case 'awsTargetGroupTags':
      return targetGroupTags(intent, context);
    case 'awsFrontendNlb':
      return gone('the network load balancer in front');
    case 'awsCertificates':
      // Told with the listener.
      return converted({});
    case 'awsTlsPolicy':
      return lost(`the security policy ${intent.policy}`, 'VPC Lattice has its own.');
    case 'awsMutualAuthentication':
      return closes(`client certificates of port ${intent.port}`);
    case 'awsListenerAttributes':
      return gone(`attributes of the listener (${intent.attributes.map(({ key }) => key).join(', ')})`);
    case 'awsInboundRanges':
      return intent.ranges.includes('0.0.0.0/0')
        ? converted({})
        : closes(
            'the list of addresses that may connect',
            'Security groups of a VpcAssociationPolicy for the Gateway come nearest, or an IAMAuthPolicy with a condition on aws:SourceIp.',
          );
    case 'awsTargetType':
      return intent.type === 'ip' ? converted({}) : none('sending to nodes (target type instance) instead of pods');
    case 'awsBackendProtocol':
      return backendProtocol(intent, context);
    case 'awsHealthCheck':
      return healthCheck(intent, context);
    case 'awsStickiness':
      return intent.enabled ? lost('that clients stay on one target', 'Keep state outside the pods.') : converted({});
    case 'awsBalancing':
      return none(`the choice of targets by ${intent.algorithm}`);
    case 'awsTargetGroupAttributes':
      return lost(`attributes of the target group (${intent.attributes.map(({ key }) => key).join(', ')})`);
    case 'awsNodeSelector':
      return none('the choice of nodes');
    case 'awsMultiCluster':
      return lost('sharing a target group with other clusters', 'A ServiceExport there and a ServiceImport here come nearest.');
    case 'awsTargetControl':
      return none('the target optimizer');
    case 'awsAuthenticate':
      return closes('the sign-in');
    case 'awsJwt':
      return closes('validation of tokens');
    case 'awsGroupStickiness':
      return lost(
        'that clients stay with the Service that the weights chose',
        'For canaries whose versions do not mix, move all traffic at once.',
      );
    case 'awsExternalTargetGroups':
      return lost(`target groups ${intent.groups.map(({ name }) => name).join(', ')}, made outside the cluster for a load balancer,`);
    case 'awsHostRewrite':
      return lost('the rewrite of the Host header', "The backend sees the client's Host header: let it accept any.");
    default:
      return intent satisfies never;
  }
}

function backendProtocol(intent: IntentOf<'awsBackendProtocol'>, context: LoweringContext): Lowering {
  const { backend, protocol, version } = intent;
  if (version === 'GRPC') return grpc([backend], protocol, intent, context);
  return converted(forServices([backend], { protocol, protocolVersion: version }));
}

/** Within the ranges that the policy takes. */
function healthCheck(intent: IntentOf<'awsHealthCheck'>, context: LoweringContext): Lowering {
  const { backend, check } = intent;
  const service = `${backend.namespace}/${backend.service}`;
  const lost = differences(check);
  const parts = forServices([backend], { healthCheck: policyOf(check) });
  if (lost.length === 0) return converted(parts);
  return approximated(parts, find['health-check/approximated']({ service, lost: lost.join(', ') }, placeOf(intent, context)));
}

function policyOf(check: AwsHealthCheck): JsonObject {
  if (check.codesAre === 'grpc') return { enabled: false };
  return {
    enabled: true,
    path: check.path,
    protocol: check.protocol,
    protocolVersion: 'HTTP1',
    intervalSeconds: within(check.intervalSeconds, 5, 300),
    timeoutSeconds: within(check.timeoutSeconds, 1, 120),
    healthyThresholdCount: within(check.healthyThreshold, 2, 10),
    unhealthyThresholdCount: within(check.unhealthyThreshold, 2, 10),
    statusMatch: check.codes,
    ...(/^[1-9]\d*$/.test(check.port) && Number(check.port) <= 65_535 ? { port: Number(check.port) } : {}),
  };
}

function differences(check: AwsHealthCheck): readonly string[] {
  if (check.codesAre === 'grpc') return ['everything, as it speaks gRPC: it is off'];
  return [
    ...(within(check.intervalSeconds, 5, 300) === check.intervalSeconds ? [] : [`the interval of ${check.intervalSeconds} s`]),
    ...(within(check.timeoutSeconds, 1, 120) === check.timeoutSeconds ? [] : [`the timeout of ${check.timeoutSeconds} s`]),
    ...(within(check.healthyThreshold, 2, 10) === check.healthyThreshold ? [] : [`${check.healthyThreshold} tries up`]),
    ...(within(check.unhealthyThreshold, 2, 10) === check.unhealthyThreshold ? [] : [`${check.unhealthyThreshold} tries down`]),
    ...(check.port === 'traffic-port' || /^[1-9]\d*$/.test(check.port) ? [] : [`the port named ${check.port}`]),
  ];
}

function within(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
