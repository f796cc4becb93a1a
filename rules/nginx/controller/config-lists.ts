import type { Intent } from '../../../src/intent/intent.ts';
import { defineFindings, type NoArgs } from '../../../src/ledger/finding.ts';
import { compareText } from '../../../src/model/position.ts';
import type { Codec } from '../../../src/rule/codec.ts';
import { at, defineRule } from '../../../src/rule/rule.ts';
import { parseRange } from '../address-ranges.ts';
import { failsClosed, referenceFindings } from '../references.ts';
import { inert, placeOf } from '../settlement.ts';
import { configDocs, configKey } from './config-key.ts';

const KEY = configKey('block-cidrs');

export const blockFindings = defineFindings('nginx/config/block-cidrs', {
  nobody: {
    level: 'note',
    message: (_: NoArgs) => 'block-cidrs names nobody: the controller refuses no address by it',
  },
  'own-list': {
    level: 'note',
    message: (a: { list: string }) =>
      `block-cidrs does not hold where ${a.list} is set: nginx takes the list of the location alone, and not that of all hosts as well`,
  },
});

/** Items are cut at commas without empty ones (`splitAndTrimSpace`), and written behind `deny` as they are. */
const deniedRanges: Codec<readonly string[]> = {
  name: 'addresses and networks',
  parse(value) {
    const ranges: string[] = [];
    for (const item of value.split(',').filter((each) => each !== '')) {
      const text = item.trim();
      const range = text === 'all' ? null : parseRange(text);
      if (text === 'all') ranges.push('0.0.0.0/0', '::/0');
      else if (range !== null) ranges.push(range);
      else return { ok: false, reason: text === '' ? 'which has a blank item' : `in which "${text}" is no address or network` };
    }
    return { ok: true, value: [...new Set(ranges)].sort(compareText) };
  },
};

/** Refused for every host, before anything else is asked (`http` level of the template). With an invalid list nginx does not start. */
export const blockedAddresses = defineRule({
  id: 'nginx/config/block-cidrs',
  title: 'Addresses that the controller refuses everywhere',
  docs: configDocs('block-cidrs'),
  scope: 'ingress',
  becomes: 'denyList',
  reads: { ranges: at(KEY, deniedRanges) },
  findings: { ...referenceFindings, ...blockFindings },
  convert({ read: { ranges } }) {
    if (ranges.state === 'absent') return {};
    const { entry } = ranges;
    if (ranges.state === 'valid') {
      return ranges.value.length === 0
        ? { settled: inert([entry], blockFindings.nobody({}, placeOf(entry))) }
        : { intents: [{ kind: 'denyList', ranges: ranges.value, entries: [entry] }] };
    }
    const { intent, finding } = failsClosed(503, entry, `is "${entry.value}", ${ranges.reason}`, [entry]);
    return { intents: [intent], findings: [finding] };
  },
});

/** Whether it is the list of the `http` level, which locations with lists of their own do not have. */
export function isForAllHosts({ kind, entries }: Intent): boolean {
  return kind === 'denyList' && entries.length > 0 && entries.every(({ name }) => name === KEY);
}
