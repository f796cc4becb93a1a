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

/** Differences that nobody announced, of the objects as somebody changed them. */
function differences(annotations: Readonly<Record<string, string>>, change: (objects: readonly OutputObject[]) => readonly OutputObject[]) {
  const conversion = convertManifests([{ file: 'in.yaml', text: ingress(annotations) }], { target: 'kgateway' });
  const objects = change(conversion.plan.objects.map(({ object }) => object));
  const open = verify(conversion, objects).discrepancies.filter(({ explained }) => explained === null);
  return [...new Set(open.flatMap((item) => item.differences))];
}

const basic = { 'auth-type': 'basic', 'auth-secret': 'pw' };
const allowed = { 'whitelist-source-range': '10.0.0.0/8' };
const denied = { 'denylist-source-range': '10.1.0.0/16' };
const certificate = { 'auth-tls-secret': 'shop/ca' };

describe('protections in policies of kgateway', () => {
  it.each([
    ['basic authentication', basic, 'TrafficPolicy'],
    ['an allow list', allowed, 'TrafficPolicy'],
    ['a deny list', denied, 'TrafficPolicy'],
    ['client certificates', certificate, 'ListenerPolicy'],
  ])('%s: there, and missed without its policy', (_, annotations, kind) => {
    expect(differences(annotations, (objects) => objects)).toEqual([]);
    expect(differences(annotations, (objects) => objects.filter((object) => object.kind !== kind))).toEqual(['protection']);
  });

  it.each([
    ['a list that admits who is not on it', allowed, '"defaultAction":"deny"', '"defaultAction":"allow"'],
    ['a list with everybody on it', allowed, '"10.0.0.0/8"', '"0.0.0.0/0"'],
    ['a check that is switched off', basic, '"secretRef":{', '"disable":{},"secretRef":{'],
    ['a policy for another route', basic, '"kind":"HTTPRoute","name":"web-a-example-com"}', '"kind":"HTTPRoute","name":"other"}'],
    [
      'a policy for another listener',
      certificate,
      '"sectionName":"https-a-example-com"}],"default"',
      '"sectionName":"https-b"}],"default"',
    ],
  ])('%s is none', (_, annotations, written, changed) => {
    const edited = (objects: readonly OutputObject[]): readonly OutputObject[] => {
      const text = JSON.stringify(objects);
      expect(text).toContain(written);
      return JSON.parse(text.replace(written, changed));
    };
    expect(differences(annotations, edited)).toEqual(['protection']);
  });

  it('of a Gateway hold beside those of a route, field by field', () => {
    const onGateway = (objects: readonly OutputObject[]): readonly OutputObject[] =>
      JSON.parse(JSON.stringify(objects).replace('"kind":"HTTPRoute","name":"web-a-example-com"}', '"kind":"Gateway","name":"nginx"}'));
    const another = (spec: object): OutputObject => ({
      apiVersion: 'gateway.kgateway.dev/v1alpha1',
      kind: 'TrafficPolicy',
      metadata: { name: 'own', namespace: 'shop' },
      spec: { targetRefs: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', name: 'web-a-example-com' }], ...spec },
    });
    expect(differences(basic, onGateway)).toEqual([]);
    expect(differences(basic, (objects) => [...onGateway(objects), another({ buffer: { maxRequestSize: '1Mi' } })])).toEqual([]);
    expect(differences(basic, (objects) => [...onGateway(objects), another({ basicAuth: { disable: {} } })])).toEqual(['protection']);
  });

  it('may be named by a filter of the rule', () => {
    const byFilter = (objects: readonly OutputObject[]): readonly OutputObject[] =>
      JSON.parse(
        JSON.stringify(objects)
          .replace('"kind":"HTTPRoute","name":"web-a-example-com"}', '"kind":"HTTPRoute","name":"nobody"}')
          .replace(
            '"backendRefs":',
            '"filters":[{"type":"ExtensionRef","extensionRef":{"group":"gateway.kgateway.dev","kind":"TrafficPolicy","name":"web-a-example-com"}}],"backendRefs":',
          ),
      );
    expect(differences(basic, byFilter)).toEqual([]);
  });
});
