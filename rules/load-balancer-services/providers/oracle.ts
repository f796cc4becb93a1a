import { ADDRESS, FIREWALL, internal, isSaid, isTrue, type Provider, provider, proxyProtocol, TLS } from '../provider.ts';

/** `pkg/cloudprovider/providers/oci/load_balancer_spec.go` of the OCI cloud controller manager. */
export const oracle: readonly Provider[] = [
  provider(
    'Oracle Cloud',
    'service.beta.kubernetes.io/oci-load-balancer-',
    { internal: internal(isTrue), 'ssl-ports': TLS, 'tls-secret': TLS, 'connection-proxy-protocol-version': proxyProtocol(isSaid) },
    `subnet1 subnet2 shape shape-flex-min shape-flex-max connection-idle-timeout backend-protocol health-check-retries
    health-check-interval health-check-timeout security-list-management-mode tls-backendset-secret`,
  ),
  provider(
    'Oracle Cloud',
    'oci-network-load-balancer.oraclecloud.com/',
    {
      internal: internal(isTrue),
      'oci-network-security-groups': FIREWALL,
      'is-ppv2-enabled': proxyProtocol(isTrue),
      'assigned-private-ipv4': ADDRESS,
      'assigned-ipv6': ADDRESS,
    },
    `backend-policy defined-tags external-ip-only freeform-tags health-check-interval health-check-retries health-check-timeout
    initial-defined-tags-override initial-freeform-tags-override is-preserve-source node-label-selector security-list-management-mode subnet`,
  ),
  provider(
    'Oracle Cloud',
    'oci.oraclecloud.com/',
    {
      'oci-network-security-groups': FIREWALL,
      'oci-load-balancer-rule-sets': FIREWALL,
      'oci-load-balancer-listener-ssl-config': TLS,
    },
    `load-balancer-type loadbalancer-policy node-label-selector security-rule-management-mode oci-backend-network-security-group
    oci-load-balancer-backendset-ssl-config initial-defined-tags-override initial-freeform-tags-override ingress-ip-mode`,
  ),
];
