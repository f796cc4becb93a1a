import { describe, expect, it } from 'vitest';
import type { Entry } from '../../src/model/entry.ts';
import { strayEntries } from '../../src/model/stray.ts';
import { codesOf, estateOf, findingsOf, ingressText, onlyIngress } from '../read/estate-of.ts';

const brief = (entries: readonly Entry[]) => entries.map(({ name, value, at }) => `${name} = ${value} @${at.line}:${at.column}`);

const V1 = `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: shop
  namespace: web
  creationTimestamp: 2024-01-02T03:04:05Z
  labels: {app: shop}
  annotations:
    example.com/a: "1"
    example.com/b: |
      two
      lines
spec:
  ingressClassName: nginx
  defaultBackend:
    resource: {apiGroup: k8s.example.com, kind: Bucket, name: static}
  tls:
    - hosts:
        - A.example.com
        - "*.example.com"
      secretName: cert
    - {}
  rules:
    - host: A.example.com
      http:
        paths:
          - path: /a
            pathType: Prefix
            backend:
              service:
                name: a
                port:
                  name: http
          - backend: {service: {name: b, port: {number: 8080}}}
    - http: {}
    - host: c.example.com
`;

describe('networking.k8s.io/v1', () => {
  const ingress = onlyIngress(V1);

  it('has one entry for each annotation and each leaf, at its key or item', () => {
    expect(brief(ingress.annotations)).toEqual(['example.com/a = 1 @9:5', 'example.com/b = two\nlines\n @10:5']);
    expect(brief(ingress.spec)).toEqual([
      'spec.ingressClassName = nginx @14:3',
      'spec.defaultBackend.resource.apiGroup = k8s.example.com @16:16',
      'spec.defaultBackend.resource.kind = Bucket @16:43',
      'spec.defaultBackend.resource.name = static @16:57',
      'spec.tls[0].hosts[0] = A.example.com @19:11',
      'spec.tls[0].hosts[1] = *.example.com @20:11',
      'spec.tls[0].secretName = cert @21:7',
      'spec.tls[1] = {} @22:7',
      'spec.rules[0].host = A.example.com @24:7',
      'spec.rules[0].http.paths[0].path = /a @27:13',
      'spec.rules[0].http.paths[0].pathType = Prefix @28:13',
      'spec.rules[0].http.paths[0].backend.service.name = a @31:17',
      'spec.rules[0].http.paths[0].backend.service.port.name = http @33:19',
      'spec.rules[0].http.paths[1].backend.service.name = b @34:33',
      'spec.rules[0].http.paths[1].backend.service.port.number = 8080 @34:49',
      'spec.rules[1].http = {} @35:7',
      'spec.rules[2].host = c.example.com @36:7',
    ]);
    expect(new Set([...ingress.annotations, ...ingress.spec].map((entry) => entry.ingress))).toEqual(new Set([ingress.ref]));
    expect(ingress.spec[0]).toMatchObject({ key: 'spec.ingressClassName', kind: 'field', object: { kind: 'Ingress', name: 'shop' } });
    expect(ingress.annotations[0]).toMatchObject({ key: 'example.com/a', kind: 'annotation' });
  });

  it('is read into the model', () => {
    expect(ingress).toMatchObject({
      ref: { kind: 'Ingress', namespace: 'web', name: 'shop', at: { file: 'in.yaml', line: 1, column: 1 } },
      apiVersion: 'networking.k8s.io/v1',
      createdAt: '2024-01-02T03:04:05Z',
      className: { value: 'nginx' },
      defaultBackend: { kind: 'resource', apiGroup: 'k8s.example.com', resource: 'Bucket', name: 'static' },
      tls: [
        { hosts: ['a.example.com', '*.example.com'], secretName: 'cert' },
        { hosts: [], secretName: null },
      ],
      rules: [
        {
          host: 'a.example.com',
          paths: [
            { path: '/a', pathType: 'Prefix', backend: { kind: 'service', name: 'a', port: 'http' } },
            { path: '', pathType: null, backend: { kind: 'service', name: 'b', port: 8080 } },
          ],
        },
        { host: '', paths: [] },
        { host: 'c.example.com', paths: null },
      ],
    });
    expect(ingress.labels['app']).toBe('shop');
  });

  it('gives each part its own entries, the same objects as in the spec', () => {
    expect(strayEntries(ingress)).toEqual([]);
    const [first, second, third] = ingress.rules;
    expect(brief(first?.entries ?? [])).toEqual(['spec.rules[0].host = A.example.com @24:7']);
    expect(first?.paths?.[0]?.entries.map(({ name }) => name.split('.').at(-1))).toEqual(['path', 'pathType']);
    expect(first?.paths?.[0]?.backend?.entries.map(({ value }) => value)).toEqual(['a', 'http']);
    expect(second?.entries.map(({ name }) => name)).toEqual(['spec.rules[1].http']);
    expect(third?.entries).toHaveLength(1);
    expect(ingress.tls.map(({ entries }) => entries.length)).toEqual([3, 1]);
    expect(ingress.spec).toContain(ingress.className?.entry);
  });
});

