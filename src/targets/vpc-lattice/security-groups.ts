import { defineFindings } from '../../ledger/finding.ts';
import { approximated, LOST_PROTECTION, type Lower, placeOf, unmapped } from '../lowering.ts';
import { vpcAssociationPolicy } from './kinds.ts';

/** Of one association. */
export const SECURITY_GROUPS = 5;

const find = defineFindings('vpc-lattice/security-groups', {
  association: {
    level: 'warning',
    message: (a: { groups: string }) =>
      `security groups ${a.groups} guard the association of the cluster's VPC with the service network now: the same rules decide which clients of this VPC reach its services`,
    help: () =>
      'Check that their rules admit clients of the VPC to the ports of the listeners (aws ec2 describe-security-groups --group-ids GROUP), and that no other VPC is associated without groups of its own (aws vpc-lattice list-service-network-vpc-associations --service-network-identifier ID). They cannot be taken away again but with the association.',
    security: true,
    differs: ['unreachable'],
  },
  names: {
    ...LOST_PROTECTION,
    message: (a: { groups: string }) =>
      `the firewall of security groups ${a.groups} is lost: a VpcAssociationPolicy takes up to ${SECURITY_GROUPS} ids, and no names`,
    help: (a) =>
      `Look the ids up (aws ec2 describe-security-groups --filters Name=tag:Name,Values='${a.groups.replaceAll(', ', ',')}' --query 'SecurityGroups[].GroupId' --output text), name them in the Ingress, and convert again.`,
  },
});

export function isSecurityGroup(group: string): boolean {
  return /^sg-[0-9a-z]+$/.test(group) && group.length <= 32;
}

/** They stand in front of every service of the network, as they stood in front of the load balancer. */
export const securityGroups: Lower<'awsSecurityGroups'> = (intent, context) => {
  const { groups } = intent;
  const args = { groups: groups.join(', ') };
  const place = placeOf(intent, context);
  if (!groups.every(isSecurityGroup) || groups.length > SECURITY_GROUPS) return unmapped(find.names(args, place));
  const spec = { securityGroupIds: groups, associateWithVpc: true };
  return approximated(
    { policies: [{ policy: vpcAssociationPolicy, on: { to: 'gateway', as: 'target' }, spec }] },
    find.association(args, place),
  );
};
