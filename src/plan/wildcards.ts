import { isProtection } from '../intent/protection.ts';
import { groupBy } from '../model/group-by.ts';
import type { HostTable, RouteRule, Scheme } from '../route/table.ts';
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
    return closedOver(schemes, plan, dialect);
  });
}

/**
 * A host that the implementation does not take leaves its names to the next broader one, which would answer past the protections of
 * the host, or in clear text, and gives way.
 */
export function withholdBroaderHosts(
  plans: readonly HostPlan[],
  refused: readonly HostTable[],
  { onSecurityLoss, dialect }: { readonly onSecurityLoss: 'withhold' | 'emit'; readonly dialect: Dialect | undefined },
): readonly HostPlan[] {
  const hosts = new Set(plans.map(({ table }) => table.host));
  const closed = new Map<string, readonly Scheme[]>();
  for (const { host, rules } of refused) {
    const broader = coveringHosts(host).find((name) => hosts.has(name));
    if (broader === undefined || onSecurityLoss === 'emit') continue;
    if (rules.some(isProtected)) closed.set(broader, ['http', 'https']);
    else if (rules.some(({ httpsRedirect }) => httpsRedirect !== null) && !closed.has(broader)) closed.set(broader, ['http']);
  }
  return plans.map((plan) => closedOver(closed.get(plan.table.host) ?? [], plan, dialect));
}

/** Without the rules of a host that answer over these schemes. */
function closedOver(schemes: readonly Scheme[], plan: HostPlan, dialect: Dialect | undefined): HostPlan {
  const lowered = plan.lowered.map((rule) =>
    rule.kind === 'written' && schemes.some((scheme) => rule[scheme].some((draft) => draft.backends.length > 0))
      ? withhold(rule, plan.table.host, schemes)
      : rule,
  );
  return schemes.length === 0 ? plan : arranged(plan.table, lowered, dialect);
}

function hasProtection({ lowered }: HostPlan): boolean {
  return lowered.some(({ rule }) => isProtected(rule));
}

function isProtected({ action, intents }: RouteRule): boolean {
  return action.kind === 'forward' && intents.some(isProtection);
}

function redirectsToHttps({ lowered }: HostPlan): boolean {
  return lowered.some(({ rule, http }) => rule.httpsRedirect !== null && http.length > 0);
}
