import type { LoweringContext } from './contract.ts';

/** Whether requests reach the backends of the rule over HTTPS alone. */
export function isHttpsOnly({ rule: { scheme, httpsRedirect }, ports }: Pick<LoweringContext, 'rule' | 'ports'>): boolean {
  const serves = (wanted: 'http' | 'https') => (scheme === null || scheme === wanted) && ports.some((port) => port.scheme === wanted);
  return serves('https') && (!serves('http') || httpsRedirect !== null);
}
