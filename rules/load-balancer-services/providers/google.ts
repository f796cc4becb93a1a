import { ADDRESS, internal, is, OBSERVED, type Provider, provider } from '../provider.ts';

/** https://cloud.google.com/kubernetes-engine/docs/concepts/service-load-balancer-parameters */
export const google: readonly Provider[] = [
  provider(
    'GKE',
    'networking.gke.io/',
    {
      'load-balancer-type': internal(is('internal')),
      'load-balancer-ip-addresses': ADDRESS,
      'ip-address': ADDRESS,
      'custom-forwarding-rule': ADDRESS,
      'ip-collection-v6': ADDRESS,
    },
    `internal-load-balancer-allow-global-access internal-load-balancer-subnet load-balancer-subnet weighted-load-balancing enable-l4-ipv6
    l4-logging-config-map l4lb-config l4-strong-session-affinity suppress-firewall-xpn-error transparent-health-checker`,
  ),
  provider(
    'GKE',
    'cloud.google.com/',
    { 'load-balancer-type': internal(is('internal')), 'neg-status': OBSERVED },
    'l4-rbs network-tier neg backend-config app-protocols',
  ),
];