describe('older versions', () => {
  const text = (version: string) => `apiVersion: ${version}
kind: Ingress
metadata: {name: a}
spec:
  backend: {serviceName: fallback, servicePort: 80}
  rules:
  - http:
      paths:
      - {path: /x, backend: {serviceName: x, servicePort: http}}
      - {backend: {resource: {kind: Bucket, name: bucket}}}
`;

  it.each(['networking.k8s.io/v1beta1', 'extensions/v1beta1'])('%s is brought into the form of v1', (version) => {
    const ingress = onlyIngress(text(version));
    expect(ingress).toMatchObject({
      apiVersion: version,
      defaultBackend: { kind: 'service', name: 'fallback', port: 80 },
      rules: [
        {
          paths: [
            { path: '/x', pathType: null, backend: { kind: 'service', name: 'x', port: 'http' } },
            { path: '', backend: { kind: 'resource', apiGroup: '', resource: 'Bucket', name: 'bucket' } },
          ],
        },
      ],
    });
    expect(strayEntries(ingress)).toEqual([]);
    expect(codesOf(estateOf(text(version)))).toEqual([]);
  });

  it('reads a backend of the wrong version as it is meant, and says so', () => {
    const v1 = text('networking.k8s.io/v1').replace('backend: {serviceName: fallback', 'defaultBackend: {serviceName: fallback');
    expect(onlyIngress(v1).defaultBackend).toMatchObject({ name: 'fallback', port: 80 });
    expect(codesOf(estateOf(v1))).toEqual(['read/old-backend-shape in.yaml:5:3', 'read/old-backend-shape in.yaml:9:20']);
    const beta = ingressText('a').replace('networking.k8s.io/v1', 'extensions/v1beta1').replace('defaultBackend', 'backend');
    expect(onlyIngress(beta).defaultBackend).toMatchObject({ name: 'a', port: 80 });
    expect(codesOf(estateOf(beta))).toEqual(['read/old-backend-shape in.yaml:6:3']);
  });

  it('leaves the field of another version for what it is: unknown', () => {
    const ingress = onlyIngress(text('networking.k8s.io/v1'));
    expect(ingress.defaultBackend).toBeNull();
    expect(strayEntries(ingress).map(({ name }) => name)).toEqual(['spec.backend.serviceName', 'spec.backend.servicePort']);
  });
});

