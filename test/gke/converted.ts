import { stringify } from 'yaml';
import { type Conversion, type ConvertOptions, convertManifests } from '../../src/index.ts';
import { evaluateBefore } from '../../src/prove/before/evaluate.ts';
import { verify } from '../../src/prove/verify.ts';

/** What is said of an Ingress, in few words. `paths`: `/path service[:port] [Type]`. */
export interface IngressText {
  readonly name?: string;
  readonly namespace?: string;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly className?: string;
  readonly rules?: readonly { readonly host?: string; readonly paths?: readonly string[] }[];
  readonly defaultBackend?: string;
  readonly tls?: readonly { readonly secretName?: string; readonly hosts?: readonly string[] }[];
}

export function ingress({
  name = 'web',
  namespace = 'shop',
  annotations = {},
  className,
  rules = [],
  defaultBackend,
  tls,
}: IngressText): string {
  return document({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name, namespace, annotations: { 'kubernetes.io/ingress.class': 'gce', ...annotations } },
    spec: {
      ...(className === undefined ? {} : { ingressClassName: className }),
      ...(defaultBackend === undefined ? {} : { defaultBackend: backendOf(defaultBackend) }),
      ...(tls === undefined ? {} : { tls }),
      rules: rules.map(({ host, paths }) => ({
        ...(host === undefined ? {} : { host }),
        ...(paths === undefined ? {} : { http: { paths: paths.map(pathOf) } }),
      })),
    },
  });
}

function pathOf(text: string) {
  const [path = '', backend = 'web', pathType = 'ImplementationSpecific'] = text.split(' ');
  return { path: path === '-' ? '' : path, pathType, backend: backendOf(backend) };
}

function backendOf(text: string) {
  const [name, port = '80'] = text.split(':');
  return { service: { name, port: /^\d+$/.test(port) ? { number: Number(port) } : { name: port } } };
}

export function service(name: string, annotations: Readonly<Record<string, string>> = {}, spec: object = {}): string {
  return document({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace: 'shop', annotations },
    spec: { type: 'ClusterIP', ports: [{ name: 'http', port: 80, targetPort: 8080 }], ...spec },
  });
}

export function object(kind: string, name: string, spec: object, apiVersion = 'cloud.google.com/v1'): string {
  return document({ apiVersion, kind, metadata: { name, namespace: 'shop' }, spec });
}

export function frontendConfig(spec: object): string {
  return object('FrontendConfig', 'front', spec, 'networking.gke.io/v1beta1');
}

/** A Service `web` with a BackendConfig of this spec, and an Ingress that serves it at any path. */
export function withBackendConfig(spec: object, more: IngressText = {}, apiVersion = 'cloud.google.com/v1'): string {
  return [
    ingress({ rules: [{ paths: ['/* web'] }], ...more }),
    service('web', { 'cloud.google.com/backend-config': '{"default": "config"}' }),
    object('BackendConfig', 'config', spec, apiVersion),
  ].join('');
}

function document(value: object): string {
  return `${stringify(value, { compat: 'yaml-1.1' })}---\n`;
}

export function converted(text: string, options: Partial<ConvertOptions> = {}): Conversion {
  return convertManifests([{ file: 'in.yaml', text }], options);
}

/** Where each entry whose key ends so ended, with the finding. */
export function endsOf({ ledger }: Conversion, key: string): readonly string[] {
  return ledger.entries
    .filter(({ entry }) => entry.key.endsWith(key))
    .map(({ outcome, finding }) => `${outcome}${finding === null ? '' : ` ${finding.code}`}`);
}

export function codesOf({ ledger }: Conversion, prefix = 'gke/'): readonly string[] {
  return [...new Set(ledger.findings.map(({ code }) => code))]
    .filter((code) => code.startsWith(prefix) && code !== 'gke/backend/by-hand')
    .sort();
}

/** `service:port` that answers a request for this URL, a status, a Location, or `unreachable`. */
export function ask({ tables }: Conversion, url: string): string {
  const [table] = tables;
  if (table === undefined) return 'no table';
  const { protocol, hostname, pathname } = new URL(url);
  const scheme = protocol === 'https:' ? 'https' : 'http';
  const { answer } = evaluateBefore(table, {
    scheme,
    host: hostname,
    port: scheme === 'https' ? 443 : 80,
    path: pathname,
    method: 'GET',
    query: {},
    headers: {},
    cookies: {},
  });
  switch (answer.kind) {
    case 'backends':
      return answer.shares.map(({ backend }) => backend.replace(/^.*\//, '')).join(',');
    case 'error':
      return String(answer.status);
    case 'redirect':
      return `${answer.status} ${answer.location}`;
    default:
      return answer.kind;
  }
}

/** Intents of the first rule that has any, without their entries. */
export function intentsOf({ tables }: Conversion): readonly object[] {
  const rule = tables.flatMap((table) => table.hosts.flatMap((host) => host.rules)).find(({ intents }) => intents.length > 0);
  return (rule?.intents ?? []).map(({ entries: _, ...intent }) => intent);
}

/** Requests that are answered otherwise and of which nothing tells. */
export function silent(conversion: Conversion): readonly string[] {
  const { discrepancies } = verify(
    conversion,
    conversion.plan.objects.map((planned) => planned.object),
  );
  return discrepancies
    .filter(({ explained }) => explained === null)
    .map(({ differences, request: { scheme, host, path } }) => `${differences.join(',')} ${scheme}://${host}${path}`);
}
