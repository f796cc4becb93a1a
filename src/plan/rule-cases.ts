import type { RuleParts } from '../targets/contract.ts';
import type { DraftRule } from './draft.ts';
import { policySignature } from './policies.ts';

/** Whether two settings of a rule each ask for cases of their own: their product has no place. */
export function hasTooManyCases(parts: readonly RuleParts[], sources: readonly (readonly RuleParts[] | null)[]): boolean {
  const asking = parts.filter(({ cases }) => cases !== undefined).length;
  const refusing = parts.some(({ refusals }) => refusals !== undefined);
  return asking > 1 || (sources.some((conditions) => conditions !== null) && (asking > 0 || refusing));
}

/**
 * A rule with the refusals before it and as often as its cases ask: all have the same matches, so that the order in the route
 * decides between them. What became of its entries is said by the first that has the backends.
 */
export function withCases(draft: DraftRule): readonly DraftRule[] {
  const cases = draft.parts.find((part) => part.cases !== undefined)?.cases;
  const refusals = draft.parts.flatMap((part) => part.refusals ?? []).map((parts) => answering(draft, parts));
  if (cases === undefined) return [...refusals, draft];
  return [...refusals, ...onceFor(draft, cases.each), { ...answering(draft, cases.otherwise), case: draft.case }];
}

/** The rule once for each of the conditions. */
export function onceFor(draft: DraftRule, conditions: readonly RuleParts[]): readonly DraftRule[] {
  return conditions.map((condition, index) => ({
    ...draft,
    parts: [...draft.parts, condition],
    case: `${draft.case}${policySignature({ parts: [condition] })}`,
    statements: index === 0 ? draft.statements : [],
  }));
}

/** A rule that answers by itself. */
function answering(draft: DraftRule, parts: RuleParts): DraftRule {
  return {
    ...draft,
    filters: [],
    backends: [],
    settings: {},
    parts: [parts],
    statements: [],
    case: `${draft.case}${policySignature({ parts: [parts] })}`,
  };
}
