import type { AwsKeyValue } from '../../src/intent/aws.ts';
import type { AwsIntent } from '../../src/intent/intent.ts';
import { goInt } from '../../src/rule/codec.ts';
import { at } from '../../src/rule/rule.ts';
import { manual, PREFIX } from './annotation.ts';
import { keyValues } from './codecs.ts';
import { settingRule } from './setting.ts';
import { settingOf, type TargetGroup } from './target-group.ts';

export const targetGroupAttributes = settingRule({
  id: 'alb/target-group-attributes',
  title: 'Attributes of target groups: stickiness, balancing, draining',
  docs: manual('target-group-attributes'),
  scope: 'upstream',
  becomes: 'awsStickiness, awsBalancing, awsTargetGroupAttributes',
  reads: { attributes: at(`${PREFIX}target-group-attributes`, keyValues) },
});

/** The map of a Service replaces that of the Ingress as a whole. */
export function attributesIntents(group: TargetGroup): readonly AwsIntent[] {
  const found = settingOf(targetGroupAttributes.reads.attributes, group);
  if (found === null) return [];
  const { value: all, entries } = found;
  const { backend } = group;
  const sticky = all.filter(({ key }) => key.startsWith('stickiness.'));
  const balancing = all.filter(({ key }) => key.startsWith('load_balancing.algorithm.'));
  const others = all.filter((each) => !sticky.includes(each) && !balancing.includes(each));
  return [
    ...(sticky.length === 0 ? [] : [{ ...stickiness(sticky), kind: 'awsStickiness', backend, attributes: sticky, entries } as const]),
    ...(balancing.length === 0
      ? []
      : [
          {
            kind: 'awsBalancing',
            backend,
            algorithm: valueOf(balancing, 'load_balancing.algorithm.type') ?? 'round_robin',
            attributes: balancing,
            entries,
          } as const,
        ]),
    ...(others.length === 0 ? [] : [{ kind: 'awsTargetGroupAttributes', backend, attributes: others, entries } as const]),
  ];
}

function stickiness(attributes: readonly AwsKeyValue[]) {
  const isApplication = valueOf(attributes, 'stickiness.type') === 'app_cookie';
  const duration = goInt.parse(valueOf(attributes, `stickiness.${isApplication ? 'app_cookie' : 'lb_cookie'}.duration_seconds`) ?? '');
  return {
    enabled: valueOf(attributes, 'stickiness.enabled') === 'true',
    by: isApplication ? ('application-cookie' as const) : ('load-balancer-cookie' as const),
    cookie: isApplication ? valueOf(attributes, 'stickiness.app_cookie.cookie_name') : null,
    durationSeconds: duration.ok ? duration.value : 86_400,
  };
}

function valueOf(attributes: readonly AwsKeyValue[], key: string): string | null {
  return attributes.find((each) => each.key === key)?.value ?? null;
}
