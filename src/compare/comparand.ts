import type { Ledger } from '../ledger/ledger.ts';
import type { WithheldRoute } from '../ledger/problem.ts';

/** What one target made of the estate. The ledgers of all comparands have the same entries. */
export interface Comparand {
  /** As the user names it. */
  readonly name: string;
  readonly title: string;
  /** null = it has no versions. */
  readonly version: string | null;
  /** Waivers have been applied. */
  readonly ledger: Ledger;
  /** Every route that is not written, also where that was accepted. */
  readonly withheld: readonly WithheldRoute[];
}
