import type { Codec } from '../../src/rule/codec.ts';
import { at, defineRule } from '../../src/rule/rule.ts';
import { manual, PREFIX, placeOf, valueFindings } from './annotation.ts';
import { intBetween } from './codecs.ts';
import { invalid } from './setting.ts';

/** Lower-case letters, digits, `-` and `.`, at most 63 characters. */
const groupName: Codec<string> = {
  name: 'group name',
  parse: (value) =>
    /^[a-z0-9]([-.a-z0-9]{0,61}[a-z0-9])?$/.test(value)
      ? { ok: true, value }
      : { ok: false, reason: 'which is no group name (lower-case letters, digits, - and ., at most 63 characters)' },
};

/** Which load balancer the Ingress shares, and when its rules are tried. With a name that is none it belongs to no load balancer. */
export const groupMembership = defineRule({
  id: 'alb/group-membership',
  title: 'Sharing a load balancer',
  docs: manual('group.name'),
  scope: 'ingress',
  becomes: 'the load balancer and the order of its rules',
  reads: {
    name: at(`${PREFIX}group.name`, groupName),
    order: at(`${PREFIX}group.order`, intBetween(-1000, 1000)),
  },
  findings: { invalid: valueFindings.invalid, refused: valueFindings.refused },
  convert({ read: { name, order } }) {
    if (name.state === 'invalid') {
      const { entry, reason } = name;
      return { refused: valueFindings.refused({ annotation: entry.name, value: entry.value, reason }, placeOf(entry)) };
    }
    return {
      settled: order.state === 'invalid' ? [invalid(order)] : [],
      routed: [name, order].flatMap((each) => (each.state === 'valid' ? [each.entry] : [])),
    };
  },
});
