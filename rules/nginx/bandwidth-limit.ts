import { defineFindings } from '../../src/ledger/finding.ts';
import { goInt } from '../../src/rule/codec.ts';
import { at, defineRule } from '../../src/rule/rule.ts';
import { manual, PREFIX, valueFindings, warningsOf } from './annotation.ts';
import { beside } from './beside.ts';
import { entriesOf, idle, part, settledOf } from './part.ts';
import { inert, placeOf } from './settlement.ts';

const find = defineFindings('nginx/bandwidth-limit', {
  unbuffered: {
    level: 'note',
    message: (a: { annotation: string }) =>
      `${a.annotation} slows nothing down while proxy-buffering is off, as it is by default: the limit works on buffered responses only`,
    help: () => 'If responses were meant to be slowed down, they never were: decide whether they should be from now on.',
  },
});

/** Kilobytes a second for each connection: the template appends `k` to the number. */
export const bandwidthLimit = defineRule({
  id: 'nginx/bandwidth-limit',
  title: 'Limit of bandwidth per connection',
  docs: manual('rate-limiting'),
  scope: 'location',
  becomes: 'bandwidthLimit',
  reads: { rate: at(`${PREFIX}limit-rate`, goInt), after: at(`${PREFIX}limit-rate-after`, goInt) },
  findings: { ...find, ...valueFindings },
  convert({ read, ingress }) {
    const rate = part(read.rate, 0);
    const isSet = rate.value > 0 && rate.entries.length > 0;
    const after = isSet ? part(read.after, 0) : idle(read.after, 0, 'limit-rate');
    const settled = settledOf(rate, after);
    const entries = entriesOf(rate, after);
    const isBuffered = beside(ingress, 'proxy-buffering')?.trim() === 'on';
    if (!isSet || !isBuffered) {
      const unused = entries.flatMap((entry) => inert([entry], find.unbuffered({ annotation: entry.name }, placeOf(entry))));
      return { settled: [...settled, ...unused], findings: warningsOf(settled) };
    }
    return {
      settled,
      findings: warningsOf(settled),
      intents: [{ kind: 'bandwidthLimit', bytesPerSecond: rate.value * 1024, after: Math.max(0, after.value) * 1024, entries }],
    };
  },
});
