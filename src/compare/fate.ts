import type { LedgerEntry } from '../ledger/ledger.ts';
import type { IngressRef } from '../model/entry.ts';
import { planFindings } from '../plan/findings.ts';

/**
 * What becomes of one setting on one target, mildest first. `kept`: nothing changes, which is also so where it had no effect or its
 * loss is accepted. `withheld`: it cannot be written and its routes stay out for it.
 */
export const FATES = ['kept', 'approximated', 'manual', 'lost', 'withheld'] as const;

/** `along`: it went with its route, which another setting keeps out. That says nothing about the setting itself. */
export type Fate = (typeof FATES)[number] | 'along';

const ALONG: readonly string[] = [
  planFindings.withheld.code,
  planFindings['covered-by-withheld'].code,
  planFindings['nothing-written'].code,
];

/** `withheld`: Ingresses with routes that are not written. */
export function fateOf({ entry, outcome, finding }: LedgerEntry, withheld: ReadonlySet<IngressRef>): Fate {
  switch (outcome) {
    case 'converted':
    case 'inert':
    case 'waived':
      return 'kept';
    case 'approximated':
      return 'approximated';
    case 'unknown':
      return 'manual';
    case 'manual':
      // Naming the GatewayClass is a matter of the whole run.
      if (finding?.code === planFindings['gateway-class-assumed'].code) return 'kept';
      return finding !== null && ALONG.includes(finding.code) ? 'along' : 'manual';
    case 'unmapped': {
      if (finding !== null && ALONG.includes(finding.code)) return 'along';
      // A bug of ours is no protection that is missing.
      if (finding?.code.startsWith('check/') === true) return 'lost';
      const ingress = entry.ingress ?? finding?.ingress ?? null;
      return finding?.security === true && ingress !== null && withheld.has(ingress) ? 'withheld' : 'lost';
    }
    default:
      return outcome satisfies never;
  }
}
