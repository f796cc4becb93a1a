import type { IntentOf } from '../../intent/intent.ts';
import { defineFindings, type NoArgs } from '../../ledger/finding.ts';
import type { JsonObject } from '../../model/json.ts';
import { type AddressRange, rangeText } from '../address-ranges.ts';
import type { Lowering, LoweringContext } from '../contract.ts';
import { addressLists } from '../envoy/address-lists.ts';
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
  const lists = addressLists(intent, context);
  if (lists === null) return unmapped(find['no-range']({ ranges: intent.ranges.join(', ') }, place));
  const refused = lists.denied.flatMap((list) => rule('Deny', list));
  const authorization =
    lists.allowed === null
      ? { defaultAction: 'Allow', rules: refused }
      : { defaultAction: 'Deny', rules: [...refused, ...rule('Allow', lists.allowed)] };
  return approximated(security({ authorization }), find['client-address']({}, place));
}

function rule(action: 'Allow' | 'Deny', ranges: readonly AddressRange[]): readonly JsonObject[] {
  return ranges.length === 0 ? [] : [{ action, principal: { clientCIDRs: ranges.map(rangeText) } }];
}