describe('values of a wrong type', () => {
  const spec = (lines: string) => `apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: a}\nspec:\n${lines}`;

  it.each([
    ['rules that are a map', '  rules: {host: a.test}\n', 'read/wrong-type in.yaml:5:3'],
    ['a rule that is text', '  rules: [a.test]\n', 'read/wrong-type in.yaml:5:11'],
    ['paths that are a map', '  rules: [{http: {paths: {path: /}}}]\n', 'read/wrong-type in.yaml:5:19'],
    ['http that is text', '  rules: [{http: x}]\n', 'read/wrong-type in.yaml:5:12'],
    ['a host that is a number', '  rules: [{host: 1234}]\n', 'read/wrong-type in.yaml:5:12'],
    ['a path that is a list', '  rules: [{http: {paths: [{path: [/]}]}}]\n', 'read/wrong-type in.yaml:5:28'],
    ['a backend that is text', '  defaultBackend: x\n', 'read/wrong-type in.yaml:5:3'],
    ['a class that is a map', '  ingressClassName: {x: y}\n  tls: []\n', 'read/wrong-type in.yaml:5:3'],
    ['tls that is text', '  tls: x\n', 'read/wrong-type in.yaml:5:3'],
    ['a secretName that is a list', '  tls: [{secretName: [a]}]\n', 'read/wrong-type in.yaml:5:10'],
    ['a pathType there is not', '  rules: [{http: {paths: [{pathType: exact}]}}]\n', 'read/unsupported-value in.yaml:5:28'],
  ])('%s', (_, lines, code) => {
    const estate = estateOf(spec(`${lines}  kept: x\n`));
    expect(codesOf(estate)).toEqual([code]);
    const [ingress] = estate.ingresses;
    expect(ingress?.spec.length).toBeGreaterThan(1);
    expect(findingsOf(estate)[0]?.ingress).toBe(ingress?.ref);
  });

  it.each([
    ['port: {number: "80"}', 80, 'number'],
    ['port: {name: "80"}', 80, 'name'],
    ['port: 80', 80, 'port'],
    ['port: http', 'http', 'port'],
    ['port: {number: web}', null, 'number'],
    ['port: {number: true}', null, 'number'],
  ])('%s', (port, value, field) => {
    const text = spec(`  defaultBackend: {service: {name: a, ${port}}}\n`);
    expect(onlyIngress(text).defaultBackend).toMatchObject({ port: value });
    expect(findingsOf(estateOf(text))).toMatchObject([{ code: 'read/wrong-type', at: { line: 5 } }]);
    expect(
      String(findingsOf(estateOf(text))[0]?.args['field'])
        .split('.')
        .at(-1),
    ).toBe(field);
  });

  it.each([
    ['servicePort: "80"', 80, ['read/wrong-type in.yaml:5:29']],
    ['servicePort: true', null, ['read/wrong-type in.yaml:5:29']],
    ['servicePort: ""', null, []],
    ['servicePort: web', 'web', []],
    ['servicePort: 0x50', 80, []],
  ])('v1beta1 %s', (port, value, codes) => {
    const text = spec(`  backend: {serviceName: a, ${port}}\n`).replace('networking.k8s.io/v1', 'networking.k8s.io/v1beta1');
    expect(onlyIngress(text).defaultBackend).toMatchObject({ port: value });
    expect(codesOf(estateOf(text))).toEqual(codes);
  });

  it('uses one of two fields that exclude each other', () => {
    const text = spec('  defaultBackend: {service: {name: a, port: {number: 80, name: http}}, resource: {kind: B, name: b}}\n');
    expect(onlyIngress(text).defaultBackend).toMatchObject({ kind: 'service', port: 80 });
    expect(codesOf(estateOf(text))).toEqual(['read/conflicting-fields in.yaml:5:3', 'read/conflicting-fields in.yaml:5:39']);
  });

  it('takes one host in the place of a list', () => {
    const text = spec('  tls: [{hosts: a.test, secretName: s}]\n');
    expect(onlyIngress(text).tls[0]?.hosts).toEqual(['a.test']);
    expect(strayEntries(onlyIngress(text))).toEqual([]);
    expect(codesOf(estateOf(text))).toEqual(['read/wrong-type in.yaml:5:10']);
  });

  it('has an entry for everything that is empty', () => {
    const ingress = onlyIngress(spec('  rules: [{}, null, {http: {paths: []}}]\n  tls: []\n  defaultBackend:\n  ingressClassName: ""\n'));
    expect(ingress.spec.map(({ name, value }) => `${name} = ${value}`)).toEqual([
      'spec.rules[0] = {}',
      'spec.rules[1] = null',
      'spec.rules[2].http.paths = []',
      'spec.tls = []',
      'spec.defaultBackend = null',
      'spec.ingressClassName = ',
    ]);
    expect(ingress.rules.map(({ paths }) => paths)).toEqual([null, null, []]);
    expect(strayEntries(ingress).map(({ name }) => name)).toEqual(['spec.tls', 'spec.defaultBackend']);
  });

  it.each(['', 'spec:\n', 'spec: {}\n', 'spec: text\n'])('keeps an Ingress with the spec "%s"', (text) => {
    const estate = estateOf(`apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: a}\n${text}`);
    expect(estate.ingresses).toHaveLength(1);
    expect(estate.ingresses[0]?.spec).toHaveLength(text === '' ? 0 : 1);
    expect(codesOf(estate).filter((code) => code.startsWith('read/no-spec'))).toHaveLength(1);
    expect(estate.ingresses[0]?.isEmpty).toBe(true);
  });
});

