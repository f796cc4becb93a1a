import type { CommonIntent } from '../../intent/intent.ts';
import { defineFindings, type NoArgs } from '../../ledger/finding.ts';
import { EVERY_ADDRESS, parseRange, rangeText, without } from '../address-ranges.ts';
import type { Lowering, LoweringContext } from '../contract.ts';
import { lost } from '../lacking/lacking.ts';
import { approximated, converted, type Lower, placeOf } from '../lowering.ts';
import { middlewarePart } from './kinds.ts';

const find = defineFindings('traefik/address-lists', {
  'client-address': {
    level: 'warning',
    message: (_: NoArgs) => 'the address list is written for the address that connects to Traefik, whatever X-Forwarded-For says',
    help: () =>
      'Behind a load balancer that hides clients, keep their address (externalTrafficPolicy: Local, the PROXY protocol), or set ipAllowList.ipStrategy.depth to the number of proxies in front. Then test from an address that is not admitted.',
    security: true,
  },
  complement: {
    level: 'warning',
    message: (a: { denied: number; admitted: number }) =>
      `Traefik has no list of refused addresses: written as the list of all others (${a.denied} refused, ${a.admitted} ranges admitted), for the address that connects to Traefik`,
    help: () =>
      'Keep the addresses of clients (externalTrafficPolicy: Local, the PROXY protocol), or set ipAllowList.ipStrategy.depth to the number of proxies in front. Then test from a refused address.',
    security: true,
  },
});

/** What the one list of Traefik admits: the allowed addresses, or all, without the denied ones. */
export const allowList: Lower<'allowList'> = (intent, context) => {
  const ranges = admitted(context);
  if (ranges === null) return unreadable(intent, context);
  return approximated({ policies: [list(ranges)] }, find['client-address']({}, placeOf(intent, context)));
};

export const denyList: Lower<'denyList'> = (intent, context) => {
  const ranges = admitted(context);
  if (ranges === null) return unreadable(intent, context);
  // Part of what the allow list writes.
  if (context.rule.intents.some(({ kind }) => kind === 'allowList')) return converted({});
  const args = { denied: intent.ranges.length, admitted: ranges.length };
  return approximated({ policies: [list(ranges)] }, find.complement(args, placeOf(intent, context)));
};

function list(sourceRange: readonly string[]) {
  return middlewarePart('address-list', { ipAllowList: { sourceRange } });
}

/** null where an address cannot be read, or none would be admitted, which an empty list does not say. */
function admitted({ rule: { intents } }: LoweringContext): readonly string[] | null {
  const allowed = intents.flatMap((intent) => (intent.kind === 'allowList' ? intent.ranges : []));
  const denied = intents.flatMap((intent) => (intent.kind === 'denyList' ? intent.ranges : []));
  const read = [...allowed, ...denied].map((text) => parseRange(text));
  if (read.some((range) => range === null)) return null;
  if (denied.length === 0) return allowed.length === 0 ? null : allowed;
  const ranges = read.flatMap((range) => range ?? []);
  const base = intents.some(({ kind }) => kind === 'allowList') ? ranges.slice(0, allowed.length) : EVERY_ADDRESS;
  const left = without(base, ranges.slice(allowed.length)).map(rangeText);
  return left.length === 0 ? null : left;
}

function unreadable(intent: CommonIntent, context: LoweringContext): Lowering {
  return lost('traefik', intent, context, {
    why: 'a range is no address of IPv4 or IPv6, or nobody would be left',
    nearest: 'Correct the list and convert again, or let the backend refuse.',
  });
}
