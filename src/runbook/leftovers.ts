import type { RoutingTable, Vendor } from '../route/table.ts';
import type { RunbookInput } from './input.ts';
import { code, inContext, some, stepText, word } from './markdown.ts';

/** What stands around once the last Ingress of a load balancer is gone. */
export function leftoverSection(input: RunbookInput): readonly string[] {
  const vendors = [...new Set(input.tables.filter(({ loadBalancer }) => loadBalancer.ingresses.length > 0).map(({ vendor }) => vendor))];
  const blocked = input.ledger.ingresses.filter(({ status }) => status === 'skipped');
  return [
    '## 5. When the last Ingress is gone',
    ...(blocked.length === 0
      ? []
      : [
          `${some(blocked.length, 'Ingress is', 'Ingresses are')} not part of this plan, and the controllers that serve them stay: ${blocked
            .slice(0, 10)
            .map(({ ref }) => code(`${ref.namespace}/${ref.name}`))
            .join(', ')}${blocked.length > 10 ? ' …' : ''}.`,
        ]),
    ...vendors.flatMap((vendor, index) => stepText(farewell(vendor, `5.${index + 1}`, input))),
  ];
}

function farewell(vendor: Vendor, label: string, input: RunbookInput) {
  const { kubectl } = input.commands;
  const classes = classesOf(input.tables.filter((table) => table.vendor === vendor));
  const remaining = `${kubectl} get ingress -A -o custom-columns=NAMESPACE:.metadata.namespace,NAME:.metadata.name,CLASS:.spec.ingressClassName,OLDCLASS:.metadata.annotations.kubernetes\\.io/ingress\\.class`;
  const common = 'no Ingress of this controller is left (one without class counts, where its class is the default)';
  switch (vendor) {
    case 'nginx':
    case 'nginx-inc':
    case 'kubernetes': {
      const names = classes.map((name) => word(name));
      return {
        title: `${label} Uninstall the controller of ${classes.length === 0 ? 'the Ingresses' : classes.map(code).join(', ')}`,
        check: [
          remaining,
          `${kubectl} get services -A -o jsonpath='{range .items[?(@.spec.type=="LoadBalancer")]}{.metadata.namespace}/{.metadata.name} {.status.loadBalancer.ingress}{"\\n"}{end}'`,
          inContext('helm list -A   # the release of the controller', kubectl),
        ] as const,
        expect: `${common}, no record leads to the address of its Service, and nothing else does either: firewalls of partners, monitoring, TCP and UDP ports. The address goes with the Service; where it has to stay yours, reserve it at the cloud first. An Ingress that is left loses the address in its status when the controller stops, and with external-dns its record.`,
        act: [
          inContext('helm uninstall RELEASE -n NAMESPACE   # both as helm list names them', kubectl),
          ...names.map((name) => `${kubectl} delete ingressclass ${name}`),
        ] as const,
        after: [
          `${kubectl} get ingressclasses,validatingwebhookconfigurations   # a webhook that stays behind refuses every Ingress`,
        ] as const,
        back: [
          'install the same release with the same values again. Its load balancer then has another address, unless that was reserved.',
        ],
      };
    }
    case 'alb':
      return {
        title: `${label} Load balancers of the AWS Load Balancer Controller`,
        check: [remaining, 'aws elbv2 describe-load-balancers --query "LoadBalancers[].[LoadBalancerName,DNSName]" --output text'] as const,
        expect: `${common}. An ALB is deleted by the controller with the last Ingress of its group, by way of a finalizer: none is deleted by hand.${input.target.controllerName?.startsWith('gateway.k8s.aws/') ? ' The same controller serves the new Gateways: it stays.' : ''}`,
        act: [
          '# Nothing is left to do but to delete IngressClasses and IngressClassParams that nobody refers to:',
          ...classes.map((name) => `${kubectl} delete ingressclass ${word(name)}`),
        ] as const,
        after: [
          `${kubectl} get ingressclasses,ingressclassparams`,
          'aws elbv2 describe-load-balancers --query "LoadBalancers[].[LoadBalancerName,DNSName]" --output text',
        ] as const,
        back: ['an Ingress that is applied again gets a new ALB with a new name: records have to follow.'],
      };
    case 'gke':
      return {
        title: `${label} Load balancers and addresses of GKE Ingress`,
        check: [
          remaining,
          'gcloud compute addresses list --global   # IN_USE or RESERVED',
          `${kubectl} get managedcertificates,frontendconfigs,backendconfigs -A`,
        ] as const,
        expect: `${common}. GKE deletes a load balancer with its Ingress; an address that was not reserved is lost with it, one that was stays and is paid for. ManagedCertificates serve the Ingress alone, and BackendConfigs may still be named by Services.`,
        act: [
          '# Per object, once nothing refers to it:',
          '# gcloud compute addresses delete NAME --global',
          `# ${kubectl} delete managedcertificate NAME -n NAMESPACE`,
        ] as const,
        after: ['gcloud compute forwarding-rules list --global'] as const,
        back: [
          'an Ingress that is applied again gets a new load balancer, with the same address only if that is still reserved, and its ManagedCertificate has to be provisioned anew.',
        ],
      };
    default:
      throw new Error(`no farewell for ${vendor satisfies never}`);
  }
}

function classesOf(tables: readonly RoutingTable[]): readonly string[] {
  return [...new Set(tables.flatMap(({ loadBalancer }) => loadBalancer.className ?? []))].sort();
}
