import {
  ADDRESS,
  DNS,
  FIREWALL,
  internal,
  is,
  isSaid,
  isTrue,
  OBSERVED,
  type Provider,
  provider,
  proxyProtocol,
  redirect,
  TLS,
  TUNING,
} from '../provider.ts';

/** The constants of their cloud controller managers. */
export const smallerClouds: readonly Provider[] = [
  provider(
    'DigitalOcean',
    'service.beta.kubernetes.io/do-loadbalancer-',
    {
      network: internal(is('internal')),
      'allow-rules': FIREWALL,
      'deny-rules': FIREWALL,
      'certificate-id': TLS,
      'certificate-name': TLS,
      'redirect-http-to-https': redirect(isTrue),
      'enable-proxy-protocol': proxyProtocol(isTrue),
      ip: ADDRESS,
      hostname: DNS,
    },
    `name protocol type size-slug size-unit tls-ports tls-passthrough http-ports http2-ports http3-port
    algorithm sticky-sessions-type sticky-sessions-cookie-name sticky-sessions-cookie-ttl healthcheck-path healthcheck-protocol
    healthcheck-port healthcheck-check-interval-seconds healthcheck-response-timeout-seconds healthcheck-unhealthy-threshold
    healthcheck-healthy-threshold override-health-check enable-backend-keepalive disable-lets-encrypt-dns-records
    http-idle-timeout-seconds network-stack subnet-uuid`,
  ),
  provider('DigitalOcean', 'kubernetes.digitalocean.com/', { 'load-balancer-id': OBSERVED, 'firewall-managed': TUNING }),
  provider('DigitalOcean', 'service.kubernetes.io/do-loadbalancer-', { disown: TUNING }),
  provider(
    'Hetzner Cloud',
    'load-balancer.hetzner.cloud/',
    {
      'disable-public-network': internal(isTrue),
      'uses-proxyprotocol': proxyProtocol(isTrue),
      'http-certificates': TLS,
      'certificate-type': TLS,
      'http-managed-certificate-name': TLS,
      'http-managed-certificate-domains': TLS,
      'http-redirect-http': redirect(isTrue),
      hostname: DNS,
      ipv4: OBSERVED,
      ipv6: OBSERVED,
      id: OBSERVED,
    },
    `name type location network-zone node-selector disable-private-ingress use-private-ip ipv6-disabled algorithm-type protocol
    http-sticky-sessions http-cookie-name http-cookie-lifetime http-timeout-idle http-status-codes http-managed-certificate-acme-staging
    health-check-protocol health-check-port health-check-interval health-check-timeout health-check-retries health-check-http-domain
    health-check-http-path health-check-http-validate-certificate health-check-http-status-codes private-subnet-ip-range private-ipv4
    ipv4-rdns ipv6-rdns`,
  ),
  provider(
    'Linode',
    'service.beta.kubernetes.io/linode-loadbalancer-',
    {
      'firewall-acl': FIREWALL,
      'firewall-id': FIREWALL,
      'frontend-ipv4-range': internal(isSaid),
      'frontend-ipv6-range': internal(isSaid),
      'frontend-subnet-id': internal(isSaid),
      'frontend-subnet-name': internal(isSaid),
      'frontend-vpc-name': internal(isSaid),
      'default-protocol': { kind: 'tls', on: is('https') },
      'default-proxy-protocol': proxyProtocol(isSaid),
      'proxy-protocol': proxyProtocol(isSaid),
      'nodebalancer-id': ADDRESS,
      'reserved-ipv4': ADDRESS,
    },
    `backend-ipv4-range backend-subnet-id backend-subnet-name backend-vpc-name check-attempts check-body check-interval check-passive check-path
    check-timeout check-type default-algorithm default-stickiness enable-ipv6-backends enable-ipv6-ingress hostname-only-ingress
    nodebalancer-type preserve retain-reserved-ipv4 tags throttle udp-check-port`,
    [{ name: /^port-[0-9*]+$/, meaning: { kind: 'tls', on: (value) => /tls-secret-name|https|proxy-protocol/.test(value) } }],
  ),
  provider(
    'Scaleway',
    'service.beta.kubernetes.io/scw-loadbalancer-',
    {
      private: internal(isTrue),
      'certificate-ids': TLS,
      'send-proxy-v2': proxyProtocol(isSaid),
      'proxy-protocol-v1': proxyProtocol(isSaid),
      'proxy-protocol-v2': proxyProtocol(isSaid),
      'ip-ids': ADDRESS,
      'private-ip-ids': ADDRESS,
      id: ADDRESS,
    },
    `zone type forward-port-algorithm sticky-sessions sticky-sessions-cookie-name protocol-http http-backend-tls http-backend-tls-skip-verify
    timeout-client timeout-server timeout-connect timeout-tunnel timeout-queue on-marked-down-action force-internal-ip use-hostname
    redispatch-attempt-count max-retries max-connections failover-host ssl-compatibility-level externally-managed flexible-ip-types ip-mode
    pn-ids connection-rate-limit enable-access-logs enable-http3 target-node-labels health-check-delay health-check-from-service
    health-check-http-code health-check-http-method health-check-http-uri health-check-max-retries health-check-mysql-user
    health-check-pgsql-user health-check-send-proxy health-check-timeout health-check-type health-transient-check-delay`,
  ),
  provider(
    'Vultr',
    'service.beta.kubernetes.io/vultr-loadbalancer-',
    {
      'firewall-rules': FIREWALL,
      'firewall-rules-cm': FIREWALL,
      ssl: TLS,
      'auto-ssl': TLS,
      'ssl-redirect': redirect(isTrue),
      'proxy-protocol': proxyProtocol(isTrue),
      hostname: DNS,
      id: ADDRESS,
      'ssl-last-updated': OBSERVED,
    },
    `algorithm backend-protocol create healthcheck-check-interval healthcheck-healthy-threshold healthcheck-path healthcheck-port
    healthcheck-protocol healthcheck-response-timeout healthcheck-unhealthy-threshold http2 http3 https-ports label node-count private-network
    protocol ssl-pass-through sticky-session-cookie-name sticky-session-enabled timeout vpc`,
  ),
];
