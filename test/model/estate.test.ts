import { describe, expect, it } from 'vitest';
import { codesOf, estateOf, findingsOf, ingressText } from '../read/estate-of.ts';

describe('names and namespaces', () => {
  it('says once which namespace was assumed, and for how many objects', () => {
    const estate = estateOf(
      { 'b.yaml': ingressText('b'), 'a.yaml': `${ingressText('a', '  namespace: x\n')}---\n${ingressText('c')}` },
      'team',
    );
    expect(estate.ingresses.map(({ ref }) => `${ref.namespace}/${ref.name}`)).toEqual(['team/b', 'team/c', 'x/a']);
    expect(estate.findings).toMatchObject([{ code: 'read/no-namespace', args: { count: 2, namespace: 'team' }, at: null }]);
  });

  it('asks for no namespace where there can be none', () => {
    const estate = estateOf(
      [
        'kind: Namespace\napiVersion: v1\nmetadata: {name: a, labels: {team: x}}\n',
        'kind: IngressClass\napiVersion: networking.k8s.io/v1\nmetadata: {name: nginx}\nspec: {controller: k8s.io/ingress-nginx}\n',
        'kind: IngressClassParams\napiVersion: elbv2.k8s.aws/v1beta1\nmetadata: {name: alb}\nspec: {scheme: internal}\n',
        'kind: Ingress\napiVersion: config.openshift.io/v1\nmetadata: {name: cluster}\n',
      ].join('---\n'),
    );
    expect(estate.findings.map(({ code }) => code)).toEqual(['read/foreign-ingress']);
    expect(estate.namespaces).toMatchObject([{ ref: { name: 'a', namespace: '' }, labels: { team: 'x' } }]);
  });

  it.each([
    ['metadata: {}', ''],
    ['spec: {}', ''],
    ['metadata: {name: ""}', ''],
    ['metadata: {generateName: shop-}', 'shop-'],
  ])('reports an Ingress without a name: %s', (metadata, generateName) => {
    const estate = estateOf(`apiVersion: networking.k8s.io/v1\nkind: Ingress\n${metadata}\n---\n${ingressText('a')}`);
    expect(estate.ingresses.map(({ ref }) => ref.name)).toEqual(['a']);
    expect(findingsOf(estate)).toMatchObject([
      { code: 'read/no-name', args: { kind: 'Ingress', generateName }, at: { line: 1, column: 1 } },
    ]);
  });

  it('takes a name that is a number as it is written', () => {
    const estate = estateOf(ingressText('0123'));
    expect(estate.ingresses[0]?.ref.name).toBe('0123');
    expect(codesOf(estate)).toEqual(['read/wrong-type in.yaml:4:3', 'read/wrong-type in.yaml:8:7']);
  });
});

