import type { AwsIntent } from '../../src/intent/intent.ts';
import { type Codec, text } from '../../src/rule/codec.ts';
import { at } from '../../src/rule/rule.ts';
import { manual, PREFIX } from './annotation.ts';
import type { Books } from './books.ts';
import { textParam } from './class-params.ts';
import type { Group } from './group.ts';
import { classFirst, exclusive } from './group-value.ts';
import { found, readFrom, settingRule } from './setting.ts';

const name: Codec<string> = {
  name: 'name of at most 32 characters',
  parse: (value) => (value.length <= 32 ? text.parse(value) : { ok: false, reason: 'longer than the 32 characters that AWS allows' }),
};

export const loadBalancerName = settingRule({
  id: 'alb/load-balancer-name',
  title: 'Name of the load balancer',
  docs: manual('load-balancer-name'),
  scope: 'ingress',
  becomes: 'awsLoadBalancerName',
  reads: { name: at(`${PREFIX}load-balancer-name`, name) },
});

export function nameIntents({ members }: Group, books: Books): readonly AwsIntent[] {
  const { reads } = loadBalancerName;
  const value = exclusive(
    'load-balancer-name',
    members,
    ({ params, annotations }) => classFirst(textParam(params, 'loadBalancerName'), found(readFrom(reads.name, annotations)), books),
    books,
  );
  return value === null ? [] : [{ kind: 'awsLoadBalancerName', name: value.value, entries: value.entries }];
}
