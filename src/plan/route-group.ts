import type { Place } from '../ledger/finding.ts';
import type { IngressRef } from '../model/entry.ts';
import type { Scheme } from '../route/table.ts';
import type { DraftRule } from './draft.ts';
import type { HostPlan } from './host-plan.ts';

/** Everything one Ingress serves on one host over one set of schemes. */
export interface RouteGroup {
  readonly identity: string;
  readonly ingress: IngressRef;
  readonly host: HostPlan;
  readonly schemes: readonly Scheme[];
  readonly drafts: readonly DraftRule[];
  readonly wanted: string;
}

/** Where a finding about a whole host stands. */
export function placeOf(host: HostPlan): Place {
  const [rule] = host.table.rules;
  const ingress = host.table.owner ?? rule?.ingress ?? null;
  const at = host.table.certificate.kind === 'none' ? ingress?.at : (host.table.certificate.entries[0]?.at ?? ingress?.at);
  return { at: at ?? null, ingress, host: host.table.host };
}
