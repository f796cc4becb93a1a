import { PREFIX } from '../../rules/nginx/annotation.ts';

export interface IngressShape {
  readonly namespace?: string;
  readonly created?: string;
  readonly className?: string | null;
  /** Names without prefix. */
  readonly annotations?: Readonly<Record<string, string>>;
  /** By host, `''` for none: `/path svc:80`, with a path type behind it where it is not Prefix; null for no `http`. */
  readonly rules?: Readonly<Record<string, readonly string[] | null>>;
  /** `secret: host host`; an empty secret is left out. */
  readonly tls?: readonly string[];
  readonly defaultBackend?: string;
}

/** An Ingress of class nginx, one document. */
export function ingress(name: string, shape: IngressShape): string {
  const { namespace = 'default', created, className = 'nginx', annotations = {}, rules, tls, defaultBackend } = shape;
  const prefixed = Object.fromEntries(Object.entries(annotations).map(([key, value]) => [`${PREFIX}${key}`, value]));
  const document = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name, namespace, annotations: prefixed, ...(created === undefined ? {} : { creationTimestamp: created }) },
    spec: {
      ...(className === null ? {} : { ingressClassName: className }),
      ...(defaultBackend === undefined ? {} : { defaultBackend: backend(defaultBackend) }),
      ...(rules === undefined ? {} : { rules: Object.entries(rules).map(([host, paths]) => rule(host, paths)) }),
      ...(tls === undefined ? {} : { tls: tls.map(section) }),
    },
  };
  return JSON.stringify(document, null, 2);
}

/** Documents of one file. */
export function file(...documents: readonly string[]): string {
  return documents.join('\n---\n');
}

export function service(name: string, ports: readonly object[], namespace = 'default', more: object = {}): string {
  return JSON.stringify({ apiVersion: 'v1', kind: 'Service', metadata: { name, namespace }, spec: { ports, ...more } });
}

function rule(host: string, paths: readonly string[] | null): object {
  return { ...(host === '' ? {} : { host }), ...(paths === null ? {} : { http: { paths: paths.map(path) } }) };
}

function path(text: string): object {
  const [value = '/', target = '', pathType = 'Prefix'] = text.split(' ');
  const isResource = target.startsWith('resource:');
  return {
    path: value,
    pathType,
    backend: isResource
      ? { resource: { apiGroup: 'k8s.example.com', kind: 'Bucket', name: target.slice('resource:'.length) } }
      : backend(target),
  };
}

function backend(target: string): object {
  const [name = '', port = '80'] = target.split(':');
  return { service: { name, port: /^\d+$/.test(port) ? { number: Number(port) } : { name: port } } };
}

function section(text: string): object {
  const [secretName = '', hosts = ''] = text.split(':');
  const names = hosts
    .trim()
    .split(' ')
    .filter((host) => host !== '');
  return { ...(names.length === 0 ? {} : { hosts: names }), ...(secretName === '' ? {} : { secretName }) };
}
