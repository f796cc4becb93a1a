import { defineFindings, type NoArgs } from '../../../src/ledger/finding.ts';
import { entryOf, valueOr } from '../../../src/rule/codec.ts';
import { boolField, type FieldCodec, readField } from '../object-fields.ts';
import { inert, placeOf } from '../settlement.ts';
import { type BackendConfigRule, DOCS, refused, together } from './rule.ts';

const find = defineFindings('gke/logging', {
  'rate-unused': {
    level: 'note',
    message: (_: NoArgs) => 'logging is off, so how many requests are sampled has no effect',
  },
});

const rateField: FieldCodec<number> = {
  parse: (value) =>
    typeof value === 'number' && value >= 0 && value <= 1 ? { ok: true, value } : { ok: false, reason: 'not a number from 0 to 1' },
};

/** Without the block every request is logged; with it, and without `enable`, none is. */
export const logging: BackendConfigRule = {
  id: 'gke/logging',
  title: 'Access log',
  docs: DOCS,
  fields: ['spec.logging.enable', 'spec.logging.sampleRate'],
  findings: find,
  convert(config, use) {
    const enable = readField(config, ['spec', 'logging', 'enable'], boolField);
    const rate = readField(config, ['spec', 'logging', 'sampleRate'], rateField);
    const bad = [enable, rate].map((read) => (read.state === 'invalid' ? refused(read, config, use) : {}));
    if (enable.state === 'absent' && rate.state === 'absent') return {};
    if (enable.state === 'invalid') return together(bad);
    const enabled = valueOr(enable, false);
    const sampleRate = enabled ? Math.round(valueOr(rate, 1) * 1_000_000) : 0;
    const rateEntry = rate.state === 'valid' ? [rate.entry] : [];
    const entries = enabled ? [...entryOf(enable), ...rateEntry] : enable.state === 'absent' ? rateEntry : entryOf(enable);
    const unused = enabled || enable.state === 'absent' ? [] : rateEntry;
    return together([
      ...bad,
      {
        intents: entries.length === 0 ? [] : [{ kind: 'gke', feature: 'logging', enabled, sampleRate, entries }],
        settled: unused.flatMap((entry) => inert([entry], find['rate-unused']({}, placeOf(entry, use.ingress)))),
      },
    ]);
  },
};
