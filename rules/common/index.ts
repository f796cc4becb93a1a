import { defineFindings } from '../../src/ledger/finding.ts';
import type { ToolRule } from '../../src/rule/pack.ts';
import { acmeSolver, oldCertManager, tlsAcme } from './acme.ts';
import { certManagerAttributes, certManagerIssuer } from './cert-manager.ts';
import { deliveryRules } from './delivery.ts';
import { azureKeyVault, onOtherKinds, prometheus } from './elsewhere.ts';
import { externalDns } from './external-dns.ts';
import { gardener } from './gardener.ts';
import { otherControllerRules } from './other-controllers.ts';
import { nowhere, placeOf } from './outputs.ts';
import { own } from './own.ts';
import { sharedPrefix } from './shared-prefix.ts';
import { unclaimed } from './unclaimed.ts';

const find = defineFindings('tool/annotation', {
  'no-text': {
    level: 'warning',
    message: (a: { name: string }) =>
      `the value of ${a.name} is no text, so the API server refuses the Ingress and nothing can be concluded from it`,
    help: () => 'Put the value in quotes and convert again.',
  },
});

const CATCH_ALL = textOnly(unclaimed);

/** Tools around the controllers, whatever the vendor. The last one takes everything else. */
export const toolRules: readonly ToolRule[] = [
  certManagerIssuer,
  certManagerAttributes,
  acmeSolver,
  tlsAcme,
  oldCertManager,
  externalDns,
  gardener,
  ...deliveryRules,
  azureKeyVault,
  prometheus,
  onOtherKinds,
  own,
  sharedPrefix,
  ...otherControllerRules,
]
  .map(textOnly)
  .concat(CATCH_ALL);

/** The rule with the longest name or prefix that the annotation has; every annotation has one. */
export function toolRuleFor(name: string): ToolRule {
  let best: { readonly rule: ToolRule; readonly length: number } = { rule: CATCH_ALL, length: 0 };
  for (const rule of toolRules) {
    for (const known of rule.annotations) {
      const takes = /[/.]$/.test(known) ? name.startsWith(known) : name === known;
      if (takes && known.length > best.length) best = { rule, length: known.length };
    }
  }
  return best.rule;
}

function textOnly(rule: ToolRule): ToolRule {
  return {
    ...rule,
    convert: (entry, ingress) =>
      entry.malformed === true ? nowhere('manual', find['no-text']({ name: entry.name }, placeOf(entry))) : rule.convert(entry, ingress),
  };
}
