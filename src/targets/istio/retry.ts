import { hasField } from '../../gateway/fields.ts';
import type { IntentOf } from '../../intent/intent.ts';
import { defineFindings } from '../../ledger/finding.ts';
import { subjectOf } from '../lacking/subject.ts';
import { approximated, type Lower, placeOf, unmapped } from '../lowering.ts';
import { lower as portable } from '../standard/standard.ts';

const find = defineFindings('istio/retry', {
  default: {
    level: 'note',
    message: (a: { asked: string }) =>
      `${a.asked}: left to what Istio does by itself, which is up to two more tries where the connection to the backend fails`,
    help: () => 'A backend that accepts the connection and then stays silent, or resets it, is not tried again.',
    differs: ['status'],
  },
  'not-written': {
    level: 'warning',
    message: (a: { asked: string }) =>
      `${a.asked} cannot be written: Istio makes up to two more tries where the connection to the backend fails, and a route says otherwise in the experimental channel alone`,
    help: () =>
      'Install the experimental channel of Gateway API and convert with --channel experimental; or set defaultHttpRetryPolicy in the MeshConfig, which holds for the whole mesh.',
    differs: ['status'],
  },
});

/** A route without `retry` has Istio's own policy, which is near the controller's default of three tries. */
export const retry: Lower<'retry'> = (intent, context) => {
  const isOff = intent.tries === 1 || intent.on.includes('off');
  if (!isOff && hasField(context.release, 'HTTPRoute.rules.retry')) return portable(intent, context);
  const place = placeOf(intent, context);
  const args = { asked: subjectOf(intent) };
  return isNear(intent) ? approximated({}, find.default(args, place)) : unmapped(find['not-written'](args, place));
};

function isNear({ on, tries, totalMs }: IntentOf<'retry'>): boolean {
  const conditions = on.filter((condition) => condition !== 'error' && condition !== 'timeout');
  return tries === 3 && totalMs === 0 && on.includes('error') && conditions.length === 0;
}
