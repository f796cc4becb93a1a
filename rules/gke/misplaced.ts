import { defineFindings } from '../../src/ledger/finding.ts';
import { entryOf, type Read, text } from '../../src/rule/codec.ts';
import { at, defineRule, type RuleOutput } from '../../src/rule/rule.ts';
import { inert, placeOf } from './settlement.ts';

export const misplacedFindings = defineFindings('gke/misplaced', {
  'on-ingress': {
    level: 'warning',
    message: (a: { annotation: string; kind: string }) => `${a.annotation} is read on a ${a.kind}; on an Ingress it has no effect`,
    help: (a) => `If it was meant to be in force, it never was. Put it on the ${a.kind}, and convert again.`,
    security: true,
  },
});

/** Annotations of other kinds than Ingress. */
export function misplaced(kind: string, reads: readonly Read<unknown>[]): RuleOutput<null> {
  const findings = reads.flatMap(entryOf).map((entry) => ({
    entry,
    finding: misplacedFindings['on-ingress']({ annotation: entry.name, kind }, placeOf(entry)),
  }));
  return { settled: findings.flatMap(({ entry, finding }) => inert([entry], finding)), findings: findings.map(({ finding }) => finding) };
}

/** Of Services of type LoadBalancer, which have a controller of their own. */
export const loadBalancerServices = defineRule({
  id: 'gke/load-balancer-services',
  title: 'Settings of Services of type LoadBalancer',
  docs: 'https://cloud.google.com/kubernetes-engine/docs/concepts/service-load-balancer-parameters',
  scope: 'tool',
  becomes: 'inert',
  reads: {
    type: at('networking.gke.io/load-balancer-type', text),
    oldType: at('cloud.google.com/load-balancer-type', text),
    tier: at('cloud.google.com/network-tier', text),
    backendServices: at('cloud.google.com/l4-rbs', text),
    subnet: at('networking.gke.io/load-balancer-subnet', text),
    internalSubnet: at('networking.gke.io/internal-load-balancer-subnet', text),
    globalAccess: at('networking.gke.io/internal-load-balancer-allow-global-access', text),
    addresses: at('networking.gke.io/load-balancer-ip-addresses', text),
    affinity: at('networking.gke.io/l4-strong-session-affinity', text),
    weighted: at('networking.gke.io/weighted-load-balancing', text),
    config: at('networking.gke.io/l4lb-config', text),
    forwardingRule: at('networking.gke.io/custom-forwarding-rule', text),
    collection: at('networking.gke.io/ip-collection-v6', text),
    sourceRanges: at('service.beta.kubernetes.io/load-balancer-source-ranges', text),
  },
  findings: misplacedFindings,
  convert: ({ read }) => misplaced('Service of type LoadBalancer', Object.values(read)),
});

export const multiClusterAnnotations = defineRule({
  id: 'gke/multi-cluster-annotations',
  title: 'Settings of a MultiClusterIngress',
  docs: 'https://cloud.google.com/kubernetes-engine/docs/how-to/multi-cluster-ingress',
  scope: 'tool',
  becomes: 'inert',
  reads: {
    address: at('networking.gke.io/static-ip', text),
    certificates: at('networking.gke.io/pre-shared-certs', text),
    frontend: at('networking.gke.io/frontend-config', text),
  },
  findings: misplacedFindings,
  convert: ({ read }) => misplaced('MultiClusterIngress', Object.values(read)),
});

export const multiClusterServiceAnnotations = defineRule({
  id: 'gke/multi-cluster-service-annotations',
  title: 'Settings of a MultiClusterService',
  docs: 'https://cloud.google.com/kubernetes-engine/docs/how-to/multi-cluster-ingress',
  scope: 'tool',
  becomes: 'inert',
  reads: { protocols: at('networking.gke.io/app-protocols', text) },
  findings: misplacedFindings,
  convert: ({ read }) => misplaced('MultiClusterService', Object.values(read)),
});
