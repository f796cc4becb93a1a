import type { Finding } from '../ledger/finding.ts';
import { isServedOver, type LoweringInput } from './lowered-rule.ts';
import { planHttpsRedirect } from './redirect.ts';

/** Redirects to https that nobody asked for by a setting, and that cannot be written: no entry would say so. Once an Ingress. */
export function lostRedirects(input: Pick<LoweringInput, 'host' | 'target' | 'release' | 'gatewayClass'>): readonly Finding[] {
  const { host, target, release, gatewayClass } = input;
  const found = host.rules.flatMap((rule) => {
    const { ingress, httpsRedirect } = rule;
    if (httpsRedirect === null || httpsRedirect.entries.length > 0 || !isServedOver('http', { rule, input })) return [];
    const place = { at: ingress.at, ingress, host: host.host };
    const plan = planHttpsRedirect(httpsRedirect, { release, target, gatewayClass, place, path: undefined });
    return plan.kind === 'not-expressible' ? [plan.finding] : [];
  });
  return [...new Map(found.map((finding) => [JSON.stringify([finding.ingress, finding.message]), finding])).values()];
}
