import type { LoweringContext, RuleParts } from '../contract.ts';
import { forServices } from './target-groups.ts';

/** Other controllers go by the readiness of pods: VPC Lattice would take those out of service that do not answer / with 200. */
export function forward({ rule }: LoweringContext): RuleParts {
  const isChecked = rule.intents.some(
    (intent) => intent.kind === 'awsHealthCheck' || (intent.kind === 'gke' && intent.feature === 'healthCheck'),
  );
  if (rule.action.kind !== 'forward' || isChecked) return {};
  return forServices(rule.action.backends, { healthCheck: { enabled: false } });
}
