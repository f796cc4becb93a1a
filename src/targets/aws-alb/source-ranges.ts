import type { HTTPRouteMatch } from '../../gateway/types.ts';
import { defineFindings } from '../../ledger/finding.ts';
import type { RuleParts } from '../contract.ts';
import type { MatchContext } from '../dialect.ts';
import { approximated, LOST_PROTECTION, type Lower, placeOf, unmapped } from '../lowering.ts';
import { fixedResponse, parts, rule } from './fragments.ts';
import { CONDITION_VALUES, conditionValues } from './matches.ts';

/** More would use up the load balancer's rules for one path. */
const MOST_RULES = 20;

/** Client addresses as conditions: as many in each rule as its other conditions leave room for. null: too many. */
export function sourceRanges(ranges: readonly string[], match: HTTPRouteMatch, context: MatchContext): readonly RuleParts[] | null {
  return casesFor(ranges, Math.min(3, CONDITION_VALUES - conditionValues(match, context)));
}

function casesFor(ranges: readonly string[], room: number): readonly RuleParts[] | null {
  const values = [...new Set(ranges.map(asRange))];
  const count = room < 1 ? 0 : Math.ceil(values.length / room);
  if (count === 0 || count > MOST_RULES) return null;
  return Array.from({ length: count }, (_, index) =>
    parts(rule({ conditions: [{ field: 'source-ip', sourceIPConfig: { values: values.slice(index * room, (index + 1) * room) } }] })),
  );
}

/** A bare address is a range of one. */
function asRange(address: string): string {
  if (address.includes('/')) return address;
  return `${address}/${address.includes(':') ? 128 : 32}`;
}

const find = defineFindings('aws-alb/address-lists', {
  'client-address': {
    level: 'warning',
    message: (a: { list: string }) =>
      `the ${a.list} list is written as rules with a source-ip condition, for which the load balancer takes the address of the connection, never X-Forwarded-For`,
    help: () =>
      'If clients come through a proxy or CDN, their own addresses are not seen here: then use a WAF with forwarded addresses instead. Test from an address outside the list.',
    security: true,
    differs: ['status'],
  },
  'too-many': {
    ...LOST_PROTECTION,
    message: (a: { ranges: number; list: string }) =>
      `the ${a.list} list has ${a.ranges} ranges, and a rule of the load balancer has room for few: it would take more than ${MOST_RULES} rules a path`,
    help: () =>
      'Put the addresses into an IP set of a WAF (aws wafv2 create-ip-set) and name its web ACL in the LoadBalancerConfiguration, or, where they hold for everything behind the load balancer, set sourceRanges there.',
  },
});

/** A prefix of a host takes three values, so that two are left; fewer where the rule has more conditions. */
function roomOf(intent: Parameters<Lower<'allowList'>>[0] | Parameters<Lower<'denyList'>>[0], context: Parameters<Lower<'allowList'>>[1]) {
  const { match } = context.rule;
  const others = match.headers.length + match.queryParams.length + match.cookies.length + Math.min(1, match.methods.length);
  const path = match.path.kind === 'prefix' && match.path.value !== '/' ? 2 : 1;
  // A pattern may end up as a prefix.
  const paths = match.path.kind === 'regex' || match.path.kind === 'text-prefix' ? 2 : path;
  return casesFor(intent.ranges, Math.min(3, CONDITION_VALUES - Number(context.host !== '') - paths - others));
}

/** Rules for the addresses of the list, and behind them one that answers 403. */
export const allowList: Lower<'allowList'> = (intent, context) => {
  const each = roomOf(intent, context);
  const place = placeOf(intent, context);
  if (each === null) return unmapped(find['too-many']({ ranges: intent.ranges.length, list: 'allow' }, place));
  return approximated({ cases: { each, otherwise: parts(fixedResponse(403)) } }, find['client-address']({ list: 'allow' }, place));
};

/** Before the rule, others that answer 403 to addresses of the list. */
export const denyList: Lower<'denyList'> = (intent, context) => {
  const each = roomOf(intent, context);
  const place = placeOf(intent, context);
  if (each === null) return unmapped(find['too-many']({ ranges: intent.ranges.length, list: 'deny' }, place));
  const refusals = each.map(({ policies = [] }) => ({ policies: [...policies, fixedResponse(403)] }));
  return approximated({ refusals }, find['client-address']({ list: 'deny' }, place));
};
