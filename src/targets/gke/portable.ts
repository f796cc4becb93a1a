import type { Intent } from '../../intent/intent.ts';
import { isAwsIntent } from '../../intent/neutral.ts';
import { defineFindings, type NoArgs } from '../../ledger/finding.ts';
import type { Lowering, LoweringContext } from '../contract.ts';
import { lost } from '../lacking/lacking.ts';
import { approximated, placeOf, unmapped } from '../lowering.ts';
import { lower as portable } from '../standard/standard.ts';
import { LACKS } from './absent.ts';
import { featuresOf } from './classes.ts';

const find = defineFindings('gke-gateway', {
  'not-taken': {
    level: 'warning',
    message: (a: { field: string }) => `GKE Gateway refuses a route with ${a.field}, so that it was left out`,
    help: () => 'Let the backend see to it.',
    differs: ['status'],
  },
  'no-cors': {
    level: 'warning',
    message: (a: { class: string }) => `a Gateway of class ${a.class} has no CORS filter, so that it was left out`,
    help: () => 'Let the backend answer preflight requests and send the headers; until then browsers refuse pages of other origins.',
    differs: ['headers', 'status'],
  },
  'cors-preview': {
    level: 'warning',
    message: (_: NoArgs) =>
      'the CORS filter is a preview on GKE 1.35 and newer; preflight requests of other origins reach the Pods, and an origin with * needs a pattern, of which a listener takes one',
    help: () =>
      'Test it from a browser before the switch. On older clusters the route is refused for it: let the backend answer with the headers.',
    differs: ['headers', 'status'],
  },
});

/** Of the portable API it is no matter that it lacks something, where GKE lacks it too. */
function inOwnWords(intent: Intent, lowering: Extract<Lowering, { as: 'absent' }>, context: LoweringContext): Lowering {
  if (isAwsIntent(intent) || intent.kind === 'gke' || lowering.outcome === 'inert') return lowering;
  // Of a known authority there is a way, and its steps are told.
  if (intent.kind === 'clientCertificate' && intent.verify !== 'optional-any-ca') return lowering;
  const lack = LACKS[intent.kind];
  if (lack === undefined) return lowering;
  return lost('gke-gateway', intent, context, lowering.outcome === 'manual' ? { ...lack, byHand: true } : lack);
}

/** Fields of a route that the portable API has and GKE refuses. */
const REFUSED = ['timeouts', 'retry', 'sessionPersistence', 'externalAuth', 'grpc'] as const;

/** What the portable API makes of an intent, without what GKE would refuse the route for. */
export function portablePart(intent: Intent, context: LoweringContext): Lowering {
  const lowering = portable(intent, context);
  if (lowering.as === 'absent') return inOwnWords(intent, lowering, context);
  const field = REFUSED.find((name) => lowering.parts[name] !== undefined);
  if (field !== undefined) return unmapped(find['not-taken']({ field }, placeOf(intent, context)));
  if (lowering.parts.cors !== undefined && !featuresOf(context).cors)
    return unmapped(find['no-cors']({ class: context.gatewayClass ?? '' }, placeOf(intent, context)));
  if (lowering.parts.cors !== undefined) return approximated(lowering.parts, find['cors-preview']({}, placeOf(intent, context)));
  return lowering;
}
