import { defineFindings, type NoArgs } from '../../src/ledger/finding.ts';
import { entryOf, text } from '../../src/rule/codec.ts';
import { at, defineRule } from '../../src/rule/rule.ts';
import { inert, placeOf } from './settlement.ts';

const find = defineFindings('gke/suppress-firewall-xpn-error', {
  inert: {
    level: 'note',
    message: (_: NoArgs) =>
      'it only silences an event; where it stands firewall rules are made by hand, in the host project of a Shared VPC',
    help: () =>
      'The Gateway needs such rules of its own: 130.211.0.0/22 and 35.191.0.0/16 to the Pods, and the proxy-only subnet for regional classes.',
  },
});

export const suppressFirewallError = defineRule({
  id: 'gke/suppress-firewall-xpn-error',
  title: 'Silenced firewall event',
  docs: 'https://cloud.google.com/kubernetes-engine/docs/how-to/cluster-shared-vpc',
  scope: 'tool',
  becomes: 'inert',
  reads: { suppress: at('networking.gke.io/suppress-firewall-xpn-error', text) },
  findings: find,
  convert: ({ read }) => ({ settled: entryOf(read.suppress).flatMap((entry) => inert([entry], find.inert({}, placeOf(entry)))) }),
});
