import { ADDRESS, DNS, FIREWALL, firewall, internal, isTrue, type Provider, provider, proxyProtocol, TUNING } from '../provider.ts';

/** `pkg/consts/consts.go` of cloud-provider-azure. */
export const azure: readonly Provider[] = [
  provider(
    'Azure',
    'service.beta.kubernetes.io/azure-',
    {
      'load-balancer-internal': internal(isTrue),
      'allowed-service-tags': FIREWALL,
      'allowed-ip-ranges': FIREWALL,
      'deny-all-except-load-balancer-source-ranges': firewall(isTrue),
      // Then the rules of the network are somebody's own.
      'disable-load-balancer-nsg-rule': firewall(isTrue),
      'pls-create': firewall(isTrue),
      'load-balancer-ipv4': ADDRESS,
      'load-balancer-ipv6': ADDRESS,
      'pip-name': ADDRESS,
      'pip-name-ipv6': ADDRESS,
      'pip-prefix-id': ADDRESS,
      'pip-prefix-id-ipv6': ADDRESS,
      'additional-public-ips': ADDRESS,
      'dns-label-name': DNS,
      'pls-proxy-protocol': proxyProtocol(isTrue),
    },
    `load-balancer-internal-subnet load-balancer-mode load-balancer-resource-group load-balancer-tcp-idle-timeout load-balancer-disable-tcp-reset
    load-balancer-enable-high-availability-ports load-balancer-configurations load-balancer-health-probe-protocol
    load-balancer-health-probe-interval load-balancer-health-probe-num-of-probe load-balancer-health-probe-request-path shared-securityrule
    disable-load-balancer-floating-ip pip-tags pip-ip-tags pls-name pls-resource-group pls-visibility pls-auto-approval pls-fqdns
    pls-ip-configuration-subnet pls-ip-configuration-ip-address-count pls-ip-configuration-ip-address`,
  ),
  provider('Azure', 'service.beta.kubernetes.io/port_', {}, '', [
    // The port is not on the load balancer at all.
    { name: /^\d+_no_lb_rule$/, meaning: firewall(isTrue) },
    { name: /^\d+_[a-z_-]+$/, meaning: TUNING },
  ]),
];
