import type { Entry } from '../../src/model/entry.ts';

/** What an annotation of a Service asks its load balancer for. */
export type Meaning =
  /** Reachable from inside a network alone, where `on` says so of the value. */
  | { readonly kind: 'internal'; readonly on: (value: string) => boolean }
  /** A list of ranges that counts where the spec has none. */
  | { readonly kind: 'sources' }
  | { readonly kind: 'firewall' }
  | { readonly kind: 'tls' }
  | { readonly kind: 'proxy-protocol'; readonly on: (value: string) => boolean }
  | { readonly kind: 'address' }
  | { readonly kind: 'dns' }
  | { readonly kind: 'tuning' }
  | { readonly kind: 'observed' };

export interface Provider {
  readonly title: string;
  /** What all of its annotations begin with. */
  readonly prefix: string;
  /** By the rest of the name. */
  readonly known: ReadonlyMap<string, Meaning>;
}

const isTrue = (value: string) => value.trim().toLowerCase() === 'true';
const is = (wanted: string) => (value: string) => value.trim().toLowerCase() === wanted;
const ADDRESS: Meaning = { kind: 'address' };
const FIREWALL: Meaning = { kind: 'firewall' };
const TLS: Meaning = { kind: 'tls' };
const DNS: Meaning = { kind: 'dns' };
const OBSERVED: Meaning = { kind: 'observed' };
const TUNING: Meaning = { kind: 'tuning' };

const internal = (on: (value: string) => boolean): Meaning => ({ kind: 'internal', on });
const proxyProtocol = (on: (value: string) => boolean): Meaning => ({ kind: 'proxy-protocol', on });

function provider(title: string, prefix: string, special: Readonly<Record<string, Meaning>>, tuning: string): Provider {
  const names = tuning.split(/\s+/).filter((name) => name !== '');
  return { title, prefix, known: new Map([...names.map((name): [string, Meaning] => [name, TUNING]), ...Object.entries(special)]) };
}

