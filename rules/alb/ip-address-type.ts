import type { AwsIntent } from '../../src/intent/intent.ts';
import { oneOf } from '../../src/rule/codec.ts';
import { at } from '../../src/rule/rule.ts';
import { manual, PREFIX } from './annotation.ts';
import type { Books } from './books.ts';
import { textParam } from './class-params.ts';
import type { Group } from './group.ts';
import { classFirst, exclusive } from './group-value.ts';
import { found, readFrom, settingRule } from './setting.ts';

const type = oneOf('ipv4', 'dualstack', 'dualstack-without-public-ipv4');

export const ipAddressType = settingRule({
  id: 'alb/ip-address-type',
  title: 'Address family of the load balancer',
  docs: manual('ip-address-type'),
  scope: 'ingress',
  becomes: 'awsIpAddressType',
  reads: { type: at(`${PREFIX}ip-address-type`, type) },
});

export function ipAddressTypeIntents({ members }: Group, books: Books): readonly AwsIntent[] {
  const value = exclusive(
    'ip-address-type',
    members,
    ({ params, annotations }) => {
      const own = textParam(params, 'ipAddressType');
      const parsed = own === null ? null : type.parse(own.value);
      const ofClass = own !== null && parsed?.ok === true ? { value: parsed.value, entries: own.entries } : null;
      return classFirst(ofClass, found(readFrom(ipAddressType.reads.type, annotations)), books);
    },
    books,
  );
  return value === null ? [] : [{ kind: 'awsIpAddressType', type: value.value, entries: value.entries }];
}
