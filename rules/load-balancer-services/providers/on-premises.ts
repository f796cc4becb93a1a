import {
  ADDRESS,
  DNS,
  firewall,
  internal,
  is,
  isTrue,
  OBSERVED,
  type Provider,
  provider,
  proxyProtocol,
  TLS,
  TUNING,
} from '../provider.ts';

/** Load balancers of a cluster's own, and OpenStack's. */
export const onPremises: readonly Provider[] = [
  provider('OpenStack', 'service.beta.kubernetes.io/openstack-internal-load-balancer', { '': internal(isTrue) }),
  provider(
    'OpenStack',
    'loadbalancer.openstack.org/',
    {
      'proxy-protocol': proxyProtocol((value) => !['', 'false'].includes(value.trim())),
      'default-tls-container-ref': TLS,
      'load-balancer-address': OBSERVED,
      'load-balancer-id': OBSERVED,
      hostname: DNS,
    },
    `floating-network-id floating-subnet floating-subnet-id floating-subnet-tags class network-id subnet-id member-subnet-id port-id
    connection-limit keep-floatingip timeout-client-data timeout-member-connect timeout-member-data timeout-tcp-inspect flavor-id
    availability-zone x-forwarded-for enable-health-monitor health-monitor-delay health-monitor-timeout health-monitor-max-retries
    health-monitor-max-retries-down lb-method node-selector`,
  ),
  ...['metallb.universe.tf/', 'metallb.io/'].map((prefix) =>
    provider(
      'MetalLB',
      prefix,
      { 'address-pool': ADDRESS, loadBalancerIPs: ADDRESS, 'ip-allocated-from-pool': OBSERVED },
      'allow-shared-ip',
    ),
  ),
  provider(
    'kube-vip',
    'kube-vip.io/',
    { loadbalancerIPs: ADDRESS, loadbalancerHostname: DNS, vipHost: OBSERVED },
    'serviceInterface ignore egress',
  ),
  provider('Cilium', 'lbipam.cilium.io/', { ips: ADDRESS }, 'sharing-key sharing-cross-namespace'),
  provider('Cilium', 'io.cilium/', { 'lb-ipam-ips': ADDRESS }, 'lb-ipam-sharing-key lb-ipam-sharing-cross-namespace'),
  provider(
    'Cilium',
    'service.cilium.io/',
    // With it the source ranges are those that may not connect.
    { 'src-ranges-policy': firewall(is('deny')) },
    'affinity forwarding-mode global global-sync-endpoint-slices lb-algorithm lb-l7 lb-l7-algorithm node node-selector proxy-delegation shared type',
  ),
  provider('Calico', 'projectcalico.org/', { loadBalancerIPs: ADDRESS, ipv4pools: ADDRESS, ipv6pools: ADDRESS }),
  provider('Tailscale', 'tailscale.com/', { expose: TUNING, hostname: DNS }, 'tags proxy-class proxy-group'),
];
