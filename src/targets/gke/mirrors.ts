import { defineFindings, type NoArgs } from '../../ledger/finding.ts';
import { type Lower, placeOf, unmapped } from '../lowering.ts';
import { lower as portable } from '../standard/standard.ts';
import { featuresOf } from './classes.ts';

const find = defineFindings('gke-gateway/mirror', {
  several: {
    level: 'warning',
    message: (_: NoArgs) => 'GKE Gateway takes one mirror for a rule, and another one was written',
    help: () => 'Let the first mirror pass the requests on.',
  },
  'not-imported': {
    level: 'warning',
    message: (a: { class: string }) =>
      `a Gateway of class ${a.class} sends to ServiceImports alone, and copies of requests go to a Service`,
    help: () => 'Export that Service as well, and name its ServiceImport in a RequestMirror filter.',
  },
});

/** Of several the first counts: for two, GKE would refuse the whole route. */
export const mirror: Lower<'mirror'> = (intent, context) =>
  featuresOf(context).imports
    ? unmapped(find['not-imported']({ class: context.gatewayClass ?? '' }, placeOf(intent, context)))
    : context.rule.intents.find(({ kind }) => kind === 'mirror') === intent
      ? portable(intent, context)
      : unmapped(find.several({}, placeOf(intent, context)));
