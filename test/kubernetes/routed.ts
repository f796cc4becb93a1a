import { kubernetes } from '../../rules/kubernetes/pack.ts';
import type { Entry } from '../../src/model/entry.ts';
import type { Estate } from '../../src/model/estate.ts';
import type { Ingress } from '../../src/model/ingress.ts';
import { DEFAULT_OPTIONS } from '../../src/options.ts';
import { evaluateBefore } from '../../src/prove/before/evaluate.ts';
import type { RoutingTable } from '../../src/route/table.ts';
import type { Routed } from '../../src/rule/pack.ts';
import { estateOf } from '../read/estate-of.ts';

/** What the pack makes of an estate, every Ingress taken for its own. */
export function routed(input: string | Readonly<Record<string, string>>): Routed & { readonly estate: Estate } {
  const estate = estateOf(input);
  return { ...routeEstate(estate), estate };
}

export function routeEstate(estate: Estate): Routed {
  const ingresses = estate.ingresses.map((ingress) => ({
    ingress,
    className: ingress.className?.value ?? null,
    intents: [],
    hostIntents: [],
    setting: () => null,
  }));
  return kubernetes.route({ estate, options: DEFAULT_OPTIONS, ingresses });
}

/** `service:port` that answers a request for this URL, a status, or `unreachable` where nothing listens. */
export function answerTo(table: RoutingTable | undefined, url: string): string {
  if (table === undefined) return 'no table';
  const { protocol, hostname, port, pathname } = new URL(url);
  const scheme = protocol === 'https:' ? 'https' : 'http';
  const usual = scheme === 'https' ? 443 : 80;
  const { answer } = evaluateBefore(table, {
    scheme,
    host: hostname,
    port: port === '' ? usual : Number(port),
    path: pathname,
    method: 'GET',
    query: {},
    headers: {},
    cookies: {},
  });
  if (answer.kind === 'backends') return answer.shares.map((share) => share.backend.replace(/^.*\//, '')).join(',');
  return answer.kind === 'error' ? String(answer.status) : answer.kind;
}

/** Entries of the spec that neither a table nor a settlement accounts for. */
export function unaccounted(estate: Estate, result: Routed): readonly string[] {
  const known = new Set<Entry>(result.settled.map((settlement) => settlement.entry));
  for (const host of result.tables.flatMap((table) => table.hosts)) {
    if (host.certificate.kind !== 'none') for (const entry of host.certificate.entries) known.add(entry);
    for (const rule of host.rules) {
      for (const entry of rule.entries) known.add(entry);
      if (rule.action.kind === 'forward') for (const backend of rule.action.backends) for (const entry of backend.entries) known.add(entry);
    }
  }
  const isClass = (ingress: Ingress, entry: Entry) => entry === ingress.className?.entry;
  return estate.ingresses.flatMap((ingress) =>
    ingress.spec.filter((entry) => !known.has(entry) && !isClass(ingress, entry)).map((entry) => entry.name),
  );
}

export interface PathLine {
  readonly path: string;
  readonly type?: string;
  readonly service: string;
  readonly port?: number | string;
}

/** An Ingress of networking.k8s.io/v1 in a few words. */
export function ingress(
  name: string,
  rules: Readonly<Record<string, readonly PathLine[]>>,
  rest: Readonly<Record<string, unknown>> = {},
  namespace = 'shop',
): string {
  const spec = {
    ...rest,
    rules: Object.entries(rules).map(([host, paths]) => ({
      ...(host === '' ? {} : { host }),
      http: {
        paths: paths.map(({ path, type, service, port }) => ({
          path,
          pathType: type ?? 'Prefix',
          backend: { service: { name: service, port: typeof port === 'string' ? { name: port } : { number: port ?? 80 } } },
        })),
      },
    })),
  };
  return `${JSON.stringify({ apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: { name, namespace }, spec })}\n---\n`;
}
