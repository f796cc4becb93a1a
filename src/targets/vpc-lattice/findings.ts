import { defineFindings } from '../../ledger/finding.ts';
import { LOST_PROTECTION } from '../lowering.ts';

/** What VPC Lattice has no place for, by what is lost with it. */
export const latticeFindings = defineFindings('vpc-lattice', {
  'protection/lost': {
    ...LOST_PROTECTION,
    message: (a: { what: string }) =>
      `${a.what} is lost: VPC Lattice knows security groups and IAM policies, and nothing else that keeps clients out`,
    help: (a: { what: string; nearest: string }) => a.nearest,
  },
  'setting/lost': {
    level: 'warning',
    message: (a: { what: string }) => `${a.what} is lost: VPC Lattice has no such setting, and ignores the filter for it`,
    help: (a: { what: string; nearest: string }) => a.nearest,
    differs: ['status', 'headers', 'weight'],
  },
  'setting/none': {
    level: 'note',
    message: (a: { what: string }) => `${a.what} has no counterpart in VPC Lattice`,
  },
  'load-balancer/gone': {
    level: 'warning',
    message: (a: { what: string }) => `${a.what} belonged to the load balancer, and there is none any more`,
    help: (a: { what: string; nearest: string }) => a.nearest,
    differs: ['headers'],
  },
  'reachability/public': {
    level: 'error',
    message: (_: Readonly<Record<never, string>>) =>
      'the load balancer faces the internet; services of VPC Lattice can be reached from associated VPCs only',
    help: () => 'Keep a load balancer for clients from the internet (target aws-alb), and send what moves within the VPC to VPC Lattice.',
  },
  'reachability/internal': {
    level: 'note',
    message: (_: Readonly<Record<never, string>>) =>
      'the load balancer can be reached from its VPC and what is connected to it; VPC Lattice from VPCs that are associated with the service network, not through peering or VPN',
  },
  'health-check/approximated': {
    level: 'note',
    message: (a: { service: string; lost: string }) => `the health check of Service ${a.service} was written but for ${a.lost}`,
    differs: ['unreachable'],
  },
  'backend-protocol/grpc': {
    level: 'error',
    message: (a: { services: string }) =>
      `gRPC to ${a.services} needs a GRPCRoute on an HTTPS listener alone, and the rule is served over HTTP: its requests fail`,
    help: () => 'Serve the host over HTTPS (a certificate, and a redirect of HTTP), and convert again.',
    differs: ['status', 'unreachable'],
  },
  'backend-protocol/mixed': {
    level: 'error',
    message: (a: { services: string; host: string }) =>
      `gRPC to ${a.services} needs a GRPCRoute, which shares ${a.host} with no other backends, and there are some: its requests fail`,
    help: () => 'Give what speaks gRPC a host of its own, and convert again.',
    differs: ['status', 'unreachable'],
  },
  'backend-protocol/unsupported': {
    level: 'error',
    message: (a: { protocol: string }) => `the backend speaks ${a.protocol}, which VPC Lattice does not: its requests fail`,
    help: () => 'Put a server that speaks HTTP in front of it.',
    differs: ['status', 'unreachable'],
  },
  'backend-tls/unverified': {
    level: 'warning',
    message: (_: Readonly<Record<never, string>>) => 'traffic to the backend is encrypted, and its certificate is no longer verified',
    help: () => 'Verify in a proxy beside the backend if it matters.',
    security: true,
  },
});
