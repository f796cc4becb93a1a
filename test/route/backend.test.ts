import { describe, expect, it } from 'vitest';
import { resolvePort } from '../../src/route/backend.ts';
import { estateOf } from '../read/estate-of.ts';

const estate = estateOf(`
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec:
  ports:
    - {name: http, port: 80, targetPort: 8080}
    - {name: dns, port: 53, protocol: UDP, targetPort: grpc}
    - {name: admin, port: 9000, targetPort: admin-port}
---
apiVersion: v1
kind: Service
metadata: {name: away, namespace: shop}
spec: {type: ExternalName, externalName: www.example.com}
`);

describe('the port of a backend', () => {
  it.each([
    ['web', 80, false, 80, null, 'port'],
    ['web', 'http', false, 80, null, 'name'],
    ['web', 'admin', false, 9000, null, 'name'],
    ['web', 8080, false, null, 'no-such-port', null],
    ['web', 8080, true, 80, null, 'target-port'],
    ['web', 'admin-port', true, 9000, null, 'target-port'],
    ['web', 'admin-port', false, null, 'no-such-port', null],
    ['web', null, true, null, 'no-such-port', null],
    ['away', 443, false, 443, 'external-name', null],
    ['away', 'https', false, null, 'external-name', null],
    ['missing', 80, false, 80, null, null],
    ['missing', 'http', false, 80, 'assumed-port', null],
    ['missing', 'https', false, 443, 'assumed-port', null],
    ['missing', 'web', false, null, 'service-not-in-input', null],
    ['missing', null, false, null, 'service-not-in-input', null],
  ])('%s %s (targetPorts %s) is %s, %s', (service, port, targetPorts, number, problem, foundAs) => {
    expect(resolvePort({ namespace: 'shop', service, port }, estate, { targetPorts })).toEqual({ port: number, problem, foundAs });
  });
});
