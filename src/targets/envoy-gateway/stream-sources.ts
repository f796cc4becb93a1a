import { parseRange, rangeText } from '../address-ranges.ts';
import type { Dialect } from '../dialect.ts';
import { isBefore } from '../versions.ts';
import { securityPolicy } from './kinds.ts';

/** A SecurityPolicy takes TCPRoutes, for authorization by address alone (`validateSecurityPolicyForTCP`); UDPRoutes it does not. */
export const streamSources: NonNullable<Dialect['streamSources']> = ({ protocol, ranges, version }) => {
  const parsed = ranges.map(parseRange).filter((range) => range !== null);
  const isOld = version !== undefined && isBefore({ version }, '1.7');
  if (protocol !== 'TCP' || isOld || parsed.length !== ranges.length) return null;
  const rules = [{ action: 'Allow', principal: { clientCIDRs: parsed.map(rangeText) } }];
  return { policy: securityPolicy, spec: { authorization: { defaultAction: 'Deny', rules } } };
};
