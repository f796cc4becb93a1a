import { defineFindings, type NoArgs } from '../../ledger/finding.ts';
import { LOST_PROTECTION } from '../lowering.ts';
import { alternatives } from './alternatives.ts';

const TARGET = 'The target aws-alb writes it.';

/** What the portable API says to settings of AWS load balancers. */
export const awsFindings = defineFindings('standard/aws', {
  'load-balancer-name': {
    level: 'note',
    message: (a: { name: string }) =>
      `the name ${a.name} of the load balancer is not carried over: the implementation names its own, and the old one keeps its name while it lives`,
    help: () => `Point DNS records to the new address. ${TARGET}`,
  },
  'scheme-internal': {
    level: 'warning',
    message: (_: NoArgs) =>
      'the load balancer is internal: whether the address of a Gateway can be reached from the internet is a setting of the implementation',
    help: () =>
      `Before applying, make the Gateway internal: by spec.infrastructure.annotations that its Service gets (service.beta.kubernetes.io/aws-load-balancer-scheme: internal), or by the implementation's own parameters. ${TARGET}`,
    security: true,
  },
  'scheme-public': {
    level: 'note',
    message: (_: NoArgs) =>
      'the load balancer faces the internet: whether the address of a Gateway does is a setting of the implementation',
    help: () =>
      `Set it by spec.infrastructure.annotations that its Service gets (service.beta.kubernetes.io/aws-load-balancer-scheme: internet-facing), or by the implementation's own parameters. ${TARGET}`,
  },
  'ip-address-type': {
    level: 'note',
    message: (a: { type: string }) => `the address family ${a.type} cannot be written: it is that of the implementation's Service`,
    help: () => `Set ipFamilyPolicy on that Service. ${TARGET}`,
  },
  subnets: {
    level: 'note',
    message: (a: { subnets: string }) => `subnets (${a.subnets}) belong to an AWS load balancer and have no place in the portable API`,
    help: () => `The Service of the implementation can name them (service.beta.kubernetes.io/aws-load-balancer-subnets). ${TARGET}`,
  },
  'security-groups': {
    ...LOST_PROTECTION,
    message: (a: { groups: string }) =>
      `security groups ${a.groups} are the load balancer's only firewall and may keep out all but a few: their rules are not in the input, and the portable API cannot name them`,
    help: () =>
      `Give the same groups to the load balancer in front of your gateway (service.beta.kubernetes.io/aws-load-balancer-security-groups), check that nothing else reaches it, then convert with --on-security-loss emit. ${TARGET}`,
  },
  'address-pool': {
    level: 'note',
    message: (a: { id: string }) => `addresses from pool ${a.id} cannot be asked for: a portable Gateway names addresses, not pools`,
    help: () => `The addresses change: update what has them in an allow list. ${TARGET}`,
  },
  'load-balancer-attributes': {
    level: 'warning',
    message: (a: { keys: string }) => `attributes of the load balancer have no place in the portable API: ${a.keys}`,
    help: () =>
      `Idle timeouts, access logs and header handling are settings of the implementation for a whole gateway; look for each in its documentation. ${TARGET}`,
    differs: ['headers'],
  },
  shield: {
    level: 'warning',
    message: (_: NoArgs) => 'Shield Advanced protects this load balancer; nothing written here asks for it',
    help: () =>
      `Once the new load balancer exists: aws shield create-protection --name GATEWAY --resource-arn ARN-OF-THE-NEW-LOAD-BALANCER. ${TARGET}`,
    security: true,
  },
  'shield-off': {
    level: 'note',
    message: (_: NoArgs) => 'Shield Advanced is off, as it is for anything new',
  },
  capacity: {
    level: 'note',
    message: (a: { units: number }) =>
      `${a.units} reserved capacity units belong to the AWS load balancer and are not reserved anywhere else`,
    help: () => `Size the gateway's own replicas for the peak. ${TARGET}`,
  },
  tags: {
    level: 'note',
    message: (a: { tags: string }) => `AWS tags have no place in the portable API: ${a.tags}`,
    help: () =>
      `The Service of the implementation can carry them (service.beta.kubernetes.io/aws-load-balancer-additional-resource-tags). ${TARGET}`,
  },
  'frontend-nlb': {
    level: 'warning',
    message: (a: { ports: string }) =>
      `the network load balancer in front (ports ${a.ports}) is not carried over: its addresses and name are those clients may use`,
    help: () => `Gateways behind a Service of type LoadBalancer get an NLB of their own. ${TARGET}`,
  },
  certificates: {
    level: 'warning',
    message: (a: { arns: string; port: number }) =>
      `the certificates of port ${a.port} live in ACM (${a.arns}); a portable listener takes them from a Secret`,
    help: () =>
      `ACM hands out certificates it issued as exportable only: aws acm export-certificate. Otherwise let cert-manager issue one for the same hosts, and name it with --default-certificate NAMESPACE/NAME. ${TARGET}`,
    differs: ['unreachable', 'status', 'narrower', 'redirect'],
  },
  'certificates-discovered': {
    level: 'warning',
    message: (a: { hosts: string; port: number }) =>
      `the controller finds certificates for port ${a.port} in ACM by host (${a.hosts}); a portable listener takes them from a Secret`,
    help: () => `Let cert-manager issue one for the same hosts, and name it with --default-certificate NAMESPACE/NAME. ${TARGET}`,
    differs: ['unreachable', 'status', 'narrower', 'redirect'],
  },
  'certificates-created': {
    level: 'warning',
    message: (a: { hosts: string; port: number }) =>
      `the controller asks ACM for a certificate of ${a.hosts} for port ${a.port}, which goes away with the Ingress`,
    help: () =>
      'Let cert-manager issue one for the same hosts, or ask ACM for one of your own before the Ingress is deleted: aws acm request-certificate --domain-name HOST --validation-method DNS.',
    differs: ['unreachable', 'status', 'narrower', 'redirect'],
  },
  'mutual-authentication': {
    ...LOST_PROTECTION,
    message: (a: { port: number; store: string }) =>
      `clients of port ${a.port} need a certificate of ${a.store}, whose contents are in AWS: the portable API takes authorities from a ConfigMap`,
    help: () =>
      `Put the bundle into a ConfigMap (aws elbv2 get-trust-store-ca-certificates-bundle --trust-store-arn ARN has its address) and set spec.tls.frontend of the Gateway, on an implementation that supports it. ${TARGET}`,
  },
  'client-certificate-headers': {
    ...LOST_PROTECTION,
    message: (a: { port: number }) =>
      `port ${a.port} hands client certificates to the backend in headers of its own; behind another gateway anybody could send those headers`,
    help: () => `Let the backend terminate TLS itself, or verify the certificates at the gateway. ${TARGET}`,
  },
  'prefix-lists': {
    ...LOST_PROTECTION,
    message: (a: { lists: string; ports: string }) =>
      `only addresses of prefix lists ${a.lists} and the ranges beside them reach port ${a.ports}; the portable API knows neither`,
    help: () => `Put them into the security group of the load balancer in front of the gateway. ${TARGET}`,
  },
  'open-to-all': {
    level: 'note',
    message: (_: NoArgs) => 'every address may connect, as without the setting',
  },
  ipv4: {
    level: 'note',
    message: (_: NoArgs) => 'IPv4 is what a load balancer has anyway',
  },
  'listener-attributes': {
    level: 'warning',
    message: (a: { keys: string }) => `attributes of the listener have no place in the portable API: ${a.keys}`,
    help: () => `Backends that read headers of the load balancer under these names have to take them from your implementation. ${TARGET}`,
    differs: ['headers'],
  },
  'attribute-defaults': {
    level: 'note',
    message: (a: { keys: string }) => `${a.keys} is what happens anyway`,
  },
  'target-type': {
    level: 'note',
    message: (a: { service: string }) => `requests went to nodes (target type instance) and go to the pods of Service ${a.service} now`,
    help: () => `Check network policies and security groups that let in the nodes alone. ${TARGET}`,
  },
  'stickiness-off': {
    level: 'note',
    message: (a: { service: string }) => `stickiness of Service ${a.service} is off`,
  },
  balancing: {
    level: 'note',
    message: (a: { service: string; algorithm: string }) =>
      `the choice of endpoints of Service ${a.service} by ${a.algorithm} cannot be written: Gateway API leaves it to the implementation`,
    help: () => alternatives('loadBalancing'),
  },
  'target-group-attributes': {
    level: 'note',
    message: (a: { service: string; keys: string }) =>
      `attributes of the target group of Service ${a.service} have no place in the portable API: ${a.keys}`,
    help: () =>
      `For draining, use terminationGracePeriodSeconds and a preStop hook of the pods; slow start is a setting of some implementations. ${TARGET}`,
  },
  'node-selector': {
    level: 'note',
    message: (a: { service: string; labels: string }) =>
      `only nodes with ${a.labels} took requests for Service ${a.service}; a gateway sends to pods wherever they run`,
    help: () => `Keep the pods themselves on such nodes if it matters. ${TARGET}`,
  },
  'multi-cluster': {
    level: 'warning',
    message: (a: { service: string }) =>
      `the target group of Service ${a.service} is shared with other clusters, whose pods would no longer be reached`,
    help: () => `Keep the other clusters' share of the traffic in mind before switching; the nearest thing is a ServiceImport. ${TARGET}`,
    differs: ['weight'],
  },
  'target-control': {
    level: 'note',
    message: (a: { service: string; port: number }) =>
      `the target optimizer on port ${a.port} of Service ${a.service} works with AWS load balancers only`,
    help: () => 'Limit concurrency in the pods or by the settings of your implementation.',
  },
  'authentication-unreadable': {
    ...LOST_PROTECTION,
    message: (_: NoArgs) => 'authentication is asked for by a setting that cannot be read, so nobody is let in without it',
    help: () => 'Correct the setting and convert again.',
  },
  'group-stickiness': {
    level: 'warning',
    message: (a: { seconds: number }) =>
      `clients stay with the Service that the weights chose for them (${a.seconds} s); without it each request is shared out anew`,
    help: () => `For canaries whose versions do not mix, move all traffic at once. ${TARGET}`,
    differs: ['weight'],
  },
  'external-target-groups': {
    level: 'error',
    message: (a: { groups: string }) =>
      `target groups ${a.groups} were made outside the cluster, and only an AWS load balancer can send to them`,
    help: () => `Make what is behind them reachable as a Service (without selector, with EndpointSlices). ${TARGET}`,
    differs: ['unreachable', 'status'],
  },
  'host-rewrite': {
    level: 'warning',
    message: (a: { regex: string; replace: string }) =>
      `the Host header for the backend is rewritten by a pattern (${a.regex} to ${a.replace}), which has no portable form`,
    help: () => "The backend sees the client's Host header. Let it accept any, or split the rule by host.",
    differs: ['headers'],
  },
  unsupported: {
    level: 'warning',
    message: (a: { kind: string }) => `${a.kind} has no place in the portable API`,
    help: () => TARGET,
  },
});
