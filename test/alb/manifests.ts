/** An Ingress of an ALB, in short. */
export interface Shape {
  readonly namespace?: string;
  /** Without the vendor's prefix. */
  readonly annotations?: Readonly<Record<string, string>>;
  /** By host ('' = none): `/path type service:port`; type E, P or I. */
  readonly rules?: readonly (readonly [host: string, ...paths: string[]])[];
  readonly defaultBackend?: string;
  readonly className?: string;
  readonly tls?: readonly { readonly hosts: readonly string[]; readonly secretName?: string }[];
}

const TYPES: Readonly<Record<string, string>> = { E: 'Exact', P: 'Prefix', I: 'ImplementationSpecific' };

export function ingress(name: string, { namespace = 'shop', annotations = {}, rules = [], ...more }: Shape): string {
  return JSON.stringify({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: {
      name,
      namespace,
      annotations: Object.fromEntries(Object.entries(annotations).map(([key, value]) => [`alb.ingress.kubernetes.io/${key}`, value])),
    },
    spec: {
      ingressClassName: more.className ?? 'alb',
      ...(more.defaultBackend === undefined ? {} : { defaultBackend: backend(more.defaultBackend) }),
      ...(more.tls === undefined ? {} : { tls: more.tls }),
      rules: rules.map(([host, ...paths]) => ({ ...(host === '' ? {} : { host }), http: { paths: paths.map(pathOf) } })),
    },
  });
}

function pathOf(text: string): object {
  const [path = '', type = 'P', target = 'svc:80'] = text.split(' ');
  return { path, pathType: TYPES[type], backend: backend(target) };
}

/** `service:80`, `service:http`, `action:use-annotation`. */
function backend(text: string): object {
  const [name, port = ''] = text.split(':');
  return { service: { name, port: /^\d+$/.test(port) ? { number: Number(port) } : { name: port } } };
}

export function service(
  name: string,
  annotations: Readonly<Record<string, string>>,
  ports: readonly object[] = [{ name: 'http', port: 80, targetPort: 8080 }],
): string {
  const metadata = {
    name,
    namespace: 'shop',
    annotations: Object.fromEntries(Object.entries(annotations).map(([key, value]) => [`alb.ingress.kubernetes.io/${key}`, value])),
  };
  return JSON.stringify({ apiVersion: 'v1', kind: 'Service', metadata, spec: { ports } });
}

/** An IngressClass `company` with parameters of the same name. */
export function company(spec: object, controller = 'ingress.k8s.aws/alb', apiVersion = 'elbv2.k8s.aws/v1beta1'): string {
  const parameters = { apiGroup: apiVersion.split('/')[0], kind: 'IngressClassParams', name: 'company' };
  return [
    { apiVersion: 'networking.k8s.io/v1', kind: 'IngressClass', metadata: { name: 'company' }, spec: { controller, parameters } },
    { apiVersion, kind: 'IngressClassParams', metadata: { name: 'company' }, spec },
  ]
    .map((object) => JSON.stringify(object))
    .join('\n---\n');
}
