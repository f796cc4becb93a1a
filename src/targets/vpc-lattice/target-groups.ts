import type { JsonObject } from '../../model/json.ts';
import type { RuleParts } from '../contract.ts';
import { targetGroupPolicy } from './kinds.ts';

export interface ServiceName {
  readonly namespace: string;
  readonly service: string;
}

/** The same fragment of TargetGroupPolicy for each Service. */
export function forServices(services: readonly ServiceName[], spec: JsonObject): RuleParts {
  const byName = new Map(services.map((each) => [`${each.namespace}/${each.service}`, each]));
  return {
    policies: [...byName.values()].map(({ namespace, service }) => ({
      policy: targetGroupPolicy,
      on: { to: 'service', namespace, service },
      spec,
    })),
  };
}
