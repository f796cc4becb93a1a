import type { AwsIntent } from '../../src/intent/intent.ts';
import { oneOf } from '../../src/rule/codec.ts';
import { at } from '../../src/rule/rule.ts';
import { manual, PREFIX } from './annotation.ts';
import type { Books } from './books.ts';
import { textParam } from './class-params.ts';
import { classFirst } from './group-value.ts';
import { settingRule } from './setting.ts';
import { settingOf, type TargetGroup } from './target-group.ts';

const type = oneOf('instance', 'ip');

export const targetType = settingRule({
  id: 'alb/target-type',
  title: 'Nodes or pods as targets',
  docs: manual('target-type'),
  scope: 'upstream',
  becomes: 'awsTargetType',
  reads: { type: at(`${PREFIX}target-type`, type) },
});

/** The class beats the Service, which beats the Ingress. */
export function targetTypeIntent(group: TargetGroup, books: Books): AwsIntent {
  const own = textParam(group.member.params, 'targetType');
  const parsed = own === null ? null : type.parse(own.value);
  const ofClass = own !== null && parsed?.ok === true ? { value: parsed.value, entries: own.entries } : null;
  const value = classFirst(ofClass, settingOf(targetType.reads.type, group), books);
  return { kind: 'awsTargetType', backend: group.backend, type: value?.value ?? null, entries: value?.entries ?? [] };
}
