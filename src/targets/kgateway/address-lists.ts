import type { IntentOf } from '../../intent/intent.ts';
import { defineFindings, type NoArgs } from '../../ledger/finding.ts';
import type { JsonObject } from '../../model/json.ts';
import { type AddressRange, rangeText, without } from '../address-ranges.ts';
import type { Lowering, LoweringContext } from '../contract.ts';
import { addressLists } from '../envoy/address-lists.ts';
import { approximated, inert, LOST_PROTECTION, type Lower, placeOf, unmapped } from '../lowering.ts';
import { traffic } from './kinds.ts';

const find = defineFindings('kgateway/address-lists', {
  'client-address': {
    level: 'warning',
    message: (_: NoArgs) => "the address list is written; which address Envoy takes for the client's depends on what is in front of it",
    help: () =>
      'Behind a load balancer that hides it, set xffNumTrustedHops or proxyProtocol in a ListenerPolicy, then test from an address outside the list. The field acl needs kgateway 2.4.',
    security: true,
  },
  'no-range': {
    ...LOST_PROTECTION,
    message: (a: { ranges: string }) => `the address list cannot be written: not all of it are addresses or ranges (${a.ranges})`,
    help: () => 'Write each as an IPv4 or IPv6 address, with a prefix length where it is a range.',
  },
  'too-many': {
    ...LOST_PROTECTION,
    message: (a: { ranges: number }) => `the address list cannot be written: ${a.ranges} ranges are more than one policy holds`,
    help: () => 'Put neighbouring ranges together.',
  },
  'nobody-denied': { level: 'note', message: (_: NoArgs) => 'the list of refused addresses is empty: nobody is refused' },
});

export const allowList: Lower<'allowList'> = (intent, context) => written(intent, context);

export const denyList: Lower<'denyList'> = (intent, context) =>
  intent.ranges.length === 0 ? inert(find['nobody-denied']({}, placeOf(intent, context))) : written(intent, context);

/**
 * The longest prefix decides, whatever the order: what is refused is cut out of what is allowed, so that a refused range is not
 * opened again by a longer one inside it.
 */
function written(intent: IntentOf<'allowList'> | IntentOf<'denyList'>, context: LoweringContext): Lowering {
  const place = placeOf(intent, context);
  const lists = addressLists(intent, context);
  if (lists === null) return unmapped(find['no-range']({ ranges: intent.ranges.join(', ') }, place));
  const refused = lists.denied.flat();
  const admitted = lists.allowed === null ? [] : without(lists.allowed, refused);
  if (admitted.length + refused.length > MOST_RANGES)
    return unmapped(find['too-many']({ ranges: admitted.length + refused.length }, place));
  const acl = {
    defaultAction: lists.allowed === null ? 'allow' : 'deny',
    rules: [...rulesOf('deny', refused), ...rulesOf('allow', admitted)],
  };
  return approximated(traffic({ acl }), find['client-address']({}, place));
}

const RANGES_PER_RULE = 256;
const MOST_RANGES = 16 * RANGES_PER_RULE;

function rulesOf(action: 'allow' | 'deny', ranges: readonly AddressRange[]): readonly JsonObject[] {
  return Array.from({ length: Math.ceil(ranges.length / RANGES_PER_RULE) }, (_, index) => ({
    action,
    cidrs: ranges.slice(index * RANGES_PER_RULE, (index + 1) * RANGES_PER_RULE).map(rangeText),
  }));
}
