import type { AwsIntent } from '../../src/intent/intent.ts';
import { type Codec, goInt } from '../../src/rule/codec.ts';
import { at } from '../../src/rule/rule.ts';
import { manual, PREFIX } from './annotation.ts';
import type { Books } from './books.ts';
import { textParam } from './class-params.ts';
import { keyValues } from './codecs.ts';
import type { Group } from './group.ts';
import { classFirst, exclusive } from './group-value.ts';
import { found, readFrom, settingRule } from './setting.ts';

/** `CapacityUnits=1000`; any other key is an error. */
const capacityUnits: Codec<number> = {
  name: 'CapacityUnits=number',
  parse(text) {
    const pairs = keyValues.parse(text);
    if (!pairs.ok) return pairs;
    const other = pairs.value.find(({ key }) => key !== 'CapacityUnits');
    if (other !== undefined) return { ok: false, reason: `with the key "${other.key}"; only CapacityUnits is known` };
    const units = goInt.parse(pairs.value[0]?.value ?? '');
    return units.ok && units.value >= 0 ? units : { ok: false, reason: 'without a whole number of CapacityUnits' };
  },
};

export const capacity = settingRule({
  id: 'alb/capacity',
  title: 'Reserved capacity',
  docs: manual('minimum-load-balancer-capacity'),
  scope: 'ingress',
  becomes: 'awsCapacity',
  reads: { units: at(`${PREFIX}minimum-load-balancer-capacity`, capacityUnits) },
});

export function capacityIntents({ members }: Group, books: Books): readonly AwsIntent[] {
  const units = exclusive(
    'minimum-load-balancer-capacity',
    members,
    ({ params, annotations }) => {
      const own = textParam(params, 'minimumLoadBalancerCapacity.capacityUnits');
      const parsed = own === null ? null : goInt.parse(own.value);
      const ofClass = own !== null && parsed?.ok === true ? { value: parsed.value, entries: own.entries } : null;
      return classFirst(ofClass, found(readFrom(capacity.reads.units, annotations)), books);
    },
    books,
  );
  return units === null ? [] : [{ kind: 'awsCapacity', units: units.value, entries: units.entries }];
}
