import fc from 'fast-check';
import { stringify } from 'yaml';
import { packs } from '../../rules/index.ts';
import { hostileText } from '../hostile-text.ts';

export interface Manifest {
  readonly file: string;
  readonly text: string;
}

/** Everything that any pack reads from an Ingress; of a family one member. */
const NAMES = packs.flatMap(({ rules, prefixes }) => [
  ...rules.flatMap((rule) => Object.values(rule.reads).map(({ annotation }) => annotation.replace(/\*$/, 'web'))),
  ...prefixes.map((prefix) => `${prefix}made-up`),
]);

/** Values that some annotation takes, or that are one step away from one. */
const VALUES = [
  'true', 'false', 'True', '', ' ', 'on', 'off', '5', '0', '-1', '00', '1e3', '65536', '99999999999999999999', '60s', '1.5', '8m', '1h30m', '/', '/$1', '/$2', '/app/$1', '/$1/$3', '$', '//x',
  'cookie', 'basic', 'GRPC', 'HTTPS', 'https', 'https://other.example.com/x', 'http://$host$request_uri', '//other', '10.0.0.0/8', '10.0.0.0/8, ::1/64', '0.0.0.0/0', '300.1.1.1/33', 'bogus value', 'users', 'x/users', '*', '*.example.com', 'https://*.example.com',
  'deny all;', 'return 403;', 'if ($http_x = "1") { return 418; }', 'rewrite ^/a/(.*)$ /$1 break;', '{', '}', '}}{{', '{"HTTP": 80}', '[{"HTTP": 80}, {"HTTPS": 443}]', '[]', 'null', '{"type":"redirect","redirectConfig":{"protocol":"HTTPS","port":"443","statusCode":"HTTP_301"}}',
  'arn:aws:acm:eu-central-1:123456789012:certificate/a', 'ip', 'instance', 'internet-facing', 'a=b,c=d', 'X-A: b', 'X-Forwarded-For', 'GET, POST', 'web', 'serviceName=web rewrite=/', 'master', 'minion', 'cert-1', 'cert-1,cert-2', '{"default": "config"}', '{"ports": {"80": "config"}}', '{"ingress": true}', '(a+)+$', '^(?i)/x', '[', 'a\nb', 'x'.repeat(2000),
]; // biome-ignore format: one list

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
  '/ä',
  `/${'x'.repeat(1030)}`,
];
const NAMESPACES = ['x', 'shop'];
const SERVICES = ['web', 'api'];

const annotations = fc.dictionary(
  fc.oneof(
    { weight: 20, arbitrary: fc.constantFrom(...NAMES) },
    { weight: 2, arbitrary: fc.constantFrom('cert-manager.io/issuer', 'external-dns.alpha.kubernetes.io/hostname', 'example.com/x') },
    { weight: 1, arbitrary: hostileText },
  ),
  fc.oneof({ weight: 12, arbitrary: fc.constantFrom(...VALUES) }, { weight: 1, arbitrary: hostileText }),
  { maxKeys: 6 },
);

const backend = fc.record({
  name: fc.constantFrom(...SERVICES, 'missing', 'ssl-redirect'),
  port: fc.constantFrom(80, 443, 'http', 'use-annotation', 0),
});
const service = ({ name, port }: { name: string; port: number | string }) => ({
  service: { name, port: typeof port === 'number' ? { number: port } : { name: port } },
});

const ingress = fc
  .record({
    name: fc.constantFrom('one', 'two', 'three'),
    namespace: fc.constantFrom(...NAMESPACES),
    className: fc.constantFrom('nginx', 'nginx', 'alb', 'gce', 'nginx-plus', 'in-house', undefined),
    classAnnotation: fc.constantFrom(undefined, undefined, 'nginx', 'alb', 'gce', 'gce-internal'),
    annotations,
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
  .map(({ name, namespace, className, classAnnotation, annotations: own, tls, fallback, rules }) => ({
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

const metadata = (name: string) => fc.record({ name: fc.constant(name), namespace: fc.constantFrom(...NAMESPACES) });
const satellites = fc.oneof(
  fc.record({
    apiVersion: fc.constant('v1'),
    kind: fc.constant('Service'),
    metadata: fc.record({ name: fc.constantFrom(...SERVICES), namespace: fc.constantFrom(...NAMESPACES), annotations }),
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
export const estates: fc.Arbitrary<readonly Manifest[]> = fc
  .tuple(
    fc.uniqueArray(ingress, { minLength: 1, maxLength: 3, selector: ({ metadata: { namespace, name } }) => `${namespace}/${name}` }),
    fc.array(satellites, { maxLength: 4 }),
  )
  .map(([ingresses, others]) =>
    [...ingresses, ...others].map((object, index) => ({
      file: `${index}.yaml`,
      text: stringify(object, { compat: 'yaml-1.1', aliasDuplicateObjects: false }),
    })),
  );

/** Any bytes, and manifests that somebody cut, repeated and overwrote. */
export const bytes: fc.Arbitrary<Uint8Array> = fc.oneof(
  fc.uint8Array({ maxLength: 200 }),
  fc
    .tuple(
      estates,
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
