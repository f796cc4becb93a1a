import type { AwsIntent } from '../../src/intent/intent.ts';
import { defineFindings } from '../../src/ledger/finding.ts';
import { compareText } from '../../src/model/position.ts';
import { commaList } from '../../src/rule/codec.ts';
import { at } from '../../src/rule/rule.ts';
import { manual, PREFIX, placeOf, valueFindings } from './annotation.ts';
import { type Books, settle } from './books.ts';
import { listParam } from './class-params.ts';
import type { Listener, Member } from './group.ts';
import { classFirst, exclusive } from './group-value.ts';
import { isNetwork } from './networks.ts';
import { type Found, found, readFrom, settingRule } from './setting.ts';

const find = defineFindings('alb/inbound-ranges', {
  network: {
    level: 'error',
    message: (a: { setting: string; range: string }) =>
      `${a.setting} has "${a.range}", which is no range of addresses: the controller stops there and changes nothing of the load balancer until it is corrected`,
    help: () => 'Correct it (10.1.2.3/32 for one address) and convert again. It was left out, so that it lets nobody in.',
    security: true,
  },
});

export const inboundRanges = settingRule({
  id: 'alb/inbound-ranges',
  title: 'Who may connect',
  docs: manual('inbound-cidrs'),
  scope: 'ingress',
  becomes: 'awsInboundRanges',
  reads: {
    ranges: at(`${PREFIX}inbound-cidrs`, commaList),
    prefixLists: at(`${PREFIX}security-group-prefix-lists`, commaList),
  },
  findings: { ...find, overridden: valueFindings.overridden },
});

interface Inbound {
  readonly ranges: readonly string[];
  readonly prefixLists: readonly string[];
  readonly entries: Found<unknown>['entries'];
}

/**
 * Ranges belong to the ports of the member that names them. Prefix lists by themselves close what is open without them.
 * Ports with the same ranges share one intent, so that a rule served on both stays one.
 */
export function inboundIntents(listeners: readonly Listener[], books: Books): readonly AwsIntent[] {
  const byRanges = new Map<string, { readonly inbound: Inbound; readonly listeners: Listener[] }>();
  for (const listener of listeners) {
    const inbound = inboundOf(listener.members, books);
    if (inbound === null) continue;
    const key = JSON.stringify([inbound.ranges, inbound.prefixLists]);
    const known = byRanges.get(key);
    if (known === undefined) byRanges.set(key, { inbound, listeners: [listener] });
    else known.listeners.push(listener);
  }
  return [...byRanges.values()].map(({ inbound, listeners: all }) => ({
    kind: 'awsInboundRanges',
    listeners: all.map(({ protocol, port }) => ({ protocol, port })),
    ...inbound,
    entries: [
      ...new Set([...inbound.entries, ...all.flatMap(({ members }) => inboundOf(members, { settled: [], findings: [] })?.entries ?? [])]),
    ],
  }));
}

function inboundOf(members: readonly Member[], books: Books): Inbound | null {
  const { reads } = inboundRanges;
  const sorted = (value: Found<readonly string[]> | null) =>
    value === null || value.value.length === 0 ? null : { ...value, value: [...new Set(value.value)].sort(compareText) };
  const rangesOf = ({ params, annotations }: Member, into: Books) =>
    sorted(classFirst(listParam(params, 'inboundCIDRs'), found(readFrom(reads.ranges, annotations)), into));
  // Where members disagree, nobody gets in whom one of them keeps out.
  const isOpen = (member: Member) => rangesOf(member, { settled: [], findings: [] })?.value.some((range) => WORLD.includes(range)) ?? true;
  const careful = [...members].sort((a, b) => Number(isOpen(a)) - Number(isOpen(b)));
  const ranges = exclusive('inbound-cidrs', careful, (member) => rangesOf(member, books), books);
  const lists = exclusive(
    'security-group-prefix-lists',
    members,
    ({ params, annotations }) =>
      sorted(classFirst(listParam(params, 'prefixListsIDs', 'PrefixListsIDs'), found(readFrom(reads.prefixLists, annotations)), books)),
    books,
  );
  if (ranges === null && lists === null) return null;
  return {
    ranges: ranges === null ? [] : networks(ranges, books),
    prefixLists: lists?.value ?? [],
    entries: [...(ranges?.entries ?? []), ...(lists?.entries ?? [])],
  };
}

const WORLD = ['0.0.0.0/0', '::/0'];

/** Those of the list that are networks. One that is none stops the controller, and lets nobody in. */
function networks({ value, entries }: Found<readonly string[]>, books: Books): readonly string[] {
  for (const range of value.filter((each) => !isNetwork(each)))
    for (const entry of entries) settle(books, [entry], 'manual', find.network({ setting: entry.name, range }, placeOf(entry)));
  return value.filter(isNetwork);
}
