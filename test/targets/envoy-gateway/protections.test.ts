import { describe, expect, it } from 'vitest';
import type { OutputObject } from '../../../src/gateway/types.ts';
import { convertManifests } from '../../../src/index.ts';
import { verify } from '../../../src/prove/verify.ts';

const PREFIX = 'nginx.ingress.kubernetes.io';

function ingress(annotations: Readonly<Record<string, string>>): string {
  return `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  namespace: shop
  annotations: ${JSON.stringify(Object.fromEntries(Object.entries(annotations).map(([name, value]) => [`${PREFIX}/${name}`, value])))}
spec:
  ingressClassName: nginx
  tls: [{ hosts: [a.example.com], secretName: tls }]
  rules:
    - host: a.example.com
      http:
        paths: [{ path: /, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }]
`;
}

const convert = (annotations: Readonly<Record<string, string>>) =>
  convertManifests([{ file: 'in.yaml', text: ingress(annotations) }], { target: 'envoy-gateway' });

/** Differences that nobody announced, of the objects as somebody changed them. */
function differences(annotations: Readonly<Record<string, string>>, change: (objects: readonly OutputObject[]) => readonly OutputObject[]) {
  const conversion = convert(annotations);
  const objects = change(conversion.plan.objects.map(({ object }) => object));
  const open = verify(conversion, objects).discrepancies.filter(({ explained }) => explained === null);
  return [...new Set(open.flatMap((item) => item.differences))];
}

const basic = { 'auth-type': 'basic', 'auth-secret': 'pw' };
const asked = { 'auth-url': 'http://auth.security.svc.cluster.local/verify' };
const allowed = { 'whitelist-source-range': '10.0.0.0/8' };
const denied = { 'denylist-source-range': '10.1.0.0/16' };
const certificate = { 'auth-tls-secret': 'shop/ca' };

describe('protections in policies of Envoy Gateway', () => {
  it.each([
    ['basic authentication', basic, 'SecurityPolicy'],
    ['external authentication', asked, 'SecurityPolicy'],
    ['an allow list', allowed, 'SecurityPolicy'],
    ['a deny list', denied, 'SecurityPolicy'],
    ['client certificates', certificate, 'ClientTrafficPolicy'],
  ])('%s: there, and missed without its policy', (_, annotations, kind) => {
    expect(differences(annotations, (objects) => objects)).toEqual([]);
    expect(differences(annotations, (objects) => objects.filter((object) => object.kind !== kind))).toEqual(['protection']);
  });

  it.each([
    ['a server that may fail', asked, '"failOpen":false', '"failOpen":true'],
    ['a list that admits who is not on it', allowed, '"defaultAction":"Deny"', '"defaultAction":"Allow"'],
    ['a list with everybody on it', allowed, '"10.0.0.0/8"', '"0.0.0.0/0"'],
    ['a certificate that is only asked for', certificate, '"RequireAndVerify"', '"Request"'],
    ['a policy for another route', basic, '"kind":"HTTPRoute","name":"web-a-example-com"}', '"kind":"HTTPRoute","name":"other"}'],
    ['a policy for another listener', certificate, '"sectionName":"https-a-example-com"}]', '"sectionName":"https-b"}]'],
    [
      'a policy in another namespace',
      basic,
      '"SecurityPolicy","metadata":{"name":"web-a-example-com","namespace":"shop"}',
      '"SecurityPolicy","metadata":{"name":"web-a-example-com","namespace":"blog"}',
    ],
  ])('%s is none', (_, annotations, written, changed) => {
    const edited = (objects: readonly OutputObject[]): readonly OutputObject[] => {
      const text = JSON.stringify(objects);
      expect(text).toContain(written);
      return JSON.parse(text.replace(written, changed));
    };
    expect(differences(annotations, edited)).toEqual(['protection']);
  });

  it('of a Gateway hold for its routes, unless one has a policy of its own', () => {
    const onGateway = (objects: readonly OutputObject[]): readonly OutputObject[] =>
      JSON.parse(JSON.stringify(objects).replace('"kind":"HTTPRoute","name":"web-a-example-com"}', '"kind":"Gateway","name":"nginx"}'));
    expect(differences(basic, onGateway)).toEqual([]);
    const another = (spec: object): OutputObject => ({
      apiVersion: 'gateway.envoyproxy.io/v1alpha1',
      kind: 'SecurityPolicy',
      metadata: { name: 'own', namespace: 'shop' },
      spec: { targetRefs: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', name: 'web-a-example-com' }], ...spec },
    });
    expect(differences(basic, (objects) => [...onGateway(objects), another({ cors: {} })])).toEqual(['protection']);
    expect(differences(basic, (objects) => [...onGateway(objects), another({ cors: {}, mergeType: 'StrategicMerge' })])).toEqual([]);
    // Of two policies for one route the older counts, and nobody knows which that is.
    expect(differences(basic, (objects) => [...objects, another({ cors: {} })])).toEqual(['protection']);
  });

  it('hold for the paths of their Ingress alone', () => {
    const text = [
      ingress(basic),
      ingress({}).replace('name: web\n', 'name: open\n').replace('path: /,', 'path: /open,').replace('name: web,', 'name: open,'),
    ].join('---');
    const conversion = convertManifests([{ file: 'in.yaml', text }], { target: 'envoy-gateway' });
    const objects = conversion.plan.objects.map(({ object }) => object);
    const targets = objects.flatMap((object) => (object.kind === 'SecurityPolicy' ? [JSON.stringify(object)] : []));
    expect(targets).toHaveLength(1);
    expect(targets[0]).toContain('"name":"web-a-example-com"}');
    expect(targets[0]).not.toContain('open');
    expect(verify(conversion, objects).discrepancies.filter(({ explained }) => explained === null)).toEqual([]);
  });
});
