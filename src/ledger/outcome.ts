import type { Entry, ObjectRef } from '../model/entry.ts';
import type { Finding } from './finding.ts';

/**
 * How a setting ended.
 * - `converted` same behaviour; `approximated` differs in a stated way; `manual` a person must do or decide something;
 * - `unmapped` this target cannot express it; `inert` it had no effect before; `unknown` the vendor has no such setting;
 * - `waived` accepted in the user's own file.
 */
export type Outcome = 'converted' | 'approximated' | 'manual' | 'unmapped' | 'inert' | 'unknown' | 'waived';

export const OUTCOMES: readonly Outcome[] = ['converted', 'approximated', 'manual', 'unmapped', 'inert', 'unknown', 'waived'];

/** A place in the output: the object and the field path inside it (`spec.rules[0].filters[1]`). */
export interface WrittenField extends ObjectRef {
  readonly field: string;
}

/** One statement about what became of an entry. Several may be made; the ledger keeps the gravest. */
export interface Settlement {
  readonly entry: Entry;
  readonly outcome: Outcome;
  /** Why; null only for `converted`. */
  readonly finding: Finding | null;
  readonly wrote: readonly WrittenField[];
}
