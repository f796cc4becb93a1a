import type { LoweringContext } from '../contract.ts';

/**
 * The longest silence that the rule allows: Envoy ends a request when neither side has said anything for that long, so the longer of
 * the controller's two times ends nothing earlier than today. null: the rule sets none.
 */
export function longestSilence({ rule }: Pick<LoweringContext, 'rule'>): number | null {
  const times = rule.intents.flatMap((intent) => (intent.kind === 'idleTimeout' ? [intent.ms] : []));
  return times.length === 0 ? null : Math.max(...times);
}
