import type { Finding } from '../ledger/finding.ts';
import { groupBy } from '../model/group-by.ts';
import { compareText } from '../model/position.ts';
import type { ExistingListener } from './existing-listeners.ts';
import { foldFindings, WHY_NOT } from './fold-findings.ts';
import { coveringHosts } from './host-names.ts';
import type { ListenerDraft } from './listeners.ts';

/** Hosts whose listeners are those of a wildcard, by host, and what is then written. */
export interface Folding {
  readonly wildcardOf: ReadonlyMap<string, string>;
  readonly perHost: readonly (readonly ListenerDraft[])[];
  readonly findings: readonly Finding[];
}

export interface FoldInput {
  /** `*.example.com` */
  readonly wildcards: readonly string[];
  /** Hosts whose listeners differ only in the namespaces that they admit are folded as well. */
  readonly acrossNamespaces: boolean;
  /** For sentences. */
  readonly gateway: string;
  /** Why the listeners of a host have to be its own; null where nothing is known. */
  readonly reserved: (host: string) => string | null;
  /** Listeners that the Gateway has in the input. */
  readonly existing: readonly Pick<ExistingListener, 'hostname' | 'port' | 'certificates'>[];
}

/**
 * Hosts directly below a wildcard share its listeners, where nothing changes for anybody: their listeners are alike in ports,
 * certificate and TLS settings, admit the same namespaces, and no other listener took the names that the wildcard takes
 * besides. Routes keep their hostnames, so that no name is served that was not. Listeners of exact hosts go before.
 */
export function foldWildcards(perHost: readonly (readonly ListenerDraft[])[], input: FoldInput): Folding {
  const streams = perHost.filter((own) => own.some(isStream));
  let drafts = new Map(
    perHost.flatMap((own): [string, readonly ListenerDraft[]][] =>
      own[0] === undefined || own.some(isStream) ? [] : [[own[0].host, own]],
    ),
  );
  const wildcardOf = new Map<string, string>();
  const findings: Finding[] = [];
  for (const wildcard of [...new Set(input.wildcards)].sort(compareText)) {
    const made = foldOne(drafts, wildcard, input);
    findings.push(...made.findings);
    if (made.members.length === 0) continue;
    const shared = sharedBy(
      made.members.flatMap((host) => drafts.get(host) ?? []),
      wildcard,
    );
    drafts = new Map([...drafts].filter(([host]) => !made.members.includes(host)));
    drafts.set(wildcard, shared);
    for (const host of made.members) if (host !== wildcard) wildcardOf.set(host, wildcard);
  }
  if (wildcardOf.size === 0) return { wildcardOf, perHost, findings };
  const sorted = [...drafts].sort(([a], [b]) => Number(a === '') - Number(b === '') || compareText(a, b));
  return { wildcardOf, perHost: [...sorted.map(([, own]) => own), ...streams], findings };
}

function foldOne(
  drafts: ReadonlyMap<string, readonly ListenerDraft[]>,
  wildcard: string,
  input: FoldInput,
): { readonly members: readonly string[]; readonly findings: readonly Finding[] } {
  const below = [...drafts.keys()].filter((host) => host === wildcard || isDirectlyBelow(host, wildcard)).sort(compareText);
  if (below.every((host) => host === wildcard)) return { members: [], findings: [] };
  const reasons = new Map(below.map((host) => [host, ownReason(drafts.get(host) ?? [], input.reserved(host))]));
  const free = below.filter((host) => reasons.get(host) === null);
  const shapeOf = (host: string) => shape(drafts.get(host) ?? [], input.acrossNamespaces);
  const group = drafts.has(wildcard) ? free.filter((host) => shapeOf(host) === shapeOf(wildcard)) : largest(free, shapeOf, drafts);
  const hidden = group.length < 2 ? null : hiddenBy(drafts, wildcard, drafts.get(group[0] ?? '') ?? [], input.existing);
  const members = hidden === null && group.length > 1 && (!drafts.has(wildcard) || group.includes(wildcard)) ? group : [];
  const why = (host: string) =>
    reasons.get(host) ?? hidden ?? (drafts.has(wildcard) ? WHY_NOT.wildcard : members.length === 0 ? WHY_NOT.alone : WHY_NOT.differs);
  const kept = groupBy(
    below.filter((host) => host !== wildcard && !members.includes(host)),
    why,
  );
  const told = [...kept]
    .sort(([a], [b]) => compareText(a, b))
    .map(([reason, hosts]) => foldFindings.kept({ wildcard, hosts: listed(hosts), why: reason }));
  if (members.length === 0) return { members, findings: told };
  const before = members.reduce((sum, host) => sum + (drafts.get(host)?.length ?? 0), 0);
  const saved = before - (drafts.get(members[0] ?? '')?.length ?? 0);
  return { members, findings: [foldFindings.folded({ wildcard, hosts: members.length, saved, gateway: input.gateway }), ...told] };
}

