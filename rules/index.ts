import type { Ingress } from '../src/model/ingress.ts';
import type { Vendor } from '../src/route/table.ts';
import type { Automation } from '../src/rule/automation.ts';
import type { Pack } from '../src/rule/pack.ts';
import { deletionProtectionOf } from './alb/deletion-protection.ts';
import { alb } from './alb/pack.ts';
import { toolsOf } from './common/automation.ts';
import { toolRuleFor, toolRules } from './common/index.ts';
import { gke } from './gke/pack.ts';
import { kubernetes } from './kubernetes/pack.ts';
import { hasLoadBalancerServices, withLoadBalancerServices } from './load-balancer-services/services.ts';
import { nginx } from './nginx/pack.ts';
import { nginxInc } from './nginx-inc/pack.ts';

/** Every pack of this release. */
export const packs: readonly Pack[] = [alb, gke, kubernetes, nginx, nginxInc];

export function packFor(vendor: Vendor): Pack | null {
  return packs.find((pack) => pack.vendor === vendor) ?? null;
}

/** What tools and controllers do for an Ingress beside serving it. */
export function automationOf(ingress: Ingress): Automation {
  return { ...toolsOf(ingress), deletionProtection: deletionProtectionOf(ingress) };
}

export { hasLoadBalancerServices, toolRuleFor, toolRules, withLoadBalancerServices };
