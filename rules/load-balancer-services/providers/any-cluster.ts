import { DNS, OBSERVED, type Provider, provider, SOURCES } from '../provider.ts';

/** What Kubernetes itself and tools of any cluster read. */
export const anyCluster: readonly Provider[] = [
  provider('Kubernetes', 'service.beta.kubernetes.io/', { 'load-balancer-source-ranges': SOURCES }),
  provider('Kubernetes', 'service.kubernetes.io/', { 'service-proxy-name': OBSERVED }, 'topology-mode topology-aware-hints'),
  provider(
    'external-dns',
    'external-dns.alpha.kubernetes.io/',
    { hostname: DNS, 'internal-hostname': DNS, target: DNS },
    'ttl controller set-identifier access endpoints-type aws-weight cloudflare-proxied alias',
  ),
];
