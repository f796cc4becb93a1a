import { awsAlb } from './aws-alb/aws-alb.ts';
import { cilium } from './cilium/cilium.ts';
import type { Target } from './contract.ts';
import { envoyGateway } from './envoy-gateway/envoy-gateway.ts';
import { gke } from './gke/gke.ts';
import { istio } from './istio/istio.ts';
import { kgateway } from './kgateway/kgateway.ts';
import { nginxGatewayFabric } from './nginx-gateway-fabric/nginx-gateway-fabric.ts';
import { standard } from './standard/standard.ts';
import { traefik } from './traefik/traefik.ts';
import { vpcLattice } from './vpc-lattice/vpc-lattice.ts';

/** Every target of this release, by name. */
export const targets: readonly Target[] = [
  standard,
  awsAlb,
  cilium,
  envoyGateway,
  gke,
  istio,
  kgateway,
  nginxGatewayFabric,
  traefik,
  vpcLattice,
];

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