describe('kinds', () => {
  it.each(['v1', 'networking.k8s.io/v2', 'extensions/v1'])('reports an Ingress of %s, which does not exist', (apiVersion) => {
    const estate = estateOf(ingressText('a').replace('networking.k8s.io/v1', apiVersion));
    expect(estate).toMatchObject({ ingresses: [], foreign: [] });
    expect(estate.findings).toMatchObject([{ code: 'read/unknown-api-version', args: { apiVersion }, at: { line: 1 } }]);
  });

  it('reports an Ingress without an apiVersion', () => {
    expect(codesOf(estateOf('kind: Ingress\nmetadata: {name: a}\n'))).toEqual(['read/unknown-api-version in.yaml:1:1']);
  });

  it.each(['config.openshift.io/v1', 'networking.internal.knative.dev/v1alpha1'])('leaves the Ingress of %s alone', (apiVersion) => {
    const estate = estateOf(`apiVersion: ${apiVersion}\nkind: Ingress\nmetadata: {name: a, namespace: b}\n`);
    expect(estate.ingresses).toEqual([]);
    expect(estate.foreign).toMatchObject([{ ref: { kind: 'Ingress', namespace: 'b', name: 'a' }, apiVersion, at: { line: 1 } }]);
    expect(estate.findings).toMatchObject([{ code: 'read/foreign-ingress', level: 'note' }]);
  });

  it('counts other kinds, and kinds of the same name in other groups', () => {
    const kinds = [
      'kind: Deployment\napiVersion: apps/v1\n',
      'kind: Service\napiVersion: serving.knative.dev/v1\nmetadata: {name: a}\n',
      'a: b\n',
    ];
    const estate = estateOf(kinds.join('---\n'));
    expect(estate).toMatchObject({ files: 1, documents: 3, services: [], findings: [] });
  });

  it('keeps every kind of the groups that packs need, with its settings', () => {
    const text = `apiVersion: cloud.google.com/v1
kind: BackendConfig
metadata: {name: b, namespace: ns, annotations: {note: "1"}}
spec:
  timeoutSec: 40
  cdn: {enabled: true, signedUrlKeys: []}
`;
    const [config] = estateOf(text).others;
    expect(config).toMatchObject({ apiVersion: 'cloud.google.com/v1', ref: { kind: 'BackendConfig', namespace: 'ns', name: 'b' } });
    expect(config?.entries.map(({ key, value, at, ingress }) => [key, value, at.line, ingress])).toEqual([
      ['BackendConfig ns/b note', '1', 3, null],
      ['BackendConfig ns/b spec.timeoutSec', '40', 5, null],
      ['BackendConfig ns/b spec.cdn.enabled', 'true', 6, null],
      ['BackendConfig ns/b spec.cdn.signedUrlKeys', '[]', 6, null],
    ]);
    for (const group of ['networking.gke.io/v1', 'elbv2.k8s.aws/v1beta1', 'eks.amazonaws.com/v1', 'gateway.networking.k8s.io/v1']) {
      expect(estateOf(`apiVersion: ${group}\nkind: Any\nmetadata: {name: a}\n`).others).toHaveLength(1);
    }
  });

  it('reads Services', () => {
    const text = `apiVersion: v1
kind: Service
metadata: {name: s, namespace: ns, labels: {a: b}, annotations: {x: "1"}}
spec:
  ports:
  - {name: http, port: 80, targetPort: web, appProtocol: kubernetes.io/ws}
  - {port: 53, targetPort: 5353, protocol: UDP}
  - {port: "8080"}
---
apiVersion: v1
kind: Service
metadata: {name: e, namespace: ns}
spec: {type: ExternalName, externalName: example.com}
`;
    const estate = estateOf(text);
    expect(estate.serviceByName.get('ns/s')).toMatchObject({
      type: 'ClusterIP',
      externalName: null,
      ports: [
        { name: 'http', port: 80, targetPort: 'web', protocol: 'TCP', appProtocol: 'kubernetes.io/ws' },
        { name: null, port: 53, targetPort: 5353, protocol: 'UDP', appProtocol: null },
      ],
      annotations: [{ key: 'Service ns/s x', value: '1', ingress: null }],
    });
    expect(estate.serviceByName.get('ns/e')).toMatchObject({ type: 'ExternalName', externalName: 'example.com', ports: [] });
    expect(codesOf(estate)).toEqual(['read/wrong-type in.yaml:8:6']);
  });

  it('reads ingress classes', () => {
    const text = (value: string) =>
      `apiVersion: networking.k8s.io/v1\nkind: IngressClass\nmetadata: {name: c, annotations: {ingressclass.kubernetes.io/is-default-class: ${value}}}\nspec: {controller: k8s.io/ingress-nginx, parameters: {kind: P, name: q}}\n`;
    expect(estateOf(text('"true"')).classes).toMatchObject([
      { controller: 'k8s.io/ingress-nginx', isDefault: true, parameters: { kind: 'P' }, ref: { namespace: '', name: 'c' } },
    ]);
    expect(estateOf(text('"True"')).classes[0]?.isDefault).toBe(false);
    expect(estateOf(text('"true"')).classes[0]?.annotations[0]?.key).toBe('IngressClass c ingressclass.kubernetes.io/is-default-class');
  });

  it('reads ConfigMaps, one entry for each key', () => {
    const text = `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c, namespace: ns}\ndata:\n  proxy-body-size: 8m\n  nginx.conf: ""\n  use-http2: true\n`;
    const estate = estateOf(text);
    expect(estate.configMaps[0]?.data.map(({ key, value, at, malformed }) => [key, value, at.line, malformed ?? false])).toEqual([
      ['ConfigMap ns/c data.proxy-body-size', '8m', 5, false],
      ['ConfigMap ns/c data.nginx.conf', '', 6, false],
      ['ConfigMap ns/c data.use-http2', 'true', 7, true],
    ]);
    expect(codesOf(estate)).toEqual(['read/unquoted-value in.yaml:7:3']);
  });
});

describe('order', () => {
  const files = {
    'b.yaml': `${ingressText('same')}---\n${ingressText('other')}`,
    'a.yaml': ingressText('same'),
    'c.yaml': ingressText('same').replace('80', '81'),
    'd.yaml': 'kind: Service\napiVersion: v1\nmetadata: {name: s}\nspec: {type: NodePort}\n',
    'e.yaml': 'kind: Service\napiVersion: v1\nmetadata: {name: s}\n',
  };

  it('does not depend on the order of files', () => {
    const reversed = Object.fromEntries(Object.entries(files).reverse());
    expect(estateOf(reversed)).toEqual(estateOf(files));
  });

  it('keeps both of two Ingresses of one name, and says which differ', () => {
    const estate = estateOf(files);
    expect(estate.ingresses.map(({ ref }) => `${ref.name} ${ref.at.file}`)).toEqual([
      'other b.yaml',
      'same a.yaml',
      'same b.yaml',
      'same c.yaml',
    ]);
    expect(findingsOf(estate)).toMatchObject([
      { code: 'read/duplicate-ingress-identical', level: 'note', at: { file: 'b.yaml' }, args: { other: 'a.yaml:1' } },
      { code: 'read/duplicate-ingress', level: 'warning', at: { file: 'c.yaml' }, args: { other: 'a.yaml:1' } },
    ]);
  });

  it('compares settings, whatever the order in which they are written', () => {
    const text = (annotations: string) => ingressText('a', `  annotations: {${annotations}}\n`);
    const codes = (first: string, second: string) => codesOf(estateOf({ 'a.yaml': text(first), 'b.yaml': text(second) }));
    expect(codes('one: "1", two: "2"', 'two: "2", one: "1"')).toEqual(['read/duplicate-ingress-identical b.yaml:1:1']);
    expect(codes('one: "1", two: "2"', 'two: "1", one: "2"')).toEqual(['read/duplicate-ingress b.yaml:1:1']);
  });

  it('looks up the first of two Services of one name', () => {
    expect(estateOf(files).serviceByName.get('default/s')?.type).toBe('NodePort');
  });
});
