import type { IntentOf } from '../../intent/intent.ts';
import { defineFindings, type NoArgs } from '../../ledger/finding.ts';
import type { JsonObject } from '../../model/json.ts';
import { type AddressRange, rangeText } from '../address-ranges.ts';
import type { Lowering, LoweringContext } from '../contract.ts';
import { parseRanges, shared } from '../envoy/range-lists.ts';
import { approximated, inert, LOST_PROTECTION, type Lower, placeOf, unmapped } from '../lowering.ts';
import { security } from './kinds.ts';

const find = defineFindings('envoy-gateway/address-lists', {
  'client-address': {
    level: 'warning',
    message: (_: NoArgs) => "the address list is written; which address Envoy takes for the client's depends on what is in front of it",
    help: () =>
      'Behind a load balancer that hides it, set clientIPDetection (trusted hops or the PROXY protocol) in a ClientTrafficPolicy, then test from an address outside the list.',
    security: true,
  },
  'no-range': {
    ...LOST_PROTECTION,
    message: (a: { ranges: string }) => `the address list cannot be written: not all of it are addresses or ranges (${a.ranges})`,
    help: () => 'Write each as an IPv4 or IPv6 address, with a prefix length where it is a range.',
  },
  'nobody-denied': { level: 'note', message: (_: NoArgs) => 'the list of refused addresses is empty: nobody is refused' },
});

/** Addresses of the list pass, all others get 403; a deny list beside it is asked first, as nginx does. */
export const allowList: Lower<'allowList'> = (intent, context) => written(intent, context);

export const denyList: Lower<'denyList'> = (intent, context) =>
  intent.ranges.length === 0 ? inert(find['nobody-denied']({}, placeOf(intent, context))) : written(intent, context);

/** All lists of the rule together, whichever of them is asked about: the policy is the same. */
function written(intent: IntentOf<'allowList'> | IntentOf<'denyList'>, context: LoweringContext): Lowering {
  const place = placeOf(intent, context);
  const allowed = everyList(context, 'allowList');
  const denied = everyList(context, 'denyList');
  if (allowed === null || denied === null) return unmapped(find['no-range']({ ranges: intent.ranges.join(', ') }, place));
  const refused = denied.flatMap((list) => rule('Deny', list));
  const authorization =
    allowed.length === 0
      ? { defaultAction: 'Allow', rules: refused }
      : { defaultAction: 'Deny', rules: [...refused, ...rule('Allow', shared(allowed))] };
  return approximated(security({ authorization }), find['client-address']({}, place));
}

/** Each list of the rule by itself: an address has to be in every allow list. null: one of them cannot be read. */
function everyList({ rule }: LoweringContext, kind: 'allowList' | 'denyList'): readonly (readonly AddressRange[])[] | null {
  const lists = rule.intents
    .flatMap((intent) => (intent.kind === kind ? [parseRanges(intent.ranges)] : []))
    .filter((list) => list !== null);
  return lists.length === rule.intents.filter((intent) => intent.kind === kind).length ? lists : null;
}

function rule(action: 'Allow' | 'Deny', ranges: readonly AddressRange[]): readonly JsonObject[] {
  return ranges.length === 0 ? [] : [{ action, principal: { clientCIDRs: ranges.map(rangeText) } }];
}
