import type { AwsIntent } from '../../intent/intent.ts';
import type { Lowering, LoweringContext } from '../contract.ts';
import * as balancer from './aws-load-balancer.ts';
import * as rule from './aws-rule.ts';
import * as group from './aws-target-group.ts';
import { frontendNlb } from './frontend-nlb.ts';

/** What ALB Ingresses ask for, one line a kind. */
export function lowerAws(intent: AwsIntent, context: LoweringContext): Lowering {
  switch (intent.kind) {
    case 'awsLoadBalancerName':
      return balancer.name(intent, context);
    case 'awsScheme':
      return balancer.scheme(intent, context);
    case 'awsIpAddressType':
      return balancer.ipAddressType(intent, context);
    case 'awsSubnets':
      return balancer.subnets(intent, context);
    case 'awsSecurityGroups':
      return balancer.securityGroups(intent, context);
    case 'awsAddressPool':
      return balancer.addressPool(intent, context);
    case 'awsLoadBalancerAttributes':
      return balancer.attributes(intent, context);
    case 'awsWebAcl':
      return balancer.webAcl(intent, context);
    case 'awsShield':
      return balancer.shield(intent, context);
    case 'awsCapacity':
      return balancer.capacity(intent, context);
    case 'awsTags':
      return balancer.tags(intent, context);
    case 'awsFrontendNlb':
      return frontendNlb(intent, context);
    case 'awsCertificates':
      return balancer.certificates(intent, context);
    case 'awsTlsPolicy':
      return balancer.tlsPolicy(intent, context);
    case 'awsMutualAuthentication':
      return balancer.mutualAuthentication(intent, context);
    case 'awsListenerAttributes':
      return balancer.listenerAttributes(intent, context);
    case 'awsInboundRanges':
      return balancer.inboundRanges(intent, context);
    case 'awsTargetType':
      return group.targetType(intent, context);
    case 'awsBackendProtocol':
      return group.backendProtocol(intent, context);
    case 'awsHealthCheck':
      return group.healthCheck(intent, context);
    case 'awsStickiness':
    case 'awsBalancing':
    case 'awsTargetGroupAttributes':
      return group.attributes(intent, context);
    case 'awsTargetGroupTags':
      return group.tags(intent, context);
    case 'awsNodeSelector':
      return group.nodeSelector(intent, context);
    case 'awsMultiCluster':
      return group.multiCluster(intent, context);
    case 'awsTargetControl':
      return group.targetControl(intent, context);
    case 'awsAuthenticate':
      return rule.authenticate(intent, context);
    case 'awsJwt':
      return rule.jwt(intent, context);
    case 'awsGroupStickiness':
      return rule.groupStickiness(intent, context);
    case 'awsExternalTargetGroups':
      return rule.externalTargetGroups(intent, context);
    case 'awsHostRewrite':
      return rule.hostRewrite(intent, context);
    default:
      return intent satisfies never;
  }
}
