import type { Entry } from '../model/entry.ts';
import { isValidHost } from '../model/host.ts';
import { entriesBehind } from '../route/entries-behind.ts';
import type { HostTable, RoutingTable } from '../route/table.ts';
import type { Dialect } from '../targets/dialect.ts';
import type { Statement } from './draft.ts';
import { planFindings } from './findings.ts';

export interface WritableHosts {
  readonly table: RoutingTable;
  /** Hosts that the implementation does not take, although they are served today. */
  readonly refused: readonly HostTable[];
  readonly statements: readonly Statement[];
}

/** Hosts with placeholders or impossible names cannot be written; everything that rests on them says so. */
export function withoutInvalidHosts(table: RoutingTable, dialect: Dialect | undefined): WritableHosts {
  const isWritable = ({ host }: HostTable) => (host === '' || isValidHost(host)) && (dialect?.host?.(host) ?? null) === null;
  const hosts = table.hosts.filter(isWritable);
  // With its last host a load balancer goes, and what was set of the whole.
  const ofBalancer =
    hosts.length > 0 || (table.streams ?? []).length > 0 ? [] : (table.loadBalancer.intents ?? []).flatMap(({ entries }) => entries);
  return {
    table: { ...table, hosts },
    refused: table.hosts.filter((host) => isValidHost(host.host) && !isWritable(host)),
    statements: table.hosts.filter((host) => !isWritable(host)).flatMap((host) => statementsOf(host, ofBalancer, dialect)),
  };
}

function statementsOf(host: HostTable, ofBalancer: readonly Entry[], dialect: Dialect | undefined): readonly Statement[] {
  const [rule] = host.rules;
  const hostEntries = host.rules.flatMap((each) => each.entries).filter((entry) => entry.name.endsWith('.host'));
  // Rules of broader hosts are among those of the host.
  const hostEntry = hostEntries.find(({ value }) => value.toLowerCase() === host.host) ?? hostEntries[0];
  const place = { at: hostEntry?.at ?? rule?.ingress.at ?? null, ingress: rule?.ingress ?? null, host: host.host };
  const why = isValidHost(host.host) ? (dialect?.host?.(host.host) ?? null) : null;
  const finding =
    why === null ? planFindings['host-invalid']({ host: host.host }, place) : planFindings['host-refused']({ host: host.host, why }, place);
  const gone = (entries: readonly Entry[], weak: boolean): Statement => ({
    entries,
    outcome: why === null ? 'manual' : 'unmapped',
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
    gone(ofBalancer, true),
  ];
}
