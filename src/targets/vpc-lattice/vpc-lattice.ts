import { refusesGrpcMatch } from '../aws-grpc.ts';
import type { Target } from '../contract.ts';
import { certificate } from './certificates.ts';
import { effects } from './effects.ts';
import { forward } from './forward.ts';
import { gateway } from './gateway.ts';
import { lower } from './lower.ts';
import { adaptMatch, hostProblem } from './matches.ts';
import { options } from './options.ts';
import { review } from './review.ts';

/**
 * The AWS Gateway API Controller 2.1 for VPC Lattice. A Gateway is a service network and starts nothing that clients connect to; each
 * route becomes a service with a name of its own. Filters are ignored without a word, so that none is written, and no rule whose
 * answer would need one.
 */
export const vpcLattice: Target = {
  name: 'vpc-lattice',
  title: 'AWS Gateway API Controller (VPC Lattice)',
  project: 'aws-application-networking-k8s',
  gatewayClassName: 'amazon-vpc-lattice',
  controllerName: 'application-networking.k8s.aws/gateway-api-controller',
  install: {
    docs: 'https://www.gateway-api-controller.eks.aws.dev/latest/guides/deploy/',
    routeAddress: 'application-networking.k8s.aws/lattice-assigned-domain-name',
    notes: ['Clients have to be in a VPC that is associated with the service network: nothing of it is reached from the internet.'],
  },
  regexPaths: 'none',
  reading: { ownCertificates: true, anyCase: true, isolatedHosts: true, besideGrpc: true },
  preface:
    'DNS and reachability change: VPC Lattice has no load balancer. Every route becomes a service with a DNS name of its own, split by host, which only clients in VPCs associated with the service network can reach, never the internet.',
  lower,
  forward,
  rewritePattern: null,
  respond: null,
  effects,
  dialect: {
    listeners: 'port',
    listenerSets: false,
    streams: false,
    routes: 'host',
    isolatedRoutes: true,
    orderedRules: true,
    host: hostProblem,
    rewrites: false,
    certificate,
    match: adaptMatch,
    grpcRoutes: { use: 'needed', beside: 'nothing', filters: [], refuses: refusesGrpcMatch },
    redirect: () => ({ kind: 'refused', why: 'VPC Lattice does not redirect, and would answer such a rule with an error' }),
    weights: { largest: 999, backends: 10 },
  },
  gateway,
  review,
  options,
};
