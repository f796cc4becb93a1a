import type { GRPCRoute, HTTPRoute, OutputObject } from '../../gateway/types.ts';
import { defineFindings, type Finding } from '../../ledger/finding.ts';
import type { WrittenTable } from '../contract.ts';

const find = defineFindings('aws-alb', {
  'quota/rules': {
    level: 'warning',
    message: (a: { gateway: string; rules: number; quota: number }) =>
      `Gateway ${a.gateway} becomes ${a.rules} rules of one load balancer, each host times each match: above the usual quota of ${a.quota}`,
    help: () =>
      'Ask for more before applying (aws service-quotas list-service-quotas --service-code elasticloadbalancing names the code for aws service-quotas request-service-quota-increase), or spread the hosts over several Gateways.',
  },
  'quota/target-groups': {
    level: 'warning',
    message: (a: { gateway: string; groups: number; quota: number }) =>
      `Gateway ${a.gateway} sends to ${a.groups} Services and ports, each a target group: above the usual quota of ${a.quota} for one load balancer`,
    help: () => 'Ask for more before applying, or spread the hosts over several Gateways.',
  },
  'move/address': {
    level: 'note',
    message: (a: { gateway: string }) => `Gateway ${a.gateway} gets a load balancer of its own beside the old one, with a new address`,
    help: (a) => {
      const [namespace = '', name = ''] = a.gateway.split('/');
      return `kubectl get gateway ${name} -n ${namespace} -o jsonpath='{.status.addresses[0].value}' shows it once it is there. Try it with curl --connect-to, then point the hosts' DNS records at it, and delete the Ingresses last.`;
    },
  },
});

type Route = HTTPRoute | GRPCRoute;

const QUOTA = { rules: 100, groups: 100 } as const;

/** Quotas of the load balancer that no object shows, and the way over to it. */
export function review({ gateway: { namespace, name }, place, objects, listeners }: WrittenTable): readonly Finding[] {
  if (listeners.length === 0) return [];
  const gateway = `${namespace}/${name}`;
  const routes = objects.filter((object): object is Route => object.kind === 'HTTPRoute' || object.kind === 'GRPCRoute');
  const rules = routes.reduce((sum, route) => sum + rulesOf(route), 0);
  const groups = new Set(routes.flatMap(targetsOf)).size;
  return [
    ...(rules > QUOTA.rules ? [find['quota/rules']({ gateway, rules, quota: QUOTA.rules }, place)] : []),
    ...(groups > QUOTA.groups ? [find['quota/target-groups']({ gateway, groups, quota: QUOTA.groups }, place)] : []),
    find['move/address']({ gateway }, place),
  ];
}

/** On each listener that the route is bound to. */
function rulesOf({ spec }: Route): number {
  const matches = spec.rules.reduce((sum: number, rule) => sum + (rule.matches ?? [{}]).length, 0);
  return matches * Math.max(1, (spec.hostnames ?? []).length) * spec.parentRefs.length;
}

function targetsOf({ metadata, spec }: Route & OutputObject): readonly string[] {
  return spec.rules.flatMap((rule) =>
    (rule.backendRefs ?? []).map((ref) => `${metadata.name} ${ref.namespace ?? metadata.namespace}/${ref.name}:${ref.port}`),
  );
}
