import type { Backend } from '../../route/table.ts';
import type { LoweringContext } from '../contract.ts';

/** Where the rule sends to. */
export function backendsOf({ rule: { action } }: Pick<LoweringContext, 'rule'>): readonly Backend[] {
  return action.kind === 'forward' ? action.backends : [];
}
