import { at, defineRule } from '../../../src/rule/rule.ts';
import { addressRanges } from '../address-ranges.ts';
import { failsClosed, referenceFindings } from '../references.ts';
import { configDocs, configKey } from './config-key.ts';

/** Refused for every host, before anything else is asked (`http` level of the template). With an invalid list nginx does not start. */
export const blockedAddresses = defineRule({
  id: 'nginx/config/block-cidrs',
  title: 'Addresses that the controller refuses everywhere',
  docs: configDocs('block-cidrs'),
  scope: 'ingress',
  becomes: 'denyList',
  reads: { ranges: at(configKey('block-cidrs'), addressRanges) },
  findings: referenceFindings,
  convert({ read: { ranges } }) {
    if (ranges.state === 'valid') return { intents: [{ kind: 'denyList', ranges: ranges.value, entries: [ranges.entry] }] };
    if (ranges.state === 'absent') return {};
    const { entry } = ranges;
    const { intent, finding } = failsClosed(503, entry, `is "${entry.value}", ${ranges.reason}`, [entry]);
    return { intents: [intent], findings: [finding] };
  },
});
