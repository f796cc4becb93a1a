import { ADDRESS, DNS, FIREWALL, internal, is, isSaid, type Provider, provider, proxyProtocol, redirect, TLS } from '../provider.ts';

/** `pkg/model/service/annotation.go` of the Alibaba Cloud controller manager: classic and network load balancers. */
export const alibaba: readonly Provider[] = [
  'service.beta.kubernetes.io/alibaba-cloud-loadbalancer-',
  'service.beta.kubernetes.io/alicloud-loadbalancer-',
].map((prefix) =>
  provider(
    'Alibaba Cloud',
    prefix,
    {
      'address-type': internal(is('intranet')),
      'acl-status': FIREWALL,
      'acl-id': FIREWALL,
      'acl-type': FIREWALL,
      'security-group-ids': FIREWALL,
      'cert-id': TLS,
      'additional-cert-ids': TLS,
      cacert: TLS,
      'cacert-id': TLS,
      'forward-port': redirect(isSaid),
      'proxy-protocol': proxyProtocol(isSaid),
      hostname: DNS,
      ip: ADDRESS,
      id: ADDRESS,
    },
    `name protocol-port bandwidth bandwidth-package-id charge-type instance-charge-type spec ip-version ipv6-address-type network-type
    additional-resource-tags resource-group-id delete-protection modification-protection preserve-lb-on-delete force-override-listeners
    external-ip-type master-zoneid slave-zoneid vswitch-id zone-maps backend-label backend-ip-version remove-unscheduled-backend weight
    default-weight ignore-weight-update vgroup-port server-group-type scheduler persistence-timeout established-timeout idle-timeout
    request-timeout connection-drain connection-drain-timeout sticky-session sticky-session-type cookie cookie-timeout preserve-client-ip cps
    alpn alpn-policy tls-cipher-policy http2-enabled domain-extensions cross-zone-enabled xforwardedfor-proto xforwardedfor-slbport
    xforwardedfor-clientsrcport ppv2-pvl-ep-id-enabled ppv2-pvl-eps-id-enabled ppv2-pvl-vpc-id-enabled health-check-flag health-check-switch
    health-check-type health-check-uri health-check-connect-port health-check-connect-timeout health-check-timeout health-check-interval
    health-check-domain health-check-httpcode health-check-method healthy-threshold unhealthy-threshold listener-port-range`,
  ),
);
