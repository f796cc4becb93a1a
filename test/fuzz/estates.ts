import fc from 'fast-check';
import { stringify } from 'yaml';
import { hostileText } from '../hostile-text.ts';
import type { Materials } from './materials.ts';
import { VALUES, valueOf } from './values.ts';

export interface Manifest {
  readonly file: string;
  readonly text: string;
}

const HOSTS = [
  'a.example.com',
  'b.example.com',
  'A.example.com',
  '*.example.com',
  '*.b.example.com',
  'example.com',
  'x.*.com',
  '-a',
  '1.2.3.4',
  'münchen.example.com',
  'xn--mnchen-3ya.example.com',
  'a.example.com.',
  'a.example.com:8080',
  '*',
  `${'l'.repeat(64)}.com`,
  '',
];
const PATHS = [
  '/',
  '/foo',
  '/foo/',
  '/foo/bar',
  '/foo(/|$)(.*)',
  '/[a-z]+',
  '/(a|b)/(.*)',
  '/*',
  '/foo/*',
  '/foo*',
  '',
  'foo',
  '//',
  '/a//b',
  '/%2f',
  '/a b',
  '/.',
  '/(',
  '/^x$',
  '/foo$',
  '/FOO',
  '/foo/../bar',
  '/a/./b',
  '/%C3%A4',
  '/%zz',
  '/foo//',
  '/foo?x=1',
  '/foo#x',
  '/ä',
  `/${'x'.repeat(1030)}`,
];
const NAMESPACES = ['x', 'shop'];
const SERVICES = ['web', 'api'];

/** Who serves an Ingress: how its class is named, and which annotations mean something to it. */
const OWNERS = [
  { className: 'nginx', classAnnotation: undefined, prefix: 'nginx.ingress.kubernetes.io/', weight: 6 },
  { className: undefined, classAnnotation: 'nginx', prefix: 'nginx.ingress.kubernetes.io/', weight: 2 },
  { className: 'alb', classAnnotation: undefined, prefix: 'alb.ingress.kubernetes.io/', weight: 4 },
  { className: undefined, classAnnotation: 'gce', prefix: 'networking.gke.io/', weight: 3 },
  { className: undefined, classAnnotation: 'gce-internal', prefix: 'cloud.google.com/', weight: 1 },
  { className: undefined, classAnnotation: undefined, prefix: 'ingress.kubernetes.io/', weight: 1 },
  { className: 'nginx-plus', classAnnotation: undefined, prefix: 'nginx.org/', weight: 3 },
  { className: 'nginx-plus', classAnnotation: undefined, prefix: 'nginx.com/', weight: 1 },
  { className: 'in-house', classAnnotation: undefined, prefix: 'nginx.ingress.kubernetes.io/', weight: 1 },
  { className: 'nginx', classAnnotation: 'alb', prefix: 'alb.ingress.kubernetes.io/', weight: 1 },
] as const;

/** Mostly those with the prefix. */
function annotationsOf(prefix: string, materials: Materials): fc.Arbitrary<Record<string, string>> {
  const own = materials.names.filter((name) => name.startsWith(prefix));
  const name = fc.oneof(
    { weight: 16, arbitrary: fc.constantFrom(...(own.length === 0 ? materials.names : own)) },
    { weight: 4, arbitrary: fc.constantFrom(...materials.names) },
    { weight: 2, arbitrary: fc.constantFrom('cert-manager.io/issuer', 'external-dns.alpha.kubernetes.io/hostname', 'example.com/x') },
    { weight: 1, arbitrary: fc.oneof(hostileText, fc.constantFrom('__proto__', 'constructor', 'toString')) },
  );
  const pair = name.chain((key) => valueOf(key, materials).map((value) => [key, value] as const));
  return fc.array(pair, { maxLength: 6 }).map((pairs) => Object.fromEntries(pairs));
}

const backend = fc.record({
  name: fc.constantFrom(...SERVICES, 'missing', 'ssl-redirect'),
  port: fc.constantFrom(80, 443, 'http', 'use-annotation', 0),
});
const service = ({ name, port }: { name: string; port: number | string }) => ({
  service: { name, port: typeof port === 'number' ? { number: port } : { name: port } },
});

function ingressOf(materials: Materials) {
  return fc.oneof(...OWNERS.map(({ weight, ...owner }) => ({ weight, arbitrary: ingressOwnedBy(owner, materials) })));
}

function ingressOwnedBy(
  { className, classAnnotation, prefix }: Omit<(typeof OWNERS)[number], 'weight'>,
  materials: Materials,
): fc.Arbitrary<Ingress> {
  return fc
    .record({
      name: fc.constantFrom('one', 'two', 'three'),
      namespace: fc.constantFrom(...NAMESPACES),
      annotations: annotationsOf(prefix, materials),
      tls: fc.array(
        fc.record({ hosts: fc.array(fc.constantFrom(...HOSTS), { maxLength: 2 }), secretName: fc.constantFrom('tls', undefined) }),
        { maxLength: 2 },
      ),
      fallback: fc.option(backend, { freq: 5 }),
      rules: fc.array(
        fc.record({
          host: fc.constantFrom(...HOSTS),
          paths: fc.array(
            fc.record({ path: fc.constantFrom(...PATHS), pathType: fc.constantFrom('Prefix', 'Exact', 'ImplementationSpecific'), backend }),
            { maxLength: 3 },
          ),
        }),
        { maxLength: 3 },
      ),
    })
    .map(({ name, namespace, annotations: own, tls, fallback, rules }) => ({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: {
        name,
        namespace,
        annotations: { ...own, ...(classAnnotation === undefined ? {} : { 'kubernetes.io/ingress.class': classAnnotation }) },
      },
      spec: {
        ...(className === undefined ? {} : { ingressClassName: className }),
        ...(fallback === null ? {} : { defaultBackend: service(fallback) }),
        ...(tls.length === 0 ? {} : { tls }),
        rules: rules.map(({ host, paths }) => ({
          ...(host === '' ? {} : { host }),
          http: { paths: paths.map((each) => ({ path: each.path, pathType: each.pathType, backend: service(each.backend) })) },
        })),
      },
    }));
}

