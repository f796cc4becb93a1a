import type { Intent, IntentOf } from '../../intent/intent.ts';
import { defineFindings } from '../../ledger/finding.ts';
import type { RouteRule } from '../../route/table.ts';
import { parseRange } from '../address-ranges.ts';
import type { Lowering, LoweringContext } from '../contract.ts';
import { lost } from '../lacking/lacking.ts';
import { approximated, type Lower, placeOf } from '../lowering.ts';
import { denyPart } from './kinds.ts';
import { scopeOf } from './scope.ts';

const find = defineFindings('istio/address-lists', {
  'client-address': {
    level: 'warning',
    message: (a: { requests: string }) =>
      `the address list is written as an AuthorizationPolicy of the Gateway for ${a.requests}, redirects included; the address is the one that connects to the Gateway`,
    help: () =>
      'Keep the addresses of clients (externalTrafficPolicy: Local), or tell the Gateway how many proxies are in front (numTrustedProxies of its proxy configuration). Then test from an address that must be refused. Whoever adds routes to the host has to look at the policy.',
    security: true,
  },
});

/** Who is not on the list is refused with 403. An ALLOW policy would refuse everything else of the Gateway. */
export const allowList: Lower<'allowList'> = (intent, context) => written(intent, context, 'notRemoteIpBlocks');

export const denyList: Lower<'denyList'> = (intent, context) => written(intent, context, 'remoteIpBlocks');

function written(
  intent: IntentOf<'allowList'> | IntentOf<'denyList'>,
  context: LoweringContext,
  field: 'notRemoteIpBlocks' | 'remoteIpBlocks',
): Lowering {
  if (intent.ranges.length === 0 || intent.ranges.some((range) => parseRange(range) === null))
    return lost('istio', intent, context, {
      why: 'a range is no address of IPv4 or IPv6',
      nearest: 'Correct the list and convert again, or let the backend refuse.',
    });
  const operation = scopeOf(context, (other) => hasSame(other, intent));
  if (operation === null)
    return lost('istio', intent, context, {
      why: 'an AuthorizationPolicy holds for hosts and literal paths of a whole Gateway, and cannot tell the requests of this path from those of others on the host',
      nearest: 'Give the path a host of its own, or the same list to all paths of the host.',
    });
  const requests =
    operation['paths'] === undefined ? `all of ${context.host || 'its hosts'}` : `${context.host}${String(operation['paths'])}`;
  return approximated(
    { policies: [denyPart({ [field]: intent.ranges }, operation)] },
    find['client-address']({ requests }, placeOf(intent, context)),
  );
}

function hasSame(rule: RouteRule, intent: IntentOf<'allowList'> | IntentOf<'denyList'>): boolean {
  return rule.intents.some(
    (other: Intent) => other.kind === intent.kind && 'ranges' in other && sorted(other.ranges) === sorted(intent.ranges),
  );
}

function sorted(ranges: readonly string[]): string {
  return [...new Set(ranges)].sort().join();
}
