import type { Intent, IntentKind, IntentOf } from '../intent/intent.ts';
import type { Difference, Finding, FindingSpec, Place } from '../ledger/finding.ts';
import type { Lowering, LoweringContext, RuleParts } from './contract.ts';

/** What a target makes of one kind of intent. */
export type Lower<K extends IntentKind> = (intent: IntentOf<K>, context: LoweringContext) => Lowering;

/** An answer to each kind: a new one does not compile until it has one. */
export type Answers<K extends IntentKind> = { readonly [P in K]: Lower<P> };

interface AnyAnswer {
  // As a method, so that each may take its own kind alone.
  lower(intent: Intent, context: LoweringContext): Lowering;
}

/** The answer to an intent by its kind. */
export function answerBy<K extends IntentKind>(
  answers: Answers<K>,
  intent: IntentOf<K> & { readonly kind: K },
  context: LoweringContext,
): Lowering {
  const answer: AnyAnswer = { lower: answers[intent.kind] };
  return answer.lower(intent, context);
}

export function converted(parts: RuleParts): Lowering {
  return { as: 'written', outcome: 'converted', finding: null, parts };
}

export function approximated(parts: RuleParts, finding: Finding): Lowering {
  return { as: 'written', outcome: 'approximated', finding, parts };
}

/** Written, and something is left to do by hand. */
export function unfinished(parts: RuleParts, finding: Finding): Lowering {
  return { as: 'written', outcome: 'manual', finding, parts };
}

export function unmapped(finding: Finding): Lowering {
  return { as: 'absent', outcome: 'unmapped', finding };
}

/** Not written, but the finding has the steps to do it by hand. */
export function byHand(finding: Finding): Lowering {
  return { as: 'absent', outcome: 'manual', finding };
}

export function inert(finding: Finding): Lowering {
  return { as: 'absent', outcome: 'inert', finding };
}

/** Where a finding about an intent stands: at the first setting behind it. */
export function placeOf(intent: Intent, context: LoweringContext): Place {
  const [entry] = intent.entries;
  return { at: entry?.at ?? context.rule.ingress.at, ingress: entry?.ingress ?? context.rule.ingress };
}

/** Of a protection that is not written: its rule is withheld, or with --on-security-loss emit open. */
export const LOST_PROTECTION = {
  level: 'error',
  security: true,
  differs: ['protection', 'unreachable', 'status'],
} as const satisfies Pick<FindingSpec, 'level' | 'security'> & { readonly differs: readonly Difference[] };
