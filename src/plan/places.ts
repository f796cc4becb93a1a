import type { Place } from '../ledger/finding.ts';
import type { IngressRef } from '../model/entry.ts';
import { comparePositions, compareText } from '../model/position.ts';
import type { HostTable } from '../route/table.ts';

/** Each once, by position. */
export function byPosition(refs: readonly IngressRef[]): readonly IngressRef[] {
  return [...new Set(refs)].sort(
    (a, b) => comparePositions(a.at, b.at) || compareText(`${a.namespace}/${a.name}`, `${b.namespace}/${b.name}`),
  );
}

/** Where a finding about a whole host stands. */
export function placeOf({ table }: { readonly table: HostTable }): Place {
  const ingress = table.owner ?? table.rules[0]?.ingress ?? null;
  const at = table.certificate.kind === 'none' ? ingress?.at : (table.certificate.entries[0]?.at ?? ingress?.at);
  return { at: at ?? null, ingress, host: table.host };
}