export function isDirectlyBelow(host: string, wildcard: string): boolean {
  return !host.startsWith('*.') && coveringHosts(host)[0] === wildcard;
}

function isStream({ scheme }: ListenerDraft): boolean {
  return scheme === 'tcp' || scheme === 'udp';
}

function ownReason(own: readonly ListenerDraft[], reserved: string | null): string | null {
  return own.some(({ scheme }) => scheme === 'tls') ? WHY_NOT.passthrough : reserved;
}

/** Equal for hosts whose listeners may be one. */
function shape(own: readonly ListenerDraft[], acrossNamespaces: boolean): string {
  const parts = own.map(({ scheme, port, certificates, tls, options, namespaces }) =>
    JSON.stringify([
      port,
      scheme,
      certificates,
      tls ?? null,
      options ?? {},
      acrossNamespaces ? [] : [...new Set(namespaces)].sort(compareText),
    ]),
  );
  return parts.sort(compareText).join('\n');
}

/** Those with TLS first: their listeners are what there is too much of. */
function largest(
  hosts: readonly string[],
  shapeOf: (host: string) => string,
  drafts: ReadonlyMap<string, readonly ListenerDraft[]>,
): readonly string[] {
  const isSecure = (host: string | undefined) => (drafts.get(host ?? '') ?? []).some(({ scheme }) => scheme === 'https');
  const [first] = [...groupBy(hosts, shapeOf)].sort(
    ([a, some], [b, others]) => Number(isSecure(others[0])) - Number(isSecure(some[0])) || others.length - some.length || compareText(a, b),
  );
  return first?.[1] ?? [];
}

/** What took requests for the other names below the wildcard, which would now end at its listeners; null: nothing. */
function hiddenBy(
  drafts: ReadonlyMap<string, readonly ListenerDraft[]>,
  wildcard: string,
  shared: readonly ListenerDraft[],
  existing: FoldInput['existing'],
): string | null {
  const ports = new Set(shared.map(({ port }) => port));
  const same = existing.filter(({ hostname, port }) => hostname === wildcard && ports.has(port));
  const wanted = new Set(shared.flatMap(({ certificates }) => certificates.map(({ name }) => name)));
  if (same.some(({ certificates }) => certificates?.some((name) => !wanted.has(name))))
    return 'the Gateway of the input has a listener for the wildcard, with another certificate';
  if (drafts.has(wildcard)) return null;
  const broad = coveringHosts(wildcard);
  const written = broad.find((host) => (drafts.get(host) ?? []).some(({ port }) => ports.has(port)));
  const theirs = existing.find(({ hostname = '', port }) => broad.includes(hostname) && ports.has(port));
  const name = written ?? (same.length === ports.size ? undefined : theirs?.hostname);
  if (written === undefined && (theirs === undefined || same.length === ports.size)) return null;
  return `requests for other names below it are answered by ${name === undefined || name === '' ? 'the server for any host' : name}, and would end at its listeners instead`;
}

/** One of each port, for all that had one. */
function sharedBy(own: readonly ListenerDraft[], wildcard: string): readonly ListenerDraft[] {
  return [...groupBy(own, ({ port, scheme }) => `${port} ${scheme}`).values()].flatMap((alike) => {
    const [first] = alike;
    if (first === undefined) return [];
    return [
      {
        ...first,
        host: wildcard,
        namespaces: alike.flatMap(({ namespaces }) => namespaces),
        hosts: [...new Set(alike.flatMap(({ host, hosts = [host] }) => hosts))],
      },
    ];
  });
}

function listed(hosts: readonly string[]): string {
  return `${hosts.slice(0, 3).join(', ')}${hosts.length > 3 ? ` and ${hosts.length - 3} more` : ''}`;
}
