import { type Conversion, convert } from '../../src/convert.ts';
import type { ExtensionObject, HTTPRoute, OutputObject } from '../../src/gateway/types.ts';
import { type ConvertOptions, DEFAULT_OPTIONS } from '../../src/options.ts';
import { type Discrepancy, verify } from '../../src/prove/verify.ts';
import { estateOf } from '../read/estate-of.ts';

/** An Ingress of the NGINX class in namespace shop, with annotations by their short names. */
export function nginxIngress(
  annotations: Readonly<Record<string, string>>,
  { name = 'web', host = 'shop.test', path = '/app', pathType = 'Prefix', tls = false, service = 'web', port = 80 } = {},
): string {
  const lines = Object.entries(annotations).map(([key, value]) => `    nginx.ingress.kubernetes.io/${key}: ${JSON.stringify(value)}`);
  return [
    'apiVersion: networking.k8s.io/v1',
    'kind: Ingress',
    'metadata:',
    `  name: ${name}`,
    '  namespace: shop',
    ...(lines.length === 0 ? [] : ['  annotations:', ...lines]),
    'spec:',
    '  ingressClassName: nginx',
    ...(tls ? ['  tls:', `    - {hosts: ["${host}"], secretName: tls}`] : []),
    '  rules:',
    host === '' ? '    - http:' : `    - host: "${host}"\n      http:`,
    '        paths:',
    `          - {path: ${JSON.stringify(path)}, pathType: ${pathType}, backend: {service: {name: ${service}, port: {number: ${port}}}}}`,
  ].join('\n');
}

export function service(name: string, ports: Readonly<Record<string, number>> = { http: 80 }): string {
  const list = Object.entries(ports).map(([port, number]) => `{name: ${port}, port: ${number}}`);
  return `apiVersion: v1\nkind: Service\nmetadata: {name: ${name}, namespace: shop}\nspec: {ports: [${list.join(', ')}]}`;
}

export function converted(target: string, documents: readonly string[], options: Partial<ConvertOptions> = {}): Conversion {
  return convert(estateOf([service('web'), ...documents].join('\n---\n')), { ...DEFAULT_OPTIONS, ...options, target });
}

export function objectsOf({ plan }: Conversion): readonly OutputObject[] {
  return plan.objects.map(({ object }) => object);
}

/** The spec of the only object of a kind. */
export function specOf(conversion: Conversion, kind: string): unknown {
  const found = objectsOf(conversion).filter((object): object is ExtensionObject => object.kind === kind);
  if (found.length !== 1) throw new Error(`${found.length} objects are of kind ${kind}`);
  return found[0]?.spec;
}

export function codesOf({ ledger }: Conversion): readonly string[] {
  return [...new Set(ledger.findings.map(({ code }) => code))];
}

/** What is no longer as before when people change the objects. */
export function afterChange(
  conversion: Conversion,
  change: (objects: readonly OutputObject[]) => readonly OutputObject[],
): readonly Discrepancy[] {
  return verify(conversion, change(objectsOf(conversion))).discrepancies.filter(({ explained }) => explained === null);
}

/** Takes filters of other APIs out of all routes, and the objects they name. */
export function withoutExtensions(objects: readonly OutputObject[]): readonly OutputObject[] {
  return objects
    .filter((object) => object.apiVersion.startsWith('gateway.networking.k8s.io/') || object.apiVersion === 'v1')
    .map((object) => (isRoute(object) ? bare(object) : object));
}

function isRoute(object: OutputObject): object is HTTPRoute {
  return object.kind === 'HTTPRoute';
}

function bare(route: HTTPRoute): HTTPRoute {
  const rules = route.spec.rules.map(({ filters, backendRefs, ...rule }) => ({
    ...rule,
    ...(filters === undefined ? {} : { filters: filters.filter(({ type }) => type !== 'ExtensionRef') }),
    ...(backendRefs === undefined
      ? {}
      : { backendRefs: backendRefs.map((ref) => (ref.group === undefined ? ref : { name: 'web', port: 80 })) }),
  }));
  return { ...route, spec: { ...route.spec, rules } };
}
