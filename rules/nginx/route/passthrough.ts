import type { Backend, Certificate, HostTable, RouteRule } from '../../../src/route/table.ts';
import { inert } from '../settlement.ts';
import { passthroughFindings } from '../ssl-passthrough.ts';
import { backendOf } from './backends.ts';
import type { Server } from './location.ts';
import type { HostContext } from './location-rules.ts';

/** TLS of the host, when it is passed through: to the Service behind `/`, or nowhere. */
export interface Passthrough {
  readonly backend: Backend | null;
}

/** Any Ingress of a host switches the whole of it. The proxy in front compares server names exactly, so wildcards never match. */
export function passthroughOf(
  server: Server,
  { host, books, estate }: Pick<HostContext, 'host' | 'books' | 'estate'>,
  isSwitchedOn: boolean,
): Passthrough | null {
  const asking = server.members.filter((facts) => facts.passthrough !== null);
  const entries = asking.flatMap((facts) => facts.passthrough ?? []);
  const [first] = asking;
  if (first === undefined) return null;
  const place = { at: entries[0]?.at ?? first.ref.at, ingress: first.ref, host };
  if (host === '' || host.startsWith('*')) {
    books.settled.push(...inert(entries, passthroughFindings['not-matched']({ host: host === '' ? 'rules without host' : host }, place)));
    return null;
  }
  const root = server.locations.find(({ path, implicit, upstream }) => path === '/' && upstream !== null && !implicit);
  const unsure = isSwitchedOn ? [] : [passthroughFindings['needs-flag']({ host }, place)];
  if (root === undefined || root.upstream === null) {
    const finding = passthroughFindings['no-backend']({ host }, place);
    books.findings.push(finding, ...unsure);
    books.settled.push(...inert(entries, finding));
    return { backend: null };
  }
  books.findings.push(...unsure);
  const backend = backendOf(root.upstream, root.backendEntries, estate, books);
  return { backend: { ...backend, entries: [...root.entries, ...backend.entries, ...entries] } };
}

/** What is left of a host whose TLS is passed through: its rules on port 80. */
export function overHttpOnly(table: HostTable, passthrough: Passthrough): HostTable {
  const certificate: Certificate = { kind: 'none' };
  const ports = passthrough.backend === null ? table.ports.filter((port) => port.scheme === 'http') : table.ports;
  const rules = table.rules.filter((rule) => rule.scheme !== 'https').map(httpRule);
  return { ...table, certificate, ports, rules, passthrough: passthrough.backend };
}

function httpRule(rule: RouteRule): RouteRule {
  if (rule.httpsRedirect === null) return { ...rule, scheme: 'http' };
  const { status, port, entries } = rule.httpsRedirect;
  const redirect = {
    status,
    scheme: 'https',
    host: null,
    port: port === 443 ? null : port,
    path: { kind: 'keep' },
    query: { kind: 'keep' },
    entries,
  } as const;
  return { ...rule, scheme: 'http', httpsRedirect: null, intents: [], action: { kind: 'redirect', redirect } };
}
