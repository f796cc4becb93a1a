import { ADDRESS, FIREWALL, internal, is, type Provider, provider, proxyProtocol, TLS } from '../provider.ts';

/** `pkg/annotations/constants.go` of the AWS Load Balancer Controller and `pkg/providers/v1/aws.go` of the in-tree provider. */
export const aws: readonly Provider[] = [
  provider(
    'AWS',
    'service.beta.kubernetes.io/aws-load-balancer-',
    {
      // The in-tree provider takes any text but these for yes: 0.0.0.0/0 was once asked for.
      internal: internal((value) => !['', 'false'].includes(value.trim().toLowerCase())),
      scheme: internal(is('internal')),
      'ssl-cert': TLS,
      'security-groups': FIREWALL,
      'security-group-prefix-lists': FIREWALL,
      'proxy-protocol': proxyProtocol((value) => value.trim() !== ''),
      'proxy-protocol-per-target-group': proxyProtocol((value) => value.trim() !== ''),
      'target-group-attributes': proxyProtocol((value) => /proxy_protocol_v2\.enabled\s*=\s*true/i.test(value)),
      'eip-allocations': ADDRESS,
      'private-ipv4-addresses': ADDRESS,
      'ipv6-addresses': ADDRESS,
    },
    `type name nlb-target-type subnets ip-address-type ssl-ports ssl-negotiation-policy backend-protocol alpn-policy attributes
    additional-resource-tags cross-zone-load-balancing-enabled connection-draining-enabled connection-draining-timeout
    connection-idle-timeout access-log-enabled access-log-emit-interval access-log-s3-bucket-name access-log-s3-bucket-prefix
    extra-security-groups manage-backend-security-group-rules inbound-sg-rules-on-private-link-traffic target-node-labels
    healthcheck-protocol healthcheck-port healthcheck-path healthcheck-interval healthcheck-timeout healthcheck-healthy-threshold
    healthcheck-unhealthy-threshold healthcheck-success-codes multi-cluster-target-group minimum-load-balancer-capacity
    enable-prefix-for-ipv6-source-nat source-nat-ipv6-prefixes listener-attributes enable-tcp-udp-listener disable-nlb-sg
    enable-icmp-for-path-mtu-discovery quic-enabled-ports`,
  ),
];
