import type { AwsSubnets } from '../../src/intent/aws.ts';
import type { AwsIntent } from '../../src/intent/intent.ts';
import { compareText } from '../../src/model/position.ts';
import { commaList } from '../../src/rule/codec.ts';
import { at } from '../../src/rule/rule.ts';
import { manual, PREFIX } from './annotation.ts';
import type { Books } from './books.ts';
import { listParam, tagsParam } from './class-params.ts';
import type { Group, Member } from './group.ts';
import { classFirst, exclusive } from './group-value.ts';
import { type Found, found, readFrom, settingRule } from './setting.ts';

export const subnets = settingRule({
  id: 'alb/subnets',
  title: 'Subnets of the load balancer',
  docs: manual('subnets'),
  scope: 'ingress',
  becomes: 'awsSubnets',
  reads: { subnets: at(`${PREFIX}subnets`, commaList) },
});

export function subnetIntents({ members }: Group, books: Books): readonly AwsIntent[] {
  const value = exclusive('subnets', members, (member) => subnetsOf(member, books), books, orderless);
  return value === null ? [] : [{ kind: 'awsSubnets', subnets: value.value, entries: value.entries }];
}

function subnetsOf({ params, annotations }: Member, books: Books): Found<AwsSubnets> | null {
  const ids = listParam(params, 'subnets.ids');
  const tags = tagsParam(params, 'subnets.tags', 'subnets.matchTags');
  const ofClass: Found<AwsSubnets> | null =
    ids !== null
      ? { value: { by: 'identifier', identifiers: ids.value }, entries: ids.entries }
      : tags === null
        ? null
        : { value: { by: 'tags', tags: tags.value }, entries: tags.entries };
  const own = found(readFrom(subnets.reads.subnets, annotations));
  return classFirst(ofClass, own === null ? null : { value: { by: 'identifier', identifiers: own.value }, entries: own.entries }, books);
}

/** The controller compares them as sets. */
function orderless(value: AwsSubnets): string {
  return value.by === 'tags' ? JSON.stringify(value.tags) : [...value.identifiers].sort(compareText).join(', ');
}
