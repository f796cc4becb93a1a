import type { AwsIntent } from '../../src/intent/intent.ts';
import { text } from '../../src/rule/codec.ts';
import { at } from '../../src/rule/rule.ts';
import { manual, PREFIX } from './annotation.ts';
import type { Books } from './books.ts';
import { textParam } from './class-params.ts';
import type { Group } from './group.ts';
import { classFirst, exclusive } from './group-value.ts';
import { found, readFrom, settingRule } from './setting.ts';

export const addressPools = settingRule({
  id: 'alb/address-pools',
  title: 'Pools that addresses are taken from',
  docs: manual('ipam-ipv4-pool-id'),
  scope: 'ingress',
  becomes: 'awsAddressPool',
  reads: {
    customerOwned: at(`${PREFIX}customer-owned-ipv4-pool`, text),
    ipam: at(`${PREFIX}ipam-ipv4-pool-id`, text),
  },
});

export function addressPoolIntents({ members }: Group, books: Books): readonly AwsIntent[] {
  const { reads } = addressPools;
  const customer = exclusive(
    'customer-owned-ipv4-pool',
    members,
    ({ annotations }) => found(readFrom(reads.customerOwned, annotations)),
    books,
  );
  const ipam = exclusive(
    'ipam-ipv4-pool-id',
    members,
    ({ params, annotations }) =>
      classFirst(textParam(params, 'ipamConfiguration.ipv4IPAMPoolId'), found(readFrom(reads.ipam, annotations)), books),
    books,
  );
  return [
    ...(customer === null
      ? []
      : [{ kind: 'awsAddressPool', pool: 'customer-owned', id: customer.value, entries: customer.entries } as const]),
    ...(ipam === null ? [] : [{ kind: 'awsAddressPool', pool: 'ipam', id: ipam.value, entries: ipam.entries } as const]),
  ];
}
