import type { AwsIntent } from '../../src/intent/intent.ts';
import { at } from '../../src/rule/rule.ts';
import { manual, PREFIX } from './annotation.ts';
import type { Books } from './books.ts';
import { pairsParam } from './class-params.ts';
import { keyValues } from './codecs.ts';
import type { Group } from './group.ts';
import { merged } from './group-value.ts';
import { found, readFrom, settingRule } from './setting.ts';

/** Joined over the group key by key (the manual calls it exclusive, the code merges). */
export const loadBalancerAttributes = settingRule({
  id: 'alb/load-balancer-attributes',
  title: 'Attributes of the load balancer',
  docs: manual('load-balancer-attributes'),
  scope: 'ingress',
  becomes: 'awsLoadBalancerAttributes',
  reads: { attributes: at(`${PREFIX}load-balancer-attributes`, keyValues) },
});

export function attributeIntents({ members }: Group, books: Books): readonly AwsIntent[] {
  const all = merged(
    'load-balancer-attributes',
    members,
    ({ params, annotations }) => ({
      ofClass: pairsParam(params, 'loadBalancerAttributes'),
      ofIngress: found(readFrom(loadBalancerAttributes.reads.attributes, annotations)),
    }),
    books,
  );
  return all === null ? [] : [{ kind: 'awsLoadBalancerAttributes', attributes: all.value, entries: all.entries }];
}
