import { defineFindings } from '../../ledger/finding.ts';
import type { Target } from '../contract.ts';

const find = defineFindings('traefik/gateway', {
  'entry-points': {
    level: 'warning',
    message: (a: { gateway: string; ports: string }) =>
      `Traefik serves a listener only on a port of one of its entry points: Gateway ${a.gateway} needs entry points on ${a.ports}`,
    help: () =>
      'The Helm chart has them on 8000 and 8443 inside the pod: set ports.web.port=80 and ports.websecure.port=443, or change the ports of the listeners. Middlewares and TraefikServices need providers.kubernetesCRD (with allowEmptyServices) beside providers.kubernetesGateway, for the namespaces of the routes.',
  },
});

export const gatewayFindings: NonNullable<Target['gatewayFindings']> = ({ name, ports }) => [
  find['entry-points']({ gateway: name, ports: ports.join(' and ') }),
];
