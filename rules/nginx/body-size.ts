import { at, defineRule } from '../../src/rule/rule.ts';
import { manual, PREFIX, valueFindings, warningsOf } from './annotation.ts';
import { part } from './part.ts';
import { inert, placeOf } from './settlement.ts';
import { offset } from './value-codecs.ts';

const NGINX_DEFAULT = 1024 ** 2;

/** Larger bodies are answered with 413. `0` switches the limit off. */
export const bodySize = defineRule({
  id: 'nginx/body-size',
  title: 'Largest request body',
  docs: manual('custom-max-body-size'),
  scope: 'location',
  becomes: 'bodySize',
  reads: { limit: at(`${PREFIX}proxy-body-size`, offset) },
  findings: valueFindings,
  convert({ read }) {
    const limit = part(read.limit, NGINX_DEFAULT, "the controller's default, 1m");
    const [entry] = limit.entries;
    if (entry === undefined) return { settled: limit.settled, findings: warningsOf(limit.settled) };
    if (limit.value !== null) return { intents: [{ kind: 'bodySize', bytes: limit.value, entries: [entry] }] };
    const args = {
      annotation: entry.name,
      value: entry.value,
      reason: 'a size with b, which is not written',
      effect: "nginx's own default, 1m",
    };
    const finding = valueFindings.invalid(args, placeOf(entry));
    return { settled: inert([entry], finding), findings: [finding] };
  },
});
