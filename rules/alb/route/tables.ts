import { compareText } from '../../../src/model/position.ts';
import type { Certificate, HostTable, RouteRule, RoutingTable, Scheme } from '../../../src/route/table.ts';
import { type Books, settle } from '../books.ts';
import { type Group, type Listener, nameOf } from '../group.ts';
import { sslRedirectFindings } from '../ssl-redirect.ts';
import type { Candidate } from './candidates.ts';
import { UNCONDITIONAL } from './conditions.ts';
import { type HostDraft, idOfRedirect, takesHost, withCopies } from './copies.ts';
import { behindPatterns } from './host-patterns.ts';
import { type Dead, hostRules } from './host-rules.ts';
import { type PortClass, portClasses } from './port-classes.ts';
import { type LoadBalancerSettings, schemeOf } from './settings.ts';

export interface GroupTable {
  readonly table: RoutingTable;
  readonly dead: readonly Dead[];
  readonly served: ReadonlySet<Candidate>;
}

/** What the load balancer of a group serves. `candidates` in the order they are tried, default actions last. */
export function groupTable(group: Group, candidates: readonly Candidate[], settings: LoadBalancerSettings): GroupTable {
  const parts = portClasses(group.listeners, settings).map((portClass, index) => {
    const made = hostTables(group, portClass, candidates, settings);
    // Beside the first, the ports are in the names of what is written.
    const part = portClass.listeners.map(({ port }) => port).join('-');
    return index === 0 ? made : { ...made, hosts: made.hosts.map((host): HostTable => ({ ...host, part })) };
  });
  const table: RoutingTable = {
    vendor: 'alb',
    loadBalancer: {
      name: group.name,
      namespace: group.namespace,
      className: group.members[0]?.view.className ?? null,
      ingresses: group.members.map(({ ingress }) => ingress.ref),
      intents: settings.all,
    },
    hosts: parts.flatMap(({ hosts }) => hosts).sort((a, b) => byHost(a.host, b.host)),
  };
  return { table, dead: parts.flatMap(({ dead }) => dead), served: new Set(parts.flatMap(({ served }) => [...served])) };
}

function hostTables(
  group: Group,
  { listeners }: PortClass,
  candidates: readonly Candidate[],
  settings: LoadBalancerSettings,
): { readonly hosts: readonly HostTable[]; readonly dead: readonly Dead[]; readonly served: ReadonlySet<Candidate> } {
  const byScheme: Partial<Record<Scheme, Listener>> = {};
  for (const listener of listeners) byScheme[schemeOf(listener)] ??= listener;
  const redirected = group.sslRedirect !== null && byScheme.http !== undefined;
  const http = redirected ? {} : { http: byScheme.http };
  const open = { ...byScheme, http: undefined, ...http };
  const here = candidates.filter(({ member }) => Object.values(open).some((listener) => listener?.members.includes(member) === true));
  const names = new Set(here.flatMap(({ hosts }) => hosts));
  if (redirected) names.add('');
  const dead = new Map<Candidate, Dead>();
  const served = new Set<Candidate>();
  const drafts = [...names].sort(byHost).map((host): HostDraft => {
    const taking = here.filter(({ hosts }) => hosts.some((own) => takesHost(own, host)));
    const result = hostRules({
      host,
      candidates: taking,
      listeners: withoutAbsent(open),
      intents: (listener) => settings.onListener(listener),
      oneScheme: new Set(listeners.map(schemeOf)).size === 1,
    });
    for (const each of result.dead) if (each.candidate.hosts.includes(host)) dead.set(each.candidate, each);
    for (const candidate of result.served) if (candidate.hosts.includes(host)) served.add(candidate);
    const rules = behindPatterns(result.rules, { host, candidates: here, listeners: withoutAbsent(open) });
    return { host, redirect: redirected ? redirectRule(group, host, taking, listeners) : null, rules };
  });
  const common: Omit<HostTable, 'host' | 'rules'> = {
    wildcard: 'any-depth',
    ports: listeners.map((listener) => ({ scheme: schemeOf(listener), port: listener.port })),
    certificate: certificateOf(settings, group.listeners),
    owner: null,
    intents: settings.onHosts,
    passthrough: null,
  };
  return {
    hosts: withCopies(drafts).map((table): HostTable => ({ ...common, ...table })),
    dead: [...dead.values()].filter(({ candidate }) => !served.has(candidate)),
    served,
  };
}

