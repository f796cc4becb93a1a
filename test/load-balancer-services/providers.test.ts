import { describe, expect, it } from 'vitest';
import { meaningOf, PROVIDERS } from '../../rules/load-balancer-services/providers.ts';

/** Annotations of Services by the source that reads them, each after the prefix that those before it share. */
const UPSTREAM: readonly (readonly [source: string, prefix: string, names: string])[] = [
  ['aws-load-balancer-controller pkg/annotations/constants.go', 'service.beta.kubernetes.io/', `load-balancer-source-ranges`],
  [
    'aws-load-balancer-controller pkg/annotations/constants.go',
    'service.beta.kubernetes.io/aws-load-balancer-',
    `type nlb-target-type name scheme internal proxy-protocol proxy-protocol-per-target-group ip-address-type
    access-log-enabled access-log-s3-bucket-name access-log-s3-bucket-prefix cross-zone-load-balancing-enabled ssl-cert
    ssl-ports ssl-negotiation-policy backend-protocol additional-resource-tags healthcheck-healthy-threshold
    healthcheck-unhealthy-threshold healthcheck-timeout healthcheck-interval healthcheck-protocol healthcheck-port
    healthcheck-path healthcheck-success-codes target-group-attributes subnets eip-allocations private-ipv4-addresses
    ipv6-addresses alpn-policy target-node-labels attributes security-groups manage-backend-security-group-rules
    inbound-sg-rules-on-private-link-traffic security-group-prefix-lists listener-attributes multi-cluster-target-group
    enable-prefix-for-ipv6-source-nat source-nat-ipv6-prefixes minimum-load-balancer-capacity
    enable-icmp-for-path-mtu-discovery enable-tcp-udp-listener disable-nlb-sg quic-enabled-ports`,
  ],
  [
    'cloud-provider-aws pkg/providers/v1',
    'service.beta.kubernetes.io/aws-load-balancer-',
    `access-log-emit-interval access-log-enabled access-log-s3-bucket-name access-log-s3-bucket-prefix
    additional-resource-tags backend-protocol connection-draining-enabled connection-draining-timeout
    connection-idle-timeout cross-zone-load-balancing-enabled eip-allocations extra-security-groups
    healthcheck-healthy-threshold healthcheck-interval healthcheck-path healthcheck-port healthcheck-protocol
    healthcheck-timeout healthcheck-unhealthy-threshold internal private-ipv4-addresses proxy-protocol security-groups
    ssl-cert ssl-negotiation-policy ssl-ports subnets target-group-attributes target-node-labels type`,
  ],
  [
    'cloud-provider-azure pkg/consts/consts.go',
    'service.beta.kubernetes.io/azure-',
    `additional-public-ips allowed-ip-ranges allowed-service-tags deny-all-except-load-balancer-source-ranges
    disable-load-balancer-floating-ip disable-load-balancer-nsg-rule dns-label-name load-balancer-configurations
    load-balancer-disable-tcp-reset load-balancer-enable-high-availability-ports load-balancer-health-probe-interval
    load-balancer-health-probe-num-of-probe load-balancer-health-probe-protocol load-balancer-health-probe-request-path
    load-balancer-internal load-balancer-internal-subnet load-balancer-ipv4 load-balancer-ipv6 load-balancer-mode
    load-balancer-resource-group load-balancer-tcp-idle-timeout pip-ip-tags pip-name pip-name-ipv6 pip-prefix-id
    pip-prefix-id-ipv6 pip-tags pls-auto-approval pls-create pls-fqdns pls-ip-configuration-ip-address
    pls-ip-configuration-ip-address-count pls-ip-configuration-subnet pls-name pls-proxy-protocol pls-resource-group
    pls-visibility`,
  ],
  [
    'cloud-provider-openstack pkg/openstack/loadbalancer.go',
    'loadbalancer.openstack.org/',
    `availability-zone class connection-limit default-tls-container-ref enable-health-monitor flavor-id floating-network-id
    floating-subnet floating-subnet-id floating-subnet-tags health-monitor-delay health-monitor-max-retries
    health-monitor-max-retries-down health-monitor-timeout hostname keep-floatingip lb-method load-balancer-address
    load-balancer-id member-subnet-id network-id node-selector port-id proxy-protocol subnet-id timeout-client-data
    timeout-member-connect timeout-member-data timeout-tcp-inspect x-forwarded-for`,
  ],
  ['cloud-provider-openstack pkg/openstack/loadbalancer.go', 'service.beta.kubernetes.io/', `openstack-internal-load-balancer`],
  [
    'digitalocean-cloud-controller-manager cloud-controller-manager/do',
    'service.beta.kubernetes.io/do-loadbalancer-',
    `algorithm allow-rules certificate-id certificate-name deny-rules disable-lets-encrypt-dns-records
    enable-backend-keepalive enable-proxy-protocol healthcheck-check-interval-seconds healthcheck-healthy-threshold
    healthcheck-path healthcheck-port healthcheck-protocol healthcheck-response-timeout-seconds
    healthcheck-unhealthy-threshold hostname http-idle-timeout-seconds http-ports http2-ports http3-port ip name network
    network-stack override-health-check protocol redirect-http-to-https size-slug size-unit sticky-sessions-cookie-name
    sticky-sessions-cookie-ttl sticky-sessions-type subnet-uuid tls-passthrough tls-ports type`,
  ],
  ['digitalocean-cloud-controller-manager cloud-controller-manager/do', 'kubernetes.digitalocean.com/', `load-balancer-id`],
  ['digitalocean-cloud-controller-manager cloud-controller-manager/do', 'service.kubernetes.io/', `do-loadbalancer-disown`],
  [
    'hcloud-cloud-controller-manager internal/annotation',
    'load-balancer.hetzner.cloud/',
    `algorithm-type certificate-type disable-private-ingress disable-public-network health-check-http-domain
    health-check-http-path health-check-http-validate-certificate health-check-interval health-check-port
    health-check-protocol health-check-retries health-check-timeout hostname http-certificates http-cookie-lifetime
    http-cookie-name http-managed-certificate-acme-staging http-managed-certificate-domains http-managed-certificate-name
    http-redirect-http http-status-codes http-sticky-sessions http-timeout-idle id ipv4 ipv4-rdns ipv6 ipv6-disabled
    ipv6-rdns location name network-zone node-selector private-ipv4 private-subnet-ip-range protocol type use-private-ip
    uses-proxyprotocol`,
  ],
  ['metallb controller/service.go', 'metallb.io/', `address-pool loadBalancerIPs ip-allocated-from-pool allow-shared-ip`],
  [
    'oci-cloud-controller-manager pkg/cloudprovider/providers/oci',
    'oci-network-load-balancer.oraclecloud.com/',
    `assigned-ipv6 assigned-private-ipv4 backend-policy defined-tags external-ip-only freeform-tags health-check-interval
    health-check-retries health-check-timeout initial-defined-tags-override initial-freeform-tags-override internal
    is-ppv2-enabled is-preserve-source node-label-selector oci-network-security-groups security-list-management-mode subnet`,
  ],
  [
    'oci-cloud-controller-manager pkg/cloudprovider/providers/oci',
    'oci.oraclecloud.com/',
    `ingress-ip-mode initial-defined-tags-override initial-freeform-tags-override load-balancer-type loadbalancer-policy
    node-label-selector oci-backend-network-security-group oci-load-balancer-backendset-ssl-config
    oci-load-balancer-listener-ssl-config oci-load-balancer-rule-sets oci-network-security-groups
    security-rule-management-mode`,
  ],
  [
    'oci-cloud-controller-manager pkg/cloudprovider/providers/oci',
    'service.beta.kubernetes.io/oci-load-balancer-',
    `backend-protocol connection-idle-timeout connection-proxy-protocol-version health-check-interval health-check-retries
    health-check-timeout internal security-list-management-mode shape shape-flex-max shape-flex-min ssl-ports subnet1
    subnet2 tls-backendset-secret tls-secret`,
  ],
  [
    'linode-cloud-controller-manager cloud/annotations',
    'service.beta.kubernetes.io/linode-loadbalancer-',
    `backend-ipv4-range backend-subnet-id backend-subnet-name backend-vpc-name check-attempts check-body check-interval
    check-passive check-path check-timeout check-type default-algorithm default-protocol default-proxy-protocol
    default-stickiness enable-ipv6-backends enable-ipv6-ingress firewall-acl firewall-id frontend-ipv4-range
    frontend-ipv6-range frontend-subnet-id frontend-subnet-name frontend-vpc-name hostname-only-ingress nodebalancer-id
    nodebalancer-type preserve proxy-protocol reserved-ipv4 retain-reserved-ipv4 tags throttle udp-check-port`,
  ],
  [
    'scaleway-cloud-controller-manager scaleway/loadbalancers_annotations.go',
    'service.beta.kubernetes.io/scw-loadbalancer-',
    `certificate-ids connection-rate-limit enable-access-logs enable-http3 externally-managed failover-host flexible-ip-types
    force-internal-ip forward-port-algorithm health-check-delay health-check-from-service health-check-http-code
    health-check-http-method health-check-http-uri health-check-max-retries health-check-mysql-user health-check-pgsql-user
    health-check-send-proxy health-check-timeout health-check-type health-transient-check-delay http-backend-tls
    http-backend-tls-skip-verify id ip-ids ip-mode max-connections max-retries on-marked-down-action pn-ids private
    private-ip-ids protocol-http proxy-protocol-v1 proxy-protocol-v2 redispatch-attempt-count send-proxy-v2
    ssl-compatibility-level sticky-sessions sticky-sessions-cookie-name target-node-labels timeout-client timeout-connect
    timeout-queue timeout-server timeout-tunnel type use-hostname zone`,
  ],
  [
    'vultr-cloud-controller-manager vultr/loadbalancers.go',
    'service.beta.kubernetes.io/vultr-loadbalancer-',
    `algorithm auto-ssl backend-protocol create firewall-rules firewall-rules-cm healthcheck-check-interval
    healthcheck-healthy-threshold healthcheck-path healthcheck-port healthcheck-protocol healthcheck-response-timeout
    healthcheck-unhealthy-threshold hostname http2 http3 https-ports id label node-count private-network protocol
    proxy-protocol ssl ssl-last-updated ssl-pass-through ssl-redirect sticky-session-cookie-name sticky-session-enabled
    timeout vpc`,
  ],
];

describe('annotations of load balancers', () => {
  it.each(UPSTREAM)('%s: each of %s is known', (_, prefix, names) => {
    const all = names.split(/\s+/).filter((name) => name !== '');
    expect(all.filter((name) => meaningOf({ name: `${prefix}${name}` }) === null)).toEqual([]);
  });

  it('are listed once', () => {
    const prefixes = PROVIDERS.map(({ prefix }) => prefix);
    expect(prefixes.filter((prefix, index) => prefixes.indexOf(prefix) !== index)).toEqual([]);
  });
});
