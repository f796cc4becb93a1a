import type { Pack } from '../../src/rule/pack.ts';
import type { AnyRule } from '../../src/rule/rule.ts';
import { actions } from './actions.ts';
import { addressPools } from './address-pools.ts';
import { PREFIX } from './annotation.ts';
import { authentication } from './authentication.ts';
import { backendProtocol } from './backend-protocol.ts';
import { capacity } from './capacity.ts';
import { certificates } from './certificates.ts';
import { conditions } from './conditions.ts';
import { dryRunPlan } from './dry-run-plan.ts';
import { frontendNlb } from './frontend-nlb.ts';
import { groupMembership } from './group-membership.ts';
import { healthCheck } from './health-check.ts';
import { inboundRanges } from './inbound-ranges.ts';
import { ipAddressType } from './ip-address-type.ts';
import { jwtValidation } from './jwt-validation.ts';
import { listenPorts } from './listen-ports.ts';
import { listenerAttributes } from './listener-attributes.ts';
import { loadBalancerAttributes } from './load-balancer-attributes.ts';
import { loadBalancerName } from './load-balancer-name.ts';
import { mutualAuthentication } from './mutual-authentication.ts';
import { regexPaths } from './regex-paths.ts';
import { route } from './route/router.ts';
import { schemeRule } from './scheme.ts';
import { securityGroups } from './security-groups.ts';
import { shield } from './shield.ts';
import { sslPolicy } from './ssl-policy.ts';
import { sslRedirect } from './ssl-redirect.ts';
import { subnets } from './subnets.ts';
import { tags } from './tags.ts';
import { targetGroupAttributes } from './target-group-attributes.ts';
import { targetType } from './target-type.ts';
import { multiCluster, targetControlPort, targetNodeLabels } from './targets.ts';
import { transforms } from './transforms.ts';
import { webAcl } from './web-acl.ts';

const rules: readonly AnyRule[] = [
  // Who answers a request.
  groupMembership,
  listenPorts,
  sslRedirect,
  regexPaths,
  actions,
  conditions,
  transforms,
  authentication,
  jwtValidation,
  // The load balancer and its listeners.
  loadBalancerName,
  schemeRule,
  ipAddressType,
  subnets,
  securityGroups,
  inboundRanges,
  addressPools,
  loadBalancerAttributes,
  listenerAttributes,
  certificates,
  sslPolicy,
  mutualAuthentication,
  webAcl,
  shield,
  capacity,
  tags,
  frontendNlb,
  // Target groups.
  targetType,
  backendProtocol,
  healthCheck,
  targetGroupAttributes,
  targetNodeLabels,
  multiCluster,
  targetControlPort,
  dryRunPlan,
];

/** AWS Load Balancer Controller, as of v3.5.0, and the part of it that EKS Auto Mode has. */
export const alb: Pack = {
  vendor: 'alb',
  title: 'the AWS Load Balancer Controller',
  controllers: ['ingress.k8s.aws/alb', 'eks.amazonaws.com/alb'],
  classNames: ['alb'],
  prefixes: [PREFIX],
  rules,
  route,
};
