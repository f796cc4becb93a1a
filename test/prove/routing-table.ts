import type { Intent } from '../../src/intent/intent.ts';
import type { IngressRef } from '../../src/model/entry.ts';
import type { Backend, HostTable, Match, PathMatch, RouteRule, RoutingTable } from '../../src/route/table.ts';

export const INGRESS: IngressRef = {
  kind: 'Ingress',
  namespace: 'team',
  name: 'web',
  at: { file: 'in.yaml', line: 1, column: 1 },
};

export const PASSWORD: Intent = { kind: 'basicAuth', secret: null, form: 'htpasswd-file', scheme: 'basic', realm: '', entries: [] };

export function table(...hosts: readonly HostTable[]): RoutingTable {
  return { vendor: 'kubernetes', loadBalancer: { name: 'lb', namespace: null, className: null, ingresses: [INGRESS] }, hosts };
}

export function host(name: string, rules: readonly RouteRule[], more: Partial<HostTable> = {}): HostTable {
  return {
    host: name,
    wildcard: 'one-label',
    ports: [
      { scheme: 'http', port: 80 },
      { scheme: 'https', port: 443 },
    ],
    certificate: { kind: 'none' },
    rules,
    owner: INGRESS,
    intents: [],
    passthrough: null,
    ...more,
  };
}

export function backend(service: string, weight = 1): Backend {
  return { namespace: 'team', service, port: 80, written: '80', weight, problem: null, entries: [] };
}

/** `/x` is a prefix, `=/x` exact, `~x` a pattern. Sends to Service `team/<service>:80`. */
export function rule(path: string, service: string, more: Partial<Omit<RouteRule, 'match'>> & { match?: Partial<Match> } = {}): RouteRule {
  const { match, ...rest } = more;
  return {
    id: `team/web ${path}`,
    ingress: INGRESS,
    scheme: null,
    match: { path: pathOf(path), headers: [], queryParams: [], cookies: [], methods: [], sourceRanges: [], ...match },
    action: { kind: 'forward', backends: [backend(service)], rewrite: null },
    httpsRedirect: null,
    intents: [],
    entries: [],
    ...rest,
  };
}

function pathOf(text: string): PathMatch {
  if (text.startsWith('=')) return { kind: 'exact', value: text.slice(1) };
  if (text.startsWith('~')) return { kind: 'regex', pattern: text.slice(1), caseInsensitive: true };
  return { kind: 'prefix', value: text };
}