interface Ingress {
  readonly metadata: { readonly name: string; readonly namespace: string };
}

const metadata = (name: string) => fc.record({ name: fc.constant(name), namespace: fc.constantFrom(...NAMESPACES) });
const satellitesOf = (materials: Materials) =>
  fc.oneof(
    fc.record({
      apiVersion: fc.constant('v1'),
      kind: fc.constant('Service'),
      metadata: fc.record({
        name: fc.constantFrom(...SERVICES),
        namespace: fc.constantFrom(...NAMESPACES),
        annotations: annotationsOf('cloud.google.com/', materials),
      }),
      spec: fc.record({
        type: fc.constantFrom('ClusterIP', 'NodePort', 'ExternalName'),
        ports: fc.array(
          fc.record({
            name: fc.constantFrom('http', 'https', 'grpc'),
            port: fc.constantFrom(80, 443),
            targetPort: fc.constantFrom(8080, 'http'),
          }),
          { maxLength: 2 },
        ),
      }),
    }),
    fc.record({
      apiVersion: fc.constant('v1'),
      kind: fc.constant('Secret'),
      metadata: metadata('tls'),
      type: fc.constant('kubernetes.io/tls'),
      data: fc.constant({ 'tls.crt': 'UkVE', 'tls.key': 'UkVE' }),
    }),
    fc.record({
      apiVersion: fc.constant('v1'),
      kind: fc.constant('Secret'),
      metadata: metadata('users'),
      data: fc.constantFrom({ auth: 'UkVE' }, { '.htpasswd': 'UkVE' }, {}),
    }),
    fc.record({
      apiVersion: fc.constant('v1'),
      kind: fc.constant('ConfigMap'),
      metadata: fc.constant({ name: 'ingress-nginx-controller', namespace: 'ingress-nginx' }),
      data: fc.dictionary(
        fc.constantFrom(
          'ssl-redirect',
          'force-ssl-redirect',
          'proxy-body-size',
          'use-proxy-protocol',
          'whitelist-source-range',
          'hsts',
          'allow-snippet-annotations',
          'proxy-set-headers',
          'made-up',
        ),
        fc.constantFrom(...VALUES),
        { maxKeys: 3 },
      ),
    }),
    fc.record({
      apiVersion: fc.constant('networking.k8s.io/v1'),
      kind: fc.constant('IngressClass'),
      metadata: fc.record({
        name: fc.constantFrom('nginx', 'alb', 'in-house'),
        annotations: fc.constantFrom({}, { 'ingressclass.kubernetes.io/is-default-class': 'true' }),
      }),
      spec: fc.record({
        controller: fc.constantFrom('k8s.io/ingress-nginx', 'ingress.k8s.aws/alb', 'nginx.org/ingress-controller', 'example.com/own'),
      }),
    }),
    fc.record({
      apiVersion: fc.constant('cloud.google.com/v1'),
      kind: fc.constant('BackendConfig'),
      metadata: metadata('config'),
      spec: fc.record(
        {
          timeoutSec: fc.constantFrom(5, 0, '5'),
          iap: fc.constantFrom({ enabled: true }, { enabled: false }, null),
          sessionAffinity: fc.constantFrom({ affinityType: 'CLIENT_IP' }, {}),
        },
        { requiredKeys: [] },
      ),
    }),
  );

/** One file for each object. Two of them may be the same object with other contents. */
export function estates(materials: Materials): fc.Arbitrary<readonly Manifest[]> {
  return fc
    .tuple(
      fc.uniqueArray(ingressOf(materials), {
        minLength: 1,
        maxLength: 3,
        selector: ({ metadata: { namespace, name } }) => `${namespace}/${name}`,
      }),
      fc.array(satellitesOf(materials), { maxLength: 4 }),
    )
    .map(([ingresses, others]) =>
      [...ingresses, ...others].map((object, index) => ({
        file: `${index}.yaml`,
        text: stringify(object, { compat: 'yaml-1.1', aliasDuplicateObjects: false }),
      })),
    );
}

/** Any bytes, and manifests that somebody cut, repeated and overwrote. */
export function bytes(sound: fc.Arbitrary<readonly Manifest[]>): fc.Arbitrary<Uint8Array> {
  return fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    fc
      .tuple(
        sound,
        fc.array(
          fc.record({
            at: fc.double({ min: 0, max: 1, noNaN: true }),
            drop: fc.nat(20),
            insert: fc.oneof(
              fc.uint8Array({ maxLength: 4 }),
              fc
                .constantFrom('\n---\n', '&a ', '*a', '<<: ', '- ', '{', '[', '"', "'", '|\n', ': ', '#', '\t')
                .map((text) => new TextEncoder().encode(text)),
            ),
          }),
          { minLength: 1, maxLength: 4 },
        ),
      )
      .map(([files, edits]) => {
        let whole = new TextEncoder().encode(files.map(({ text }) => text).join('---\n'));
        for (const { at, drop, insert } of edits) {
          const offset = Math.floor(at * whole.length);
          whole = Uint8Array.from([...whole.subarray(0, offset), ...insert, ...whole.subarray(offset + drop)]);
        }
        return whole;
      }),
  );
}
