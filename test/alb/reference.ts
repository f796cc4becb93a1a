/** A load balancer in the plainest form: lists of rules by port, tried from first to last. Shares nothing with the pack. */
export interface Member {
  readonly name: string;
  readonly namespace: string;
  readonly order: number;
  readonly ports: readonly (readonly ['HTTP' | 'HTTPS', number])[];
  readonly sslRedirect: boolean;
  readonly rules: readonly {
    readonly host: string;
    readonly paths: readonly { readonly type: string; readonly path: string; readonly service: string }[];
  }[];
  readonly defaultBackend: string | null;
}

interface Asked {
  readonly scheme: 'http' | 'https';
  readonly port: number;
  readonly host: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly method: string;
}

const HEADER = '[{"field":"http-header","httpHeaderConfig":{"httpHeaderName":"X-T","values":["green"]}}]';
const METHOD = '[{"field":"http-request-method","httpRequestMethodConfig":{"values":["POST"]}}]';

export function reference(given: readonly Member[]) {
  // Ports have one protocol over the group: what a later member says otherwise is left to other tests.
  const protocols = new Map<number, string>();
  const sorted = [...given].sort((a, b) => a.order - b.order || compare(`${a.namespace}/${a.name}`, `${b.namespace}/${b.name}`));
  for (const { ports } of sorted) for (const [protocol, port] of ports) if (!protocols.has(port)) protocols.set(port, protocol);
  const redirects = sorted.some(({ sslRedirect }) => sslRedirect) && protocols.get(443) === 'HTTPS';
  const documents = given.map((member) => manifest(member, redirects));
  return { documents, evaluate: (asked: Asked) => answer(sorted, protocols, redirects, asked) };
}

function answer(members: readonly Member[], protocols: ReadonlyMap<number, string>, redirects: boolean, asked: Asked): string {
  const protocol = asked.scheme === 'http' ? 'HTTP' : 'HTTPS';
  if (protocols.get(asked.port) !== protocol) return '404';
  if (redirects && protocol === 'HTTP') return `301 https://${asked.host}${asked.path}`;
  const here = members.filter(({ ports }) => ports.some(([own, port]) => own === protocol && port === asked.port));
  for (const { rules } of here) {
    for (const { host, paths } of rules) {
      for (const { type, path, service } of inOrder(paths)) {
        if (!hostTakes(host, asked.host) || !patterns(type, path).some((pattern) => like(pattern, asked.path))) continue;
        if (service === 'header' && asked.headers['X-T'] !== 'green') continue;
        if (service === 'method' && asked.method !== 'POST') continue;
        return `${service}:80 ${asked.path}`;
      }
    }
  }
  const fallback = here.find(({ defaultBackend }) => defaultBackend !== null)?.defaultBackend;
  return fallback == null ? '404' : `${fallback}:80 ${asked.path}`;
}

function inOrder<T extends { readonly type: string; readonly path: string }>(paths: readonly T[]): readonly T[] {
  const of = (type: string) => paths.filter((path) => path.type === type);
  return [...of('Exact'), ...of('Prefix').sort((a, b) => b.path.length - a.path.length), ...of('ImplementationSpecific')];
}

function patterns(type: string, path: string): readonly string[] {
  if (type !== 'Prefix') return [path];
  const bare = path.replace(/\/$/, '');
  return bare === '' ? ['/*'] : [bare, `${bare}/*`];
}

function hostTakes(own: string, host: string): boolean {
  return own === '' || like(own, host);
}

function like(pattern: string, text: string): boolean {
  const source = [...pattern].map((char) => (char === '*' ? '.*' : char === '?' ? '.' : char.replace(/[.]/g, '\\.'))).join('');
  return new RegExp(`^${source}$`).test(text);
}

function manifest({ name, namespace, order, ports, sslRedirect, rules, defaultBackend }: Member, redirects: boolean): string {
  const prefix = 'alb.ingress.kubernetes.io/';
  const backend = (service: string) => ({ service: { name: service, port: { number: 80 } } });
  return JSON.stringify({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: {
      name,
      namespace,
      annotations: {
        [`${prefix}group.name`]: 'g',
        [`${prefix}group.order`]: String(order),
        [`${prefix}listen-ports`]: JSON.stringify(ports.map(([protocol, port]) => ({ [protocol]: port }))),
        [`${prefix}conditions.header`]: HEADER,
        [`${prefix}conditions.method`]: METHOD,
        ...(sslRedirect && redirects ? { [`${prefix}ssl-redirect`]: '443' } : {}),
      },
    },
    spec: {
      ingressClassName: 'alb',
      ...(defaultBackend === null ? {} : { defaultBackend: backend(defaultBackend) }),
      rules: rules.map(({ host, paths }) => ({
        ...(host === '' ? {} : { host }),
        http: { paths: paths.map(({ type, path, service }) => ({ path, pathType: type, backend: backend(service) })) },
      })),
    },
  });
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
