import type { IngressRef } from '../model/entry.ts';
import type { Comparand } from './comparand.ts';
import { type Fate, fateOf } from './fate.ts';

/**
 * Where an Ingress stands on a target, by the worst that happens to it: `losing` settings that the target cannot express, `withheld`
 * when a route of it is not written because its protection could not be, `skipped` when nobody knows its class or its controller
 * refuses it.
 */
export const STANDINGS = ['fully', 'approximated', 'manual', 'losing', 'withheld', 'skipped'] as const;
export type Standing = (typeof STANDINGS)[number];

const BY_FATE: Readonly<Record<Fate, Standing>> = {
  kept: 'fully',
  approximated: 'approximated',
  manual: 'manual',
  lost: 'losing',
  withheld: 'withheld',
  along: 'fully',
};

/** Every Ingress once. Settings of other objects count for the Ingress that they were told for. */
export function standingsOn({ ledger, withheld }: Comparand): ReadonlyMap<IngressRef, Standing> {
  const closed = new Set(withheld.map(({ ingress }) => ingress));
  const standings = new Map<IngressRef, Standing>();
  for (const { ref, status } of ledger.ingresses) {
    standings.set(ref, status === 'skipped' ? 'skipped' : status === 'withheld' || closed.has(ref) ? 'withheld' : 'fully');
  }
  for (const line of ledger.entries) {
    const ingress = line.entry.ingress ?? line.finding?.ingress ?? null;
    const before = ingress === null ? undefined : standings.get(ingress);
    if (ingress === null || before === undefined || before === 'skipped') continue;
    const own = BY_FATE[fateOf(line, closed)];
    if (STANDINGS.indexOf(own) > STANDINGS.indexOf(before)) standings.set(ingress, own);
  }
  return standings;
}
