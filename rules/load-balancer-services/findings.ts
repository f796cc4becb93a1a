import { defineFindings, type NoArgs } from '../../src/ledger/finding.ts';

export const serviceFindings = defineFindings('load-balancer-service', {
  controller: {
    level: 'note',
    message: (a: { service: string; what: string }) =>
      `Service ${a.service} was left as it is: it stands in front of ${a.what}, whose ports the Gateways have`,
    help: () => 'What its annotations say (internal, a static address, …) has to be said again for the Service of the Gateway.',
  },
  internal: {
    level: 'warning',
    message: (a: { service: string; because: string }) =>
      `Service ${a.service} was not converted: its load balancer is internal (${a.because}), and the shared Gateway may be reachable from anywhere`,
    help: () =>
      'Give internal Services a Gateway of their own whose load balancer is internal, and write its listener and route by hand. Until then the Service keeps its load balancer.',
    security: true,
    differs: ['unreachable'],
  },
  firewall: {
    level: 'warning',
    message: (a: { service: string; name: string }) =>
      `Service ${a.service} was not converted: ${a.name} says who may connect, in a way that no route can`,
    help: () =>
      'Protect the load balancer of the Gateway in the same way first, then write the listener and the route by hand. Until then the Service keeps its load balancer.',
    security: true,
    differs: ['unreachable'],
  },
  opened: {
    level: 'error',
    message: (a: { service: string; because: string }) =>
      `Service ${a.service} is reachable through the shared Gateway without what kept clients out: ${a.because}`,
    help: () => 'Protect the load balancer of the Gateway before the manifests are applied, or convert with --on-security-loss withhold.',
    security: true,
    differs: ['protection'],
  },
  tls: {
    level: 'warning',
    message: (a: { service: string; name: string }) =>
      `Service ${a.service} was not converted: its load balancer ends TLS (${a.name}), and a TCPRoute hands connections on as they come`,
    help: () =>
      'Where it speaks HTTP, write an Ingress for it and convert that; else a TLS listener that terminates with a certificate in a Secret, and a TLSRoute. Until then the Service keeps its load balancer.',
    differs: ['unreachable'],
  },
  redirect: {
    level: 'warning',
    message: (a: { service: string; name: string }) =>
      `Service ${a.service} was not converted: its load balancer sends clear text on to HTTPS (${a.name}), and a TCPRoute would hand it to the backend`,
    help: () => 'Write an Ingress for it and convert that. Until then the Service keeps its load balancer.',
    security: true,
    differs: ['unreachable'],
  },
  class: {
    level: 'warning',
    message: (a: { service: string; class: string }) =>
      `Service ${a.service} was not converted: who serves the load balancer class ${a.class} is not known here, and it may be reachable from inside alone`,
    help: () =>
      'Where it is reachable from wherever the Gateway is, convert with --on-security-loss emit, or write its listener and route by hand. Until then the Service keeps its load balancer.',
    security: true,
    differs: ['unreachable'],
  },
  families: {
    level: 'warning',
    message: (a: { service: string; families: string }) =>
      `the load balancer of ${a.service} has addresses of ${a.families}; which ones the Gateway has is up to its own Service`,
    help: () => 'Give the Service of the Gateway the same families where clients need them, and both A and AAAA records.',
  },
  'proxy-protocol': {
    level: 'warning',
    message: (a: { service: string; name: string }) =>
      `Service ${a.service} was not converted: its backend expects the PROXY protocol (${a.name}), for which Gateway API has no field`,
    help: () =>
      'Write the listener and the route by hand, with the policy that the implementation has for the PROXY protocol towards backends. Until then the Service keeps its load balancer.',
    differs: ['unreachable'],
  },
  address: {
    level: 'warning',
    message: (a: { name: string }) =>
      `${a.name} chooses the address of the Service's own load balancer; clients of the Gateway use another`,
    help: () =>
      'Point clients and DNS names at the address of the Gateway. A static address can be given to the Gateway (spec.addresses) once the Service has let go of it.',
  },
  dns: {
    level: 'warning',
    message: (a: { name: string; value: string }) =>
      `${a.name} keeps a DNS name (${a.value}) that leads to the Service's own load balancer`,
    help: () =>
      'Take it off the Service and write the record for the address of the Gateway when clients move; one tool must not own both.',
  },
  tuning: {
    level: 'warning',
    message: (a: { name: string; provider: string }) =>
      `${a.name} is a setting of the load balancer that ${a.provider} makes for the Service`,
    help: () =>
      'If it matters, set it for the Service of the Gateway: most implementations copy spec.infrastructure.annotations of the Gateway there. It then holds for everything behind the Gateway.',
  },
  unknown: {
    level: 'warning',
    message: (a: { name: string; provider: string }) =>
      `${a.provider} has no annotation ${a.name} that is known here; it was not converted`,
    help: () => "Look it up in the provider's manual; if it keeps clients out, do not apply the route of this Service.",
    security: true,
  },
  misspelt: {
    level: 'warning',
    message: (a: { name: string; provider: string; nearest: string }) =>
      `${a.provider} has no annotation ${a.name} that is known here; ${a.nearest} may have been meant`,
    help: (a) => `If ${a.nearest} was meant, it was never applied: decide whether it should hold from now on.`,
    security: true,
  },
  'not-text': {
    level: 'warning',
    message: (a: { name: string }) => `${a.name} has a value that is not text, with which the API server refuses the whole Service`,
    help: () => 'Put the value in quotes if it is meant, and convert again.',
    security: true,
  },
  default: { level: 'note', message: (a: { name: string }) => `${a.name} says what holds without it` },
  observed: { level: 'note', message: (a: { name: string }) => `${a.name} is written by a controller and asks for nothing` },
  elsewhere: { level: 'note', message: (a: { name: string }) => `${a.name} is about the Service, which stays` },
  everybody: { level: 'note', message: (_: NoArgs) => 'every address may connect' },
  'client-address': {
    level: 'warning',
    message: (a: { service: string }) =>
      `externalTrafficPolicy Local shows the addresses of clients to ${a.service}; behind a Gateway it sees the address of the proxy`,
    help: () =>
      'Where the backend decides by addresses (pg_hba.conf, allow lists), adapt it before clients move; else nothing is to be done. The field is to be set on the Service of the Gateway as well.',
    security: true,
  },
  affinity: {
    level: 'warning',
    message: (a: { service: string }) =>
      `sessionAffinity of ${a.service} is not kept: most Gateways send to Pods themselves, past the Service`,
    help: () =>
      'Where connections of one client have to reach one Pod, set a load balancing policy of the implementation (by source address).',
    differs: ['weight'],
  },
  protocol: {
    level: 'warning',
    message: (a: { protocol: string; port: number }) => `port ${a.port} was not converted: Gateway API has no route for ${a.protocol}`,
    help: () => 'The Service keeps its load balancer for this port.',
    differs: ['unreachable'],
  },
  refused: {
    level: 'warning',
    message: (a: { field: string }) => `${a.field} is no port that a Service can have`,
    help: () => 'Correct it and convert again.',
  },
});
