import { defineFindings } from '../../ledger/finding.ts';
import type { GatewayContext, GatewayLowering } from '../contract.ts';
import { searchedHosts } from './certificates.ts';
import { dryRun } from './dry-run.ts';
import { loadBalancer } from './fragments.ts';
import { frontendObjects } from './frontend-nlb.ts';

const find = defineFindings('aws-alb/scheme', {
  assumed: {
    level: 'warning',
    message: (a: { gateway: string }) =>
      `Gateway ${a.gateway} was written for an internal load balancer: the input does not say whether clients come from the internet`,
    help: () => 'If they do, set scheme: internet-facing in its LoadBalancerConfiguration.',
  },
  public: {
    level: 'note',
    message: (a: { gateway: string }) => `Gateway ${a.gateway} was written for a load balancer that faces the internet, as Google's does`,
  },
});

/**
 * ALB Ingresses say who can reach them, and those of GKE by their class. Of other controllers a Service says so, which is not theirs:
 * better nobody than everybody.
 */
export function gateway(context: GatewayContext): GatewayLowering {
  const {
    table,
    gateway: { namespace, name },
    place,
  } = context;
  const { annotations, findings } = dryRun(context);
  if ((table.loadBalancer.intents ?? []).some(({ kind }) => kind === 'awsScheme'))
    return { annotations, listeners: certifiedHosts(context), policies: [], objects: frontendObjects(context, annotations), findings };
  const label = { gateway: `${namespace}/${name}` };
  if (table.vendor === 'gke') {
    const isSaid = table.hosts.some(({ intents, rules }) =>
      [...intents, ...rules.flatMap((rule) => rule.intents)].some((intent) => intent.kind === 'gke' && intent.feature === 'network'),
    );
    const policies = isSaid ? [] : [loadBalancer({ scheme: 'internet-facing' })];
    return { annotations, policies, objects: [], findings: [...(isSaid ? [] : [find.public(label, place)]), ...findings] };
  }
  return {
    annotations,
    policies: [loadBalancer({ scheme: 'internal' })],
    objects: [],
    findings: [find.assumed(label, place), ...findings],
  };
}

/** The load balancer has one listener a port: a hostname without routes does nothing but lead to its certificate. */
function certifiedHosts({ table, listeners }: GatewayContext): GatewayLowering['listeners'] & {} {
  const ports = new Set(listeners.filter(({ protocol }) => protocol === 'HTTPS').map(({ port }) => port));
  return searchedHosts(table)
    .filter(({ port }) => ports.has(port))
    .map((each) => ({ ...each, protocol: 'HTTPS' }));
}
