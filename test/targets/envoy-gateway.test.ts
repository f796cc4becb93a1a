import { describe, expect, it } from 'vitest';
import type { OutputObject } from '../../src/gateway/types.ts';
import { convertManifests } from '../../src/index.ts';
import { verify } from '../../src/prove/verify.ts';

const INGRESS = JSON.stringify({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: {
    name: 'web',
    namespace: 'shop',
    annotations: {
      'nginx.ingress.kubernetes.io/whitelist-source-range': '10.0.0.0/8,192.0.2.1',
      'nginx.ingress.kubernetes.io/rewrite-target': '/x/$2/$1',
    },
  },
  spec: {
    ingressClassName: 'nginx',
    rules: [
      {
        host: 'a.test',
        http: {
          paths: [
            { path: '/foo/([a-z]+)/(.*)', pathType: 'ImplementationSpecific', backend: { service: { name: 'web', port: { number: 80 } } } },
          ],
        },
      },
    ],
  },
});

const conversion = convertManifests([{ file: 'in.yaml', text: INGRESS }], { target: 'envoy-gateway' });
const objects = conversion.plan.objects.map(({ object }) => object);
const lost = (edited: readonly OutputObject[]) =>
  verify(conversion, edited).discrepancies.filter(({ differences }) => differences.includes('protection')).length;

describe('Envoy Gateway', () => {
  it('writes address lists and rewrites with captures, and verify reads them back', () => {
    expect(objects.map(({ kind }) => kind)).toEqual(['GatewayClass', 'Gateway', 'HTTPRoute', 'HTTPRouteFilter', 'SecurityPolicy']);
    expect(verify(conversion, objects).discrepancies.filter(({ explained }) => explained === null)).toEqual([]);
    expect(lost(objects)).toBe(0);
  });

  it('is caught without its list, and with a list that admits everybody', () => {
    expect(lost(objects.filter(({ kind }) => kind !== 'SecurityPolicy'))).toBeGreaterThan(0);
    const opened: OutputObject[] = JSON.parse(JSON.stringify(objects).replace('192.0.2.1/32', '0.0.0.0/0'));
    expect(lost(opened)).toBeGreaterThan(0);
  });
});
