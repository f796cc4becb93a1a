import type { Finding } from '../ledger/finding.ts';
import type { Entry } from '../model/entry.ts';
import { entriesBehind } from '../route/entries-behind.ts';
import type { RoutingTable } from '../route/table.ts';
import type { Statement } from './draft.ts';
import { planFindings } from './findings.ts';
import { chosenClass } from './gateways.ts';
import type { PlanInput } from './input.ts';

/** A load balancer with Pods in several clusters is told where its Gateway could not name them; nothing is written for it. */
export function withoutFleet(
  table: RoutingTable,
  input: PlanInput,
): { readonly table: RoutingTable; readonly statements: readonly Statement[]; readonly findings: readonly Finding[] } {
  const gatewayClass = chosenClass(table, input);
  const { fleet, ingresses, name } = table.loadBalancer;
  if (fleet === undefined || (input.target.dialect?.imports?.(gatewayClass) ?? null) !== null)
    return { table, statements: [], findings: [] };
  const [ingress = null] = ingresses;
  const who = gatewayClass === null ? input.target.title : `${input.target.title} with class ${gatewayClass}`;
  const finding = planFindings['several-clusters']({ name, who }, { at: ingress?.at ?? null, ingress });
  const gone = (entries: readonly Entry[]): Statement => ({ entries, outcome: 'manual', finding, field: null });
  return {
    table: { ...table, hosts: [] },
    statements: table.hosts.map((host) =>
      gone([
        ...host.rules.flatMap(entriesBehind),
        ...(host.certificate.kind === 'none' ? [] : host.certificate.entries),
        ...host.intents.flatMap((intent) => intent.entries),
      ]),
    ),
    findings: [finding],
  };
}
