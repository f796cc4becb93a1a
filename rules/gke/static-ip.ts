import { defineFindings, type Finding, type NoArgs } from '../../src/ledger/finding.ts';
import { entryOf, text } from '../../src/rule/codec.ts';
import { at, defineRule, type RuleOutput } from '../../src/rule/rule.ts';
import { schemeOf } from './ingress-class.ts';
import { endAs, placeOf } from './settlement.ts';

const find = defineFindings('gke/static-ip', {
  both: {
    level: 'error',
    message: (_: NoArgs) => 'a global and a regional address are named at once, which GKE refuses: nothing of the Ingress is applied',
    help: () => 'Name the one that the class has: regional for gce-internal and gce-regional-external, global for gce.',
  },
});

/** The class decides where the address is looked up, not the name of the annotation. */
export const staticIp = defineRule({
  id: 'gke/static-ip',
  title: 'Reserved address',
  docs: 'https://cloud.google.com/kubernetes-engine/docs/tutorials/configuring-domain-name-static-ip',
  scope: 'ingress',
  becomes: 'gke staticAddress',
  reads: {
    global: at('kubernetes.io/ingress.global-static-ip-name', text),
    regional: at('kubernetes.io/ingress.regional-static-ip-name', text),
  },
  findings: find,
  convert({ ingress, options, read }): RuleOutput<readonly Finding[]> {
    const entries = [...entryOf(read.global), ...entryOf(read.regional)];
    const [entry, other] = entries;
    if (entry === undefined) return {};
    if (other !== undefined) {
      const finding = find.both({}, placeOf(entry));
      return { setting: [finding], settled: endAs('manual', entries, finding) };
    }
    const scope = schemeOf(ingress, options) === 'external' ? 'global' : 'regional';
    return { hostIntents: [{ kind: 'gke', feature: 'staticAddress', name: entry.value, scope, entries }] };
  },
});
