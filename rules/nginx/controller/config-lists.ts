import { at, defineRule } from '../../../src/rule/rule.ts';
import { addressRanges } from '../address-ranges.ts';
import { replaced, valueFindings, warningsOf } from '../annotation.ts';
import { configDocs, configKey } from './config-key.ts';

/** Refused for every host, before anything else is asked (`http` level of the template). An invalid list is left out. */
export const blockedAddresses = defineRule({
  id: 'nginx/config/block-cidrs',
  title: 'Addresses that the controller refuses everywhere',
  docs: configDocs('block-cidrs'),
  scope: 'ingress',
  becomes: 'denyList',
  reads: { ranges: at(configKey('block-cidrs'), addressRanges) },
  findings: valueFindings,
  convert({ read: { ranges } }) {
    if (ranges.state === 'valid') return { intents: [{ kind: 'denyList', ranges: ranges.value, entries: [ranges.entry] }] };
    const settled = replaced(ranges, 'absent');
    return { settled, findings: warningsOf(settled) };
  },
});
