import type { Intent } from '../../intent/intent.ts';
import type { Lowering, LoweringContext, Target } from '../contract.ts';
import { lower as portable } from '../standard/standard.ts';
import { allowList, denyList } from './address-lists.ts';
import { effects } from './effects.ts';
import { rewritePattern } from './rewrite-pattern.ts';

/** Envoy Gateway 1.9. */
export const envoyGateway: Target = {
  name: 'envoy-gateway',
  title: 'Envoy Gateway',
  gatewayClassName: 'eg',
  controllerName: 'gateway.envoyproxy.io/gatewayclass-controller',
  install: {
    docs: 'https://gateway.envoyproxy.io/docs/install/install-helm/',
    notes: ['Its chart brings CRDs of Gateway API along: with `--skip-crds`, or the chart of CRDs alone, those of step 1.1 stay.'],
  },
  regexPaths: 'ordered',
  lower,
  // Envoy ends a request after 15 s unless it is told otherwise.
  forward: () => ({ timeouts: { request: '0s' } }),
  rewritePattern,
  respond: null,
  effects,
};

function lower(intent: Intent, context: LoweringContext): Lowering {
  switch (intent.kind) {
    case 'allowList':
      return allowList(intent, context);
    case 'denyList':
      return denyList(intent, context);
    default:
      return portable(intent, context);
  }
}
