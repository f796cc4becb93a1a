import { awsAlb } from './aws-alb/aws-alb.ts';
import type { Target } from './contract.ts';
import { envoyGateway } from './envoy-gateway/envoy-gateway.ts';
import { gke } from './gke/gke.ts';
import { standard } from './standard/standard.ts';
import { vpcLattice } from './vpc-lattice/vpc-lattice.ts';

/** Every target of this release, by name. */
export const targets: readonly Target[] = [standard, envoyGateway, gke, awsAlb, vpcLattice];

export const TARGET_NAMES: readonly string[] = targets.map((target) => target.name);

/**
 * The target of that name.
 * @throws RangeError for a name that is not in `TARGET_NAMES`
 */
export function targetNamed(name: string): Target {
  const found = targets.find((target) => target.name === name);
  if (found === undefined) throw new RangeError(`no target is called "${name}"; there is ${TARGET_NAMES.join(', ')}`);
  return found;
}
