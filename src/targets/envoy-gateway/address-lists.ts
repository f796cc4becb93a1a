import { defineFindings, type NoArgs } from '../../ledger/finding.ts';
import type { JsonObject } from '../../model/json.ts';
import type { Lowering, LoweringContext } from '../contract.ts';
import { approximated, converted, type Lower, placeOf } from '../lowering.ts';
import { securityPolicy } from './kinds.ts';

const find = defineFindings('envoy-gateway/address-lists', {
  'client-address': {
    level: 'warning',
    message: (_: NoArgs) => "the address list is written; which address Envoy takes for the client's depends on what is in front of it",
    help: () =>
      'Behind a load balancer that hides it, set clientIPDetection (trusted hops or the PROXY protocol) in a ClientTrafficPolicy, then test from an address outside the list.',
    security: true,
  },
});

/** Addresses of the list pass, all others get 403; a deny list beside it is asked first, as nginx does. */
export const allowList: Lower<'allowList'> = (intent, context) =>
  written(context, find['client-address']({}, placeOf(intent, context)), {
    defaultAction: 'Deny',
    rules: [...denied(context), rule('Allow', intent.ranges)],
  });

export const denyList: Lower<'denyList'> = (intent, context) =>
  context.rule.intents.some(({ kind }) => kind === 'allowList')
    ? // Part of what the allow list writes.
      converted({})
    : written(context, find['client-address']({}, placeOf(intent, context)), {
        defaultAction: 'Allow',
        rules: [rule('Deny', intent.ranges)],
      });

function denied({ rule: { intents } }: LoweringContext): readonly JsonObject[] {
  return intents.flatMap((intent) => (intent.kind === 'denyList' ? [rule('Deny', intent.ranges)] : []));
}

function rule(action: 'Allow' | 'Deny', ranges: readonly string[]): JsonObject {
  return { action, principal: { clientCIDRs: ranges.map(asRange) } };
}

/** A bare address is a range of one. */
function asRange(address: string): string {
  if (address.includes('/')) return address;
  return `${address}/${address.includes(':') ? 128 : 32}`;
}

function written(_: LoweringContext, finding: ReturnType<(typeof find)['client-address']>, authorization: JsonObject): Lowering {
  return approximated({ policies: [{ policy: securityPolicy, on: { to: 'route' }, spec: { authorization } }] }, finding);
}
