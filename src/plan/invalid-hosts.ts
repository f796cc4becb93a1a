import type { Entry } from '../model/entry.ts';
import { isValidHost } from '../model/host.ts';
import type { HostTable, RoutingTable } from '../route/table.ts';
import type { Statement } from './draft.ts';
import { entriesBehind } from './entries.ts';
import { planFindings } from './findings.ts';

/** Hosts with placeholders or impossible names cannot be written; everything that rests on them says so. */
export function withoutInvalidHosts(table: RoutingTable): { readonly table: RoutingTable; readonly statements: readonly Statement[] } {
  const isWritable = (host: HostTable) => host.host === '' || isValidHost(host.host);
  return {
    table: { ...table, hosts: table.hosts.filter(isWritable) },
    statements: table.hosts.filter((host) => !isWritable(host)).flatMap(statementsOf),
  };
}

function statementsOf(host: HostTable): readonly Statement[] {
  const [rule] = host.rules;
  const hostEntry = host.rules.flatMap((each) => each.entries).find((entry) => entry.name.endsWith('.host'));
  const place = { at: hostEntry?.at ?? rule?.ingress.at ?? null, ingress: rule?.ingress ?? null, host: host.host };
  const finding = planFindings['host-invalid']({ host: host.host }, place);
  const gone = (entries: readonly Entry[], weak: boolean): Statement => ({
    entries,
    outcome: 'manual',
    finding,
    field: null,
    ...(weak ? { weak: true as const } : {}),
  });
  return [
    gone(hostEntry === undefined ? [] : [hostEntry], false),
    gone(host.rules.flatMap(entriesBehind), true),
    gone(host.certificate.kind === 'none' ? [] : host.certificate.entries, true),
    gone(
      host.intents.flatMap((intent) => intent.entries),
      true,
    ),
    gone(host.passthrough?.entries ?? [], true),
  ];
}
