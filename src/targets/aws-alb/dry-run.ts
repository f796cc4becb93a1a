import { defineFindings } from '../../ledger/finding.ts';
import type { GatewayContext, GatewayLowering } from '../contract.ts';
import type { TargetOption } from '../target-option.ts';

const find = defineFindings('aws-alb/dry-run', {
  on: {
    level: 'note',
    message: (a: { gateway: string }) =>
      `Gateway ${a.gateway} asks for a dry run: the controller works out what it would make, and makes nothing. A Gateway that it serves already is served on`,
    help: (a) => {
      const [namespace = '', name = ''] = a.gateway.split('/');
      return `kubectl get gateway ${name} -n ${namespace} -o jsonpath='{.metadata.annotations.gateway\\.k8s\\.aws/dry-run-plan}' shows its plan. Then kubectl annotate gateway ${name} -n ${namespace} gateway.k8s.aws/dry-run- lets it be made.`;
    },
  },
});

export const dryRunOption: TargetOption = {
  name: 'dry-run',
  description: 'true: the controller shows what it would make of each Gateway, and makes nothing until the annotation is taken away',
  problem: (value) => (value === 'true' || value === 'false' ? null : 'it is true or false'),
};

/** An annotation that the controller heeds until the Gateway has its finalizer. */
export function dryRun({ options, gateway }: GatewayContext): Required<Pick<GatewayLowering, 'annotations' | 'findings'>> {
  if (options[dryRunOption.name] !== 'true') return { annotations: {}, findings: [] };
  return {
    annotations: { 'gateway.k8s.aws/dry-run': 'true' },
    // Of the load balancer and not of a setting: it stands in no file.
    findings: [find.on({ gateway: `${gateway.namespace}/${gateway.name}` })],
  };
}
