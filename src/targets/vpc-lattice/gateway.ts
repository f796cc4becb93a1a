import type { ExtensionObject } from '../../gateway/types.ts';
import { defineFindings } from '../../ledger/finding.ts';
import type { JsonObject } from '../../model/json.ts';
import type { GatewayContext, GatewayLowering } from '../contract.ts';
import type { PolicyKind, PolicyPart } from '../policy.ts';
import { hasOwnBucket } from './access-logs.ts';
import { accessLogPolicy, iamAuthPolicy, vpcAssociationPolicy } from './kinds.ts';
import { destinationOf, listOf } from './options.ts';
import { tagAnnotations } from './tags.ts';

const find = defineFindings('vpc-lattice/option', {
  unused: {
    level: 'warning',
    message: (a: { option: string; gateway: string; what: string }) =>
      `--target-option ${a.option} was not written for Gateway ${a.gateway}: its Ingresses name ${a.what} of their own`,
    help: () => 'Take them out of the Ingresses, or leave the option away.',
  },
  'iam-policy': {
    level: 'warning',
    message: (a: { gateway: string }) =>
      `services of Gateway ${a.gateway} answer to callers that its IAMAuthPolicy lets in, and to nobody else`,
    help: () =>
      'Callers that it names as principals have to sign their requests (SigV4, service vpc-lattice-svcs): try one before DNS is changed. It takes the place of no check that the Ingresses had.',
    security: true,
    differs: ['status'],
  },
});

/** What the user asked for of every service network, where the Ingresses have nothing of the kind. */
export function gateway({ table, options, gateway: { namespace, name }, place }: GatewayContext): GatewayLowering {
  const label = `${namespace}/${name}`;
  const groups = listOf(options['security-groups']);
  const policy = options['iam-policy'];
  const ownGroups = (table.loadBalancer.intents ?? []).some(({ kind }) => kind === 'awsSecurityGroups');
  const destinations = listOf(options['access-logs']);
  const written = destinations.filter((arn) => destinationOf(arn) !== 's3' || !hasOwnBucket(table));
  const unused = (option: string, what: string) => find.unused({ option, what, gateway: label }, place);
  return {
    routeAnnotations: tagAnnotations(table),
    policies: [
      ...(groups.length === 0 || ownGroups ? [] : [part(vpcAssociationPolicy, { securityGroupIds: groups, associateWithVpc: true })]),
      ...(policy === undefined ? [] : [part(iamAuthPolicy, { policy })]),
    ],
    objects: written.map((arn): ExtensionObject => {
      const { apiVersion, kind } = accessLogPolicy;
      const spec = accessLogPolicy.write({ destinationArn: arn }, [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name }], name);
      return { apiVersion, kind, metadata: { name: `${name}-${destinationOf(arn)}`, namespace }, spec };
    }),
    findings: [
      ...(groups.length > 0 && ownGroups ? [unused('security-groups', 'security groups')] : []),
      ...(written.length < destinations.length ? [unused('access-logs', 'a bucket for access logs')] : []),
      ...(policy === undefined ? [] : [find['iam-policy']({ gateway: label })]),
    ],
  };
}

function part(policy: PolicyKind, spec: JsonObject): PolicyPart {
  return { policy, on: { to: 'gateway', as: 'target' }, spec };
}
