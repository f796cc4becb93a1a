import type { HeaderValue, IntentOf } from '../../intent/intent.ts';
import { defineFindings } from '../../ledger/finding.ts';
import type { Lowering, LoweringContext } from '../contract.ts';
import { approximated, placeOf, unmapped } from '../lowering.ts';
import { lower as portable } from '../standard/standard.ts';

/** Which values of headers an implementation takes as they are; `refuses` ends a sentence that its title begins. */
export interface HeaderTaste {
  readonly takes: RegExp;
  readonly refuses: string;
  readonly instead: string;
}

/** Values with variables of the proxy: those are no matter of an implementation. */
const VARIABLE = /\$(?:[A-Za-z_]|\{)/;

/** Headers as Gateway API has them, without those that the implementation would refuse together with their rule. */
export function headersTaken(name: string, title: string, { takes, refuses, instead }: HeaderTaste) {
  const find = defineFindings(`${name}/headers`, {
    'not-taken': {
      level: 'warning',
      message: (a: { names: string }) => `left out: ${a.names}. ${title} ${refuses}`,
      help: () => instead,
      differs: ['headers'],
    },
  });
  return (intent: IntentOf<'requestHeaders'> | IntentOf<'responseHeaders'>, context: LoweringContext): Lowering => {
    const isTaken = ({ value }: HeaderValue) => takes.test(value) || VARIABLE.test(value);
    const left = [...intent.set, ...intent.add].filter((header) => !isTaken(header));
    if (left.length === 0) return portable(intent, context);
    const kept = { ...intent, set: intent.set.filter(isTaken), add: intent.add.filter(isTaken) };
    const finding = find['not-taken']({ names: [...new Set(left.map((header) => header.name))].join(', ') }, placeOf(intent, context));
    const lowering = portable(kept, context);
    return lowering.as === 'written' && Object.keys(lowering.parts).length > 0 ? approximated(lowering.parts, finding) : unmapped(finding);
  };
}