describe('annotations', () => {
  const annotated = (lines: string) => ingressText('a', `  annotations:\n${lines}`);

  it.each(['true', 'yes', 'on', 'Off', '80', '0600', '1.5', '1e3', '0x10', '[a]', '{a: b}'])(
    'keeps the unquoted %s as written and marks it',
    (value) => {
      const estate = estateOf(annotated(`    k: ${value}\n    l: "${value}"\n`));
      const written = value.startsWith('[') ? '["a"]' : value.startsWith('{') ? '{"a":"b"}' : value;
      expect(estate.ingresses[0]?.annotations).toMatchObject([{ value: written, malformed: true }, { value }]);
      expect(estate.ingresses[0]?.annotations[1]).not.toHaveProperty('malformed');
      expect(findingsOf(estate)).toMatchObject([
        { code: 'read/unquoted-annotation', args: { annotation: 'k', written }, at: { line: 6, column: 5 }, ingress: { name: 'a' } },
      ]);
    },
  );

  it('takes no value for an empty text, as the API server does', () => {
    const estate = estateOf(annotated('    k:\n    l: ~\n'));
    expect(estate.ingresses[0]?.annotations.map(({ value }) => value)).toEqual(['', '']);
    expect(codesOf(estate)).toEqual([]);
  });

  it.each([
    ['[a]', ['read/wrong-type in.yaml:5:3']],
    ['~', []],
    ['{}', []],
  ])('copes with annotations: %s', (value, codes) => {
    const estate = estateOf(ingressText('a', `  annotations: ${value}\n`));
    expect(estate.ingresses[0]?.annotations).toEqual([]);
    expect(codesOf(estate)).toEqual(codes);
  });
});

describe('hosts', () => {
  const withHost = (host: string) =>
    `apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: a}\nspec:\n  rules:\n  - host: '${host}'\n  tls:\n  - hosts: ['${host}']\n`;

  it.each(['a.test', '*.a.test', 'a', '1.a-b.test'])('accepts %s', (host) => {
    expect(onlyIngress(withHost(host)).rules[0]?.host).toBe(host);
    expect(codesOf(estateOf(withHost(host)))).toEqual([]);
  });

  it.each([
    'A.test',
    '*',
    'a.*.test',
    '**.a.test',
    'a_b.test',
    'a.test:80',
    'a.test.',
    'a.test/x',
    '10.0.0.1',
    '-a.test',
    '~^x$',
    `${'a.'.repeat(130)}test`,
  ])('reports %s, which no API server accepts', (host) => {
    expect(onlyIngress(withHost(host)).rules[0]?.host).toBe(host.toLowerCase());
    expect(codesOf(estateOf(withHost(host)))).toEqual(['read/invalid-host in.yaml:6:5', 'read/invalid-host in.yaml:8:13']);
  });

  it.each([
    [`a.\${DOMAIN}`, `\${DOMAIN}`],
    ['$(HOST).test', '$(HOST)'],
    ['$PROW_HOST', '$PROW_HOST'],
    ['__INGRESS_HOST__', '__INGRESS_HOST__'],
    ['prow.<< your-domain.com >>', '<< your-domain.com >>'],
    ['<host>.test', '<host>'],
    ['{{ .Values.host }}', '{{ .Values.host }}'],
    ['%HOST%', '%HOST%'],
    ['@HOST@', '@HOST@'],
  ])('keeps %s as it is, and reports the placeholder', (host, placeholder) => {
    expect(onlyIngress(withHost(host)).rules[0]?.host).toBe(host);
    expect(findingsOf(estateOf(withHost(host)))).toMatchObject([
      { code: 'read/placeholder', args: { field: 'spec.rules[0].host', placeholder }, at: { line: 6, column: 5 } },
      { code: 'read/placeholder', args: { field: 'spec.tls[0].hosts[0]', placeholder }, at: { line: 8, column: 13 } },
    ]);
  });

  it('finds placeholders in the other names too, but not in paths and annotations', () => {
    const text = `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: $NAME
  namespace: \${NS}
  annotations: {x: "$host \${y}"}
spec:
  ingressClassName: __CLASS__
  tls: [{secretName: <cert>}]
  rules: [{http: {paths: [{path: "/a$\${b}", backend: {service: {name: "$SVC"}}}]}}]
`;
    expect(codesOf(estateOf(text))).toEqual([4, 5, 8, 9, 10].map((line) => expect.stringContaining(`read/placeholder in.yaml:${line}:`)));
  });
});
