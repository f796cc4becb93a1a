import type { AwsIntent } from '../../../src/intent/intent.ts';
import { compareText } from '../../../src/model/position.ts';
import type { Certificate, HostTable, RouteRule, RoutingTable, Scheme } from '../../../src/route/table.ts';
import { placeOf } from '../annotation.ts';
import { type Books, settle } from '../books.ts';
import { type Group, type Listener, nameOf } from '../group.ts';
import { sslRedirectFindings } from '../ssl-redirect.ts';
import type { Candidate } from './candidates.ts';
import { UNCONDITIONAL } from './conditions.ts';
import { groupFindings } from './findings.ts';
import { type Dead, hostRules } from './host-rules.ts';
import { type PortClass, portClasses } from './port-classes.ts';
import { type LoadBalancerSettings, schemeOf } from './settings.ts';

export interface GroupTables {
  readonly tables: readonly RoutingTable[];
  readonly dead: readonly Dead[];
  readonly served: ReadonlySet<Candidate>;
}

/** What the load balancer of a group serves. `candidates` in the order they are tried, default actions last. */
export function groupTables(group: Group, candidates: readonly Candidate[], settings: LoadBalancerSettings, books: Books): GroupTables {
  const classes = portClasses(group.listeners, settings);
  const dead: Dead[] = [];
  const served = new Set<Candidate>();
  const tables = classes.map((portClass, index): RoutingTable => {
    const { hosts, dead: gone, served: kept } = hostTables(group, portClass, candidates, settings);
    dead.push(...gone);
    for (const candidate of kept) served.add(candidate);
    const ports = portClass.listeners.map(({ port }) => port).join('-');
    if (index > 0) reportApart(group, ports, books);
    const ingresses = group.members.filter((member) => portClass.listeners.some(({ members }) => members.includes(member)));
    return {
      vendor: 'alb',
      loadBalancer: {
        name: index === 0 ? group.name : `${group.name}-${ports}`,
        namespace: group.namespace,
        className: group.members[0]?.view.className ?? null,
        ingresses: ingresses.map(({ ingress }) => ingress.ref),
        intents: settings.all.filter((intent) => isOf(intent, portClass)),
      },
      hosts,
    };
  });
  return { tables, dead, served };
}

/** Settings of the load balancer, and those of listeners of the class. */
function isOf(intent: AwsIntent, { listeners }: PortClass): boolean {
  if (intent.kind === 'awsInboundRanges') return intent.listeners.some((each) => listeners.some(({ port }) => port === each.port));
  if (!LISTENER_KINDS.has(intent.kind) || !('port' in intent)) return true;
  return listeners.some(({ port }) => port === intent.port);
}

const LISTENER_KINDS: ReadonlySet<AwsIntent['kind']> = new Set<AwsIntent['kind']>([
  'awsCertificates',
  'awsTlsPolicy',
  'awsMutualAuthentication',
  'awsListenerAttributes',
]);

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
  const tables = [...names].sort(byHost).map((host): HostTable => {
    const taking = here.filter(({ hosts }) => hosts.some((own) => takesHost(own, host)));
    const result = hostRules({
      host,
      candidates: taking,
      listeners: withoutAbsent(open),
      intents: (listener) => settings.onListener(listener),
    });
    for (const each of result.dead) if (each.candidate.hosts.includes(host)) dead.set(each.candidate, each);
    for (const candidate of result.served) if (candidate.hosts.includes(host)) served.add(candidate);
    const redirect = redirected ? [redirectRule(group, host, taking, listeners)] : [];
    return {
      host,
      wildcard: 'any-depth',
      ports: listeners.map((listener) => ({ scheme: schemeOf(listener), port: listener.port })),
      certificate: certificateOf(settings, listeners),
      rules: [...redirect, ...result.rules],
      owner: null,
      intents: settings.onHosts,
      passthrough: null,
    };
  });
  return {
    hosts: withCopies(tables, candidates),
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

/** A wildcard of an ALB covers any number of labels. */
function takesHost(own: string, host: string): boolean {
  return own === '' || own === host || (own.startsWith('*.') && host.endsWith(own.slice(1)));
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
    id: `ssl-redirect for ${host === '' ? 'any host' : host}`,
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

/**
 * Hosts are not ranked: the rules of broader hosts are tried for a narrower one as well, so they stand in its table too. A host
 * of which nothing but such copies is left is no host of its own.
 */
function withCopies(tables: readonly HostTable[], candidates: readonly Candidate[]): readonly HostTable[] {
  const byId = new Map(candidates.map((candidate) => [candidate.id, candidate]));
  const isOwn = (rule: RouteRule, host: string) => {
    const candidate = [...byId].find(([id]) => rule.id === id || rule.id.startsWith(`${id} `))?.[1];
    return candidate?.hosts.includes(host) === true;
  };
  return tables.flatMap((table): readonly HostTable[] => {
    const { host, rules } = table;
    const broader = tables
      .filter((other) => other.host !== host && takesHost(other.host, host))
      .sort((a, b) => b.host.length - a.host.length)[0];
    if (broader === undefined) return rules.length === 0 ? [] : [table];
    if (!rules.some((rule) => isOwn(rule, host))) return [];
    const ids = new Set(broader.rules.map(({ id }) => id));
    return [
      {
        ...table,
        rules: rules.map((rule): RouteRule => {
          const isRedirect = rule.id.startsWith('ssl-redirect for ');
          const copyOf = isRedirect ? 'ssl-redirect for any host' : rule.id;
          return !isRedirect && (isOwn(rule, host) || !ids.has(rule.id))
            ? rule
            : { ...rule, id: isRedirect ? rule.id : `${rule.id} for ${host}`, copyOf };
        }),
      },
    ];
  });
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

function reportApart({ name, members }: Group, ports: string, books: Books): void {
  const [first] = members;
  if (first === undefined) return;
  const { ref } = first.ingress;
  const listen = first.entries.find((entry) => entry.name.endsWith('listen-ports'));
  const place = listen === undefined ? { at: ref.at, ingress: ref } : placeOf(listen);
  books.findings.push(groupFindings['ports-apart']({ group: name, ports }, place));
}
