import { lost } from '../lacking/lacking.ts';
import { converted, type Lower } from '../lowering.ts';

const RAW = 'Only an EnvoyFilter could say so, which is configuration of Envoy itself: write and check it yourself.';

/** Envoy has no limit of its own. */
export const bodySize: Lower<'bodySize'> = (intent, context) =>
  intent.bytes === 0
    ? converted({})
    : lost('istio', intent, context, {
        why: 'Istio has no limit for bodies',
        nearest: `Check that the backend has a limit of its own. ${RAW}`,
      });

/** Envoy passes requests and responses on as they come. */
export const buffering: Lower<'buffering'> = (intent, context) =>
  intent.request !== true && intent.response !== true && Object.keys(intent.parameters).length === 0
    ? converted({})
    : lost('istio', intent, context, { why: 'Istio passes requests and responses on as they come', nearest: RAW });

/** Off by default. */
export const compression: Lower<'compression'> = (intent, context) =>
  intent.enabled
    ? lost('istio', intent, context, { why: 'Istio does not compress', nearest: `Let the backend compress. ${RAW}` })
    : converted({});
