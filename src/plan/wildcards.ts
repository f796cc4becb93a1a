import { isProtection } from '../intent/protection.ts';
import { groupBy } from '../model/group-by.ts';
import type { Scheme } from '../route/table.ts';
import type { Dialect } from '../targets/dialect.ts';
import { coveringHosts } from './host-names.ts';
import { arranged, type HostPlan } from './host-plan.ts';
import { withhold } from './withholding.ts';

/**
 * A wildcard covers one label on some controllers and any number with Gateway API. Deeper names fell to the broader host there;
 * where that one has protected routes, or redirects to https, the wildcard would answer past them, and gives way too.
 */
export function withholdWildcards(
  plans: readonly HostPlan[],
  onSecurityLoss: 'withhold' | 'emit',
  dialect: Dialect | undefined,
): readonly HostPlan[] {
  const byHost = groupBy(plans, ({ table }) => table.host);
  return plans.map((plan) => {
    const { host, wildcard } = plan.table;
    if (wildcard !== 'one-label' || !host.startsWith('*.')) return plan;
    const broader = coveringHosts(host).flatMap((name) => byHost.get(name) ?? []);
    const schemes: readonly Scheme[] =
      onSecurityLoss === 'withhold' && broader.some(hasProtection) ? ['http', 'https'] : broader.some(redirectsToHttps) ? ['http'] : [];
    const lowered = plan.lowered.map((rule) =>
      rule.kind === 'written' && schemes.some((scheme) => rule[scheme].some((draft) => draft.backends.length > 0))
        ? withhold(rule, host, schemes)
        : rule,
    );
    return schemes.length === 0 ? plan : arranged(plan.table, lowered, dialect);
  });
}

function hasProtection({ lowered }: HostPlan): boolean {
  return lowered.some(({ rule }) => rule.action.kind === 'forward' && rule.intents.some(isProtection));
}

function redirectsToHttps({ lowered }: HostPlan): boolean {
  return lowered.some(({ rule, http }) => rule.httpsRedirect !== null && http.length > 0);
}
