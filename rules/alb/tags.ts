import type { AwsIntent } from '../../src/intent/intent.ts';
import { at } from '../../src/rule/rule.ts';
import { manual, PREFIX } from './annotation.ts';
import type { Books } from './books.ts';
import { pairsParam } from './class-params.ts';
import { keyValues } from './codecs.ts';
import type { Group } from './group.ts';
import { merged } from './group-value.ts';
import { found, readFrom, settingRule } from './setting.ts';

export const tags = settingRule({
  id: 'alb/tags',
  title: 'AWS tags',
  docs: manual('tags'),
  scope: 'ingress',
  becomes: 'awsTags, awsTargetGroupTags',
  reads: { tags: at(`${PREFIX}tags`, keyValues) },
});

export function tagIntents({ members }: Group, books: Books): readonly AwsIntent[] {
  const all = merged(
    'tags',
    members,
    ({ params, annotations }) => ({ ofClass: pairsParam(params, 'tags'), ofIngress: found(readFrom(tags.reads.tags, annotations)) }),
    books,
  );
  return all === null ? [] : [{ kind: 'awsTags', tags: all.value, entries: all.entries }];
}
