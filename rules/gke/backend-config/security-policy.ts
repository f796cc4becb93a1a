import { defineFindings, type NoArgs } from '../../../src/ledger/finding.ts';
import { readField, textField } from '../object-fields.ts';
import { inert, placeOf } from '../settlement.ts';
import { type BackendConfigRule, DOCS, notOnScheme, refused } from './rule.ts';

const find = defineFindings('gke/security-policy', {
  detached: {
    level: 'note',
    message: (_: NoArgs) => 'an empty name takes any Cloud Armor policy off the backend: there is none to carry over',
  },
});

/** https://cloud.google.com/armor/docs/integrating-cloud-armor */
export const securityPolicy: BackendConfigRule = {
  id: 'gke/security-policy',
  title: 'Cloud Armor policy',
  docs: DOCS,
  fields: ['spec.securityPolicy.name'],
  findings: find,
  convert(config, use) {
    const name = readField(config, ['spec', 'securityPolicy', 'name'], textField);
    if (name.state === 'absent') return {};
    if (name.state === 'invalid') {
      const { settled = [], mistakes = [] } = refused(name, config, use);
      // Somebody meant a policy.
      return { settled, mistakes, intents: [{ kind: 'cloudArmor', policy: name.entry.value, entries: [name.entry] }] };
    }
    if (name.value === '') return { settled: inert([name.entry], find.detached({}, placeOf(name.entry, use.ingress))) };
    if (use.scheme !== 'external') return notOnScheme('a Cloud Armor policy', [name.entry], use);
    return { intents: [{ kind: 'cloudArmor', policy: name.value, entries: [name.entry] }] };
  },
};
