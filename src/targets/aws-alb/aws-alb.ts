import { refusesGrpcMatch } from '../aws-grpc.ts';
import type { Target } from '../contract.ts';
import { certificate } from './certificates.ts';
import { dryRunOption } from './dry-run.ts';
import { effects } from './effects.ts';
import { forward } from './forward.ts';
import { gateway } from './gateway.ts';
import { lower } from './lower.ts';
import { adaptMatch, globPath } from './matches.ts';
import { adaptRedirect } from './redirects.ts';
import { respond } from './respond.ts';
import { review } from './review.ts';
import { sourceRanges } from './source-ranges.ts';
import { outsideBackend, TARGET_GROUP } from './target-group-names.ts';
import { versions } from './versions.ts';

/**
 * Application load balancers of the AWS Load Balancer Controller 3.5. A filter or value that it does not take keeps it from building
 * the whole Gateway, so that none is ever written.
 */
export const awsAlb: Target = {
  name: 'aws-alb',
  versions,
  title: 'AWS Load Balancer Controller (ALB)',
  project: 'aws-load-balancer-controller',
  gatewayClassName: 'aws-alb',
  controllerName: 'gateway.k8s.aws/alb',
  install: {
    docs: 'https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/gateway/gateway/',
    commands: (version) => [
      `kubectl apply --server-side -f https://raw.githubusercontent.com/kubernetes-sigs/aws-load-balancer-controller/v${version}.0/config/crd/gateway/gateway-crds.yaml`,
      'kubectl rollout restart deployment/aws-load-balancer-controller -n kube-system   # it looks for CRDs at its start',
    ],
    notes: [
      'The controller that serves the Ingresses serves Gateways as well, once the CRDs of step 1.1 and its own for Gateways are there, unless its feature gates switch `ALBGatewayAPI` off.',
    ],
  },
  regexPaths: 'last',
  reading: {
    ownCertificates: true,
    sharedPorts: true,
    besideGrpc: true,
    exactGlobs: true,
    queryGlobs: true,
    redirectKeywords: true,
    outsideBackends: [TARGET_GROUP],
  },
  lower,
  forward,
  // Only Ingresses have transforms by patterns.
  rewritePattern: null,
  respond,
  effects,
  dialect: {
    listeners: 'port',
    passthrough: false,
    streams: false,
    certificate,
    match: adaptMatch,
    glob: globPath,
    sourceRanges,
    redirect: adaptRedirect,
    guardsAnswers: true,
    grpcRoutes: { use: 'preferred', beside: 'nothing', filters: [], refuses: refusesGrpcMatch },
    outsideBackend,
    weights: { largest: 999, backends: 5 },
  },
  gateway,
  review,
  options: [dryRunOption],
};
