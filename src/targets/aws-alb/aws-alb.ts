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

/**
 * Application load balancers of the AWS Load Balancer Controller 3.5. A filter or value that it does not take keeps it from building
 * the whole Gateway, so that none is ever written.
 */
export const awsAlb: Target = {
  name: 'aws-alb',
  title: 'AWS Load Balancer Controller (ALB)',
  gatewayClassName: 'aws-alb',
  controllerName: 'gateway.k8s.aws/alb',
  regexPaths: 'last',
  reading: {
    ownCertificates: true,
    sharedPorts: true,
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
    grpcRoutes: 'preferred',
    outsideBackend,
    weights: { largest: 999, backends: 5 },
  },
  gateway,
  review,
  options: [dryRunOption],
};
