import type { Vendor } from '../src/route/table.ts';
import type { Pack } from '../src/rule/pack.ts';
import { alb } from './alb/pack.ts';
import { toolRuleFor } from './common/index.ts';
import { gke } from './gke/pack.ts';
import { kubernetes } from './kubernetes/pack.ts';
import { nginx } from './nginx/pack.ts';

/** Every pack of this release. */
export const packs: readonly Pack[] = [alb, gke, kubernetes, nginx];

export function packFor(vendor: Vendor): Pack | null {
  return packs.find((pack) => pack.vendor === vendor) ?? null;
}

export { toolRuleFor };
