import type { HostTable } from '../route/table.ts';
import type { LoweringContext } from './contract.ts';

/** The host of the rule with all its rules. */
export function hostTable({ host, table }: Pick<LoweringContext, 'host' | 'table'>): HostTable | undefined {
  return table.hosts.find((each) => each.host === host);
}
