import { defineFindings } from '../../src/ledger/finding.ts';
import { type Codec, goInt, type Read } from '../../src/rule/codec.ts';
import { at, defineRule } from '../../src/rule/rule.ts';
import { manual, PREFIX, valueFindings, warningsOf } from './annotation.ts';
import { entriesOf, type Part, part, settledOf } from './part.ts';
import { inert, placeOf } from './settlement.ts';
import { seconds } from './value-codecs.ts';

const find = defineFindings('nginx/retries', {
  off: {
    level: 'note',
    message: (a: { annotation: string }) => `${a.annotation} has no effect, since proxy-next-upstream is off and nothing is tried again`,
  },
});

const WORDS = 'error|timeout|invalid_header|http_500|http_502|http_503|http_504|http_403|http_404|http_429|non_idempotent|off';
const DEFAULT = 'error timeout';

/** `(word\s?)+` of the controller; words are what nginx reads, so the value is kept as words. */
const conditions: Codec<string> = {
  name: 'conditions',
  parse(value) {
    const words = value.split(/\s/).filter((word) => word !== '');
    const valid = words.length > 0 && words.every((word) => new RegExp(`^(?:${WORDS})+$`).test(word)) && !/\s\s|^\s/.test(value);
    return valid ? { ok: true, value: words.join(' ') } : { ok: false, reason: `not a list of ${WORDS.replaceAll('|', ', ')}` };
  },
};

/** On by default: connection errors and timeouts, three tries in all, never POST, LOCK or PATCH. */
export const retries = defineRule({
  id: 'nginx/retries',
  title: 'Retries on another endpoint',
  docs: manual('custom-timeouts'),
  scope: 'location',
  becomes: 'retry',
  reads: {
    on: at(`${PREFIX}proxy-next-upstream`, conditions),
    timeout: at(`${PREFIX}proxy-next-upstream-timeout`, seconds),
    tries: at(`${PREFIX}proxy-next-upstream-tries`, goInt),
  },
  findings: { ...find, ...valueFindings },
  convert({ read }) {
    const on = part(read.on, DEFAULT);
    const isOff = on.value.split(' ').includes('off');
    const timeout = isOff ? unused(read.timeout, 0) : part(read.timeout, 0);
    const tries = isOff ? unused(read.tries, 1) : part(read.tries, 3);
    const settled = settledOf(on, timeout, tries);
    const entries = entriesOf(on, timeout, tries);
    const findings = warningsOf(settled);
    if (entries.length === 0) return { settled, findings };
    return {
      settled,
      findings,
      intents: [
        {
          kind: 'retry',
          on: isOff ? [] : on.value.split(' '),
          tries: Math.max(0, tries.value),
          totalMs: timeout.value * 1000,
          entries,
        },
      ],
    };
  },
});

function unused(read: Read<number>, value: number): Part<number> {
  const settled = read.state === 'absent' ? [] : inert([read.entry], find.off({ annotation: read.entry.name }, placeOf(read.entry)));
  return { value, entries: [], settled };
}