/** The longest prefix that fits decides. Sources: the manuals of the cloud controller managers and of the load balancers. */
export const PROVIDERS: readonly Provider[] = [
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
    enable-prefix-for-ipv6-source-nat source-nat-ipv6-prefixes listener-attributes enable-tcp-udp-listener disable-nlb-sg`,
  ),
  provider(
    'Azure',
    'service.beta.kubernetes.io/azure-',
    {
      'load-balancer-internal': internal(isTrue),
      'allowed-service-tags': FIREWALL,
      'allowed-ip-ranges': FIREWALL,
      'deny-all-except-load-balancer-source-ranges': FIREWALL,
      'pls-create': FIREWALL,
      'load-balancer-ipv4': ADDRESS,
      'load-balancer-ipv6': ADDRESS,
      'pip-name': ADDRESS,
      'pip-name-ipv6': ADDRESS,
      'pip-prefix-id': ADDRESS,
      'pip-prefix-id-ipv6': ADDRESS,
      'dns-label-name': DNS,
      'pls-proxy-protocol': proxyProtocol(isTrue),
      'additional-public-ips': ADDRESS,
    },
    `load-balancer-internal-subnet load-balancer-mode load-balancer-resource-group load-balancer-tcp-idle-timeout load-balancer-disable-tcp-reset
    load-balancer-enable-high-availability-ports load-balancer-configurations load-balancer-health-probe-protocol
    load-balancer-health-probe-interval load-balancer-health-probe-num-of-probe load-balancer-health-probe-request-path shared-securityrule
    disable-load-balancer-floating-ip pip-tags pip-ip-tags pls-name pls-resource-group pls-visibility pls-auto-approval pls-fqdns
    pls-ip-configuration-subnet pls-ip-configuration-ip-address-count pls-ip-configuration-ip-address`,
  ),
  provider(
    'GKE',
    'networking.gke.io/',
    {
      'load-balancer-type': internal(is('internal')),
      'load-balancer-ip-addresses': ADDRESS,
      'ip-address': ADDRESS,
    },
    'internal-load-balancer-allow-global-access internal-load-balancer-subnet weighted-load-balancing enable-l4-ipv6 l4-logging-config-map',
  ),
  provider(
    'GKE',
    'cloud.google.com/',
    { 'load-balancer-type': internal(is('internal')), 'neg-status': OBSERVED },
    'l4-rbs network-tier neg backend-config app-protocols',
  ),
  provider('GKE', 'service.kubernetes.io/', { 'service-proxy-name': OBSERVED }, 'topology-mode topology-aware-hints'),
  provider(
    'DigitalOcean',
    'service.beta.kubernetes.io/do-loadbalancer-',
    {
      network: internal(is('internal')),
      'allow-rules': FIREWALL,
      'deny-rules': FIREWALL,
      'certificate-id': TLS,
      'certificate-name': TLS,
      'enable-proxy-protocol': proxyProtocol(isTrue),
      hostname: DNS,
    },
    `name protocol type size-slug size-unit tls-ports tls-passthrough http-ports http2-ports http3-port redirect-http-to-https
    algorithm sticky-sessions-type sticky-sessions-cookie-name sticky-sessions-cookie-ttl healthcheck-path healthcheck-protocol
    healthcheck-port healthcheck-check-interval-seconds healthcheck-response-timeout-seconds healthcheck-unhealthy-threshold
    healthcheck-healthy-threshold enable-backend-keepalive disable-lets-encrypt-dns-records http-idle-timeout-seconds network-stack`,
  ),
  provider('DigitalOcean', 'kubernetes.digitalocean.com/', { 'load-balancer-id': OBSERVED }, ''),
  provider('OpenStack', 'service.beta.kubernetes.io/openstack-internal-load-balancer', { '': internal(isTrue) }, ''),
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
    health-monitor-max-retries-down`,
  ),
  provider(
    'Oracle Cloud',
    'service.beta.kubernetes.io/oci-load-balancer-',
    { internal: internal(isTrue), 'ssl-ports': TLS, 'tls-secret': TLS, 'connection-proxy-protocol-version': proxyProtocol(() => true) },
    `subnet1 subnet2 shape shape-flex-min shape-flex-max connection-idle-timeout backend-protocol health-check-retries
    health-check-interval health-check-timeout security-list-management-mode tls-backendset-secret`,
  ),
  provider(
    'Hetzner Cloud',
    'load-balancer.hetzner.cloud/',
    {
      'disable-public-network': internal(isTrue),
      'uses-proxyprotocol': proxyProtocol(isTrue),
      'http-certificates': TLS,
      hostname: DNS,
      ipv4: OBSERVED,
      ipv6: OBSERVED,
      id: OBSERVED,
    },
    `name type location network-zone node-selector disable-private-ingress use-private-ip ipv6-disabled algorithm-type protocol
    http-redirect-http http-sticky-sessions http-cookie-name http-cookie-lifetime health-check-protocol health-check-port
    health-check-interval health-check-timeout health-check-retries health-check-http-domain health-check-http-path
    health-check-http-validate-certificate health-check-http-status-codes private-subnet-ip-range private-ipv4 ipv4-rdns ipv6-rdns`,
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
  provider('Kubernetes', 'service.beta.kubernetes.io/', { 'load-balancer-source-ranges': { kind: 'sources' } }, ''),
  provider(
    'external-dns',
    'external-dns.alpha.kubernetes.io/',
    { hostname: DNS, 'internal-hostname': DNS, target: DNS },
    'ttl controller set-identifier access endpoints-type aws-weight cloudflare-proxied alias',
  ),
];

/** Whose annotation it is; null where no provider of load balancers reads it. */
export function providerOf({ name }: Pick<Entry, 'name'>): Provider | null {
  const fitting = PROVIDERS.filter(({ prefix }) => name.startsWith(prefix));
  return fitting.toSorted((a, b) => b.prefix.length - a.prefix.length)[0] ?? null;
}

export function meaningOf(entry: Pick<Entry, 'name'>): Meaning | null {
  const provider = providerOf(entry);
  return provider?.known.get(entry.name.slice(provider.prefix.length)) ?? null;
}
