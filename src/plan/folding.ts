import type { Finding } from '../ledger/finding.ts';
import type { ConvertOptions } from '../options.ts';
import type { RoutingTable } from '../route/table.ts';
import { existingListeners, gatewayOfInput } from './existing-listeners.ts';
import { foldFindings, WHY_NOT } from './fold-findings.ts';
import { type Folding, foldWildcards, isDirectlyBelow } from './fold-wildcards.ts';
import type { HostPlan } from './host-plan.ts';
import type { GatewayName, PlanInput } from './input.ts';
import type { ListenerDraft } from './listeners.ts';
import { policyParts } from './policies.ts';

/** The listeners of a load balancer's hosts, folded as far as was asked for and is safe. */
export function folded(
  perHost: readonly (readonly ListenerDraft[])[],
  hosts: readonly HostPlan[],
  gateway: GatewayName,
  { options, target, metadata, estate }: PlanInput,
): Folding {
  const { foldWildcards: wildcards, foldAcrossNamespaces: acrossNamespaces } = options;
  const label = `${gateway.namespace}/${gateway.name}`;
  if (wildcards.length === 0) return { wildcardOf: new Map(), perHost, findings: [] };
  if (target.dialect?.listeners === 'port')
    return { wildcardOf: new Map(), perHost, findings: [foldFindings.shared({ target: target.title })] };
  const found = gatewayOfInput(estate, gateway);
  // They stand on the Gateway, and would be asked of each of its listeners.
  const asking = new Set(metadata.flatMap((item) => (item.on === 'gateway' ? [item.ingress] : [])));
  const reasons = new Map<string, string>();
  for (const host of hosts) {
    const drafts = [...host.http, ...host.https];
    if (drafts.some((draft) => policyParts(draft, 'listener').length > 0)) reasons.set(host.table.host, WHY_NOT.policy);
    else if (host.table.rules.some(({ ingress }) => asking.has(ingress))) reasons.set(host.table.host, WHY_NOT.tools);
  }
  return foldWildcards(perHost, {
    wildcards,
    acrossNamespaces,
    gateway: label,
    reserved: (host) => reasons.get(host) ?? null,
    existing: found === null ? [] : existingListeners(found),
  });
}

/** Wildcards that were asked for and have nothing to fold on any Gateway. */
export function unfoldable(tables: readonly RoutingTable[], { foldWildcards: wildcards }: ConvertOptions): readonly Finding[] {
  const hosts = tables.flatMap((table) => table.hosts.map(({ host }) => host));
  return wildcards
    .filter((wildcard) => !hosts.some((host) => isDirectlyBelow(host, wildcard)))
    .map((wildcard) => foldFindings['no-host']({ wildcard }));
}
