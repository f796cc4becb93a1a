import { defineFindings } from '../../ledger/finding.ts';
import type { GatewayContext, GatewayLowering } from '../contract.ts';
import { loadBalancer } from './fragments.ts';
import { frontendObjects } from './frontend-nlb.ts';

const find = defineFindings('aws-alb/scheme', {
  assumed: {
    level: 'warning',
    message: (a: { gateway: string }) =>
      `Gateway ${a.gateway} was written for an internal load balancer: the input does not say whether clients come from the internet`,
    help: () => 'If they do, set scheme: internet-facing in its LoadBalancerConfiguration.',
  },
});

/** ALB Ingresses say who can reach them. Of other controllers a Service says so, which is not theirs: better nobody than everybody. */
export function gateway(context: GatewayContext): GatewayLowering {
  const {
    table,
    gateway: { namespace, name },
    place,
  } = context;
  if ((table.loadBalancer.intents ?? []).some(({ kind }) => kind === 'awsScheme'))
    return { policies: [], objects: frontendObjects(context), findings: [] };
  return {
    policies: [loadBalancer({ scheme: 'internal' })],
    objects: [],
    findings: [find.assumed({ gateway: `${namespace}/${name}` }, place)],
  };
}
