import type { Codec } from '../../src/rule/codec.ts';
import { at } from '../../src/rule/rule.ts';
import { manual, ORG, valueFindings } from './annotation.ts';
import { defineEffective } from './behaviour.ts';
import { nginxTime, unsigned } from './codecs.ts';
import { entriesOf, part, settledOf } from './part.ts';

/** `denied` is Plus's; all others are nginx's own. */
const CONDITIONS = new Set(
  'error timeout invalid_header http_500 http_502 http_503 http_504 http_403 http_404 http_429 non_idempotent off denied'.split(' '),
);

const conditions: Codec<string> = {
  name: 'conditions of proxy_next_upstream',
  parse(value) {
    const words = value.split(/\s+/).filter((word) => word !== '');
    if (words.length === 0 || words.some((word, index) => !CONDITIONS.has(word) || words.indexOf(word) !== index))
      return { ok: false, reason: `no list of ${[...CONDITIONS].join(', ')}, each once` };
    return { ok: true, value: words.join(' ') };
  },
};

/** On by default, after errors and timeouts, until every endpoint was tried. */
export const retries = defineEffective({
  id: 'nginx-inc/retries',
  title: 'Trying other endpoints',
  docs: manual('backend-services-upstreams'),
  scope: 'location',
  becomes: 'retry',
  placed: 'location',
  reads: {
    on: at(`${ORG}proxy-next-upstream`, conditions),
    tries: at(`${ORG}proxy-next-upstream-tries`, unsigned),
    timeout: at(`${ORG}proxy-next-upstream-timeout`, nginxTime),
  },
  findings: { default: valueFindings.default },
  effect(read) {
    const on = part(read.on, 'error timeout');
    const tries = part(read.tries, 0);
    const timeout = part(read.timeout, 0);
    const entries = entriesOf(on, tries, timeout);
    const settled = settledOf(on, tries, timeout);
    if (entries.length === 0) return { settled };
    const words = on.value.split(' ');
    const isOff = words.includes('off');
    return {
      settled,
      intents: [{ kind: 'retry', on: isOff ? [] : words, tries: isOff ? 1 : tries.value, totalMs: timeout.value, entries }],
    };
  },
});
