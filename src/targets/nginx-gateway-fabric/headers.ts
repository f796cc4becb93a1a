import type { HeaderValue, IntentOf } from '../../intent/intent.ts';
import { defineFindings } from '../../ledger/finding.ts';
import type { Lowering, LoweringContext } from '../contract.ts';
import { approximated, placeOf, unmapped } from '../lowering.ts';
import { lower as portable } from '../standard/standard.ts';

const find = defineFindings('nginx-gateway-fabric/headers', {
  'not-taken': {
    level: 'warning',
    message: (a: { names: string }) =>
      `left out: ${a.names}. NGINX Gateway Fabric refuses a whole rule for a double quote, a backslash or a dollar sign in the value of a header`,
    help: () =>
      'Write it into the HeaderModifier of the rule yourself, with a backslash before quotes and backslashes; or let the backend set it.',
    differs: ['headers'],
  },
});

/** A value stands between double quotes in the configuration of NGINX (`validateEscapedStringWithNginxVars`, 2.6). */
const TAKEN = /^[^"$\\]*$/;

export function headers(intent: IntentOf<'requestHeaders'> | IntentOf<'responseHeaders'>, context: LoweringContext): Lowering {
  const isTaken = ({ value }: HeaderValue) => TAKEN.test(value) || /\$(?:[A-Za-z_]|\{)/.test(value);
  const left = [...intent.set, ...intent.add].filter((header) => !isTaken(header));
  if (left.length === 0) return portable(intent, context);
  const kept = { ...intent, set: intent.set.filter(isTaken), add: intent.add.filter(isTaken) };
  const finding = find['not-taken']({ names: [...new Set(left.map(({ name }) => name))].join(', ') }, placeOf(intent, context));
  const lowering = portable(kept, context);
  return lowering.as === 'written' && Object.keys(lowering.parts).length > 0 ? approximated(lowering.parts, finding) : unmapped(finding);
}