function withoutAbsent(listeners: Readonly<Record<string, Listener | undefined>>): Partial<Record<Scheme, Listener>> {
  return {
    ...(listeners['http'] === undefined ? {} : { http: listeners['http'] }),
    ...(listeners['https'] === undefined ? {} : { https: listeners['https'] }),
  };
}

/** '' last, broader hosts after narrower ones where it matters; else by name. */
function byHost(a: string, b: string): number {
  return Number(a === '') - Number(b === '') || compareText(a, b);
}

/** All of HTTP, whatever the host. For a named host it stands with the Ingress that serves it, so that the routes are of one hand. */
function redirectRule(
  { sslRedirect, members }: Group,
  host: string,
  taking: readonly Candidate[],
  listeners: readonly Listener[],
): RouteRule {
  const asking = members.find(({ annotations }) => annotations.some((entry) => sslRedirect?.entries.includes(entry) === true));
  const own = taking.find(({ hosts }) => hosts.includes(host))?.ingress;
  const ingress = own ?? (asking ?? members[0])?.ingress.ref;
  const port = sslRedirect?.value ?? 443;
  const path = { kind: 'prefix', value: '/' } as const;
  if (ingress === undefined) throw new RangeError(`a load balancer without members listens on ${listeners.length} ports`);
  return {
    id: idOfRedirect(host),
    ingress,
    scheme: 'http',
    match: { ...UNCONDITIONAL, path },
    action: {
      kind: 'redirect',
      redirect: {
        status: 301,
        scheme: 'https',
        host: null,
        port: port === 443 ? null : port,
        path: { kind: 'keep' },
        query: { kind: 'keep' },
        entries: sslRedirect?.entries ?? [],
      },
    },
    httpsRedirect: null,
    intents: [],
    entries: sslRedirect?.entries ?? [],
  };
}

/** The same for every part of a host: certificates are looked up by host. */
function certificateOf({ all }: LoadBalancerSettings, listeners: readonly Listener[]): Certificate {
  const intents = all.filter(
    (intent) => intent.kind === 'awsCertificates' && listeners.some(({ port, protocol }) => protocol === 'HTTPS' && port === intent.port),
  );
  if (intents.length === 0) return { kind: 'none' };
  const names = intents.flatMap((intent) =>
    intent.kind === 'awsCertificates' && intent.certificates.from === 'arns'
      ? [intent.certificates.defaultArn, ...intent.certificates.others]
      : [],
  );
  return {
    kind: 'external',
    names: names.length > 0 ? [...new Set(names)] : ['found in ACM by host'],
    entries: [...new Set(intents.flatMap(({ entries }) => entries))],
  };
}

/** Rules of members that listen on HTTP alone, where all HTTP is redirected. */
export function vanishedMembers(group: Group, books: Books): void {
  const { sslRedirect } = group;
  if (sslRedirect === null) return;
  for (const member of group.members.filter(({ ports }) => ports.every(({ protocol }) => protocol === 'HTTP'))) {
    const by = sslRedirect.entries[0]?.ingress ?? null;
    const args = { ingress: nameOf(member), by: by === null ? 'its class' : `Ingress ${by.namespace}/${by.name}` };
    const { ref } = member.ingress;
    settle(books, member.ingress.spec, 'inert', sslRedirectFindings.vanished(args, { at: ref.at, ingress: ref }));
  }
}
