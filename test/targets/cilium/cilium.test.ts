import { describe, expect, it } from 'vitest';
import type { HTTPRoute } from '../../../src/gateway/types.ts';
import { afterChange, codesOf, converted, nginxIngress, objectsOf } from '../converted.ts';
import { answersEveryIntent } from '../every-intent-for.ts';

answersEveryIntent('cilium');

const OPEN = nginxIngress({}, { name: 'open', path: '/' });

describe('what Cilium has no policy for', () => {
  it.each([
    ['allow-list', { 'whitelist-source-range': '10.0.0.0/8' }],
    ['deny-list', { 'denylist-source-range': '10.0.0.0/8' }],
    ['basic-auth', { 'auth-type': 'basic', 'auth-secret': 'passwords' }],
    ['external-auth', { 'auth-url': 'http://auth.shop.svc.cluster.local/' }],
    ['client-certificate', { 'auth-tls-secret': 'shop/ca' }],
  ] as const)('withholds the route where it protects: %s', (code, annotations) => {
    const conversion = converted('cilium', [
      nginxIngress(annotations, { tls: true }),
      nginxIngress({}, { name: 'open', path: '/', tls: true }),
    ]);
    expect(conversion.plan.withheld.length).toBeGreaterThan(0);
    expect(codesOf(conversion)).toContain(`cilium/${code}/absent`);
    expect(afterChange(conversion, (objects) => objects)).toEqual([]);
  });

  it('is told, and the route written, where it only limits', () => {
    const conversion = converted('cilium', [nginxIngress({ 'limit-rps': '10', 'proxy-body-size': '8m', affinity: 'cookie' }), OPEN]);
    expect(conversion.plan.withheld).toEqual([]);
    expect(codesOf(conversion)).toEqual(
      expect.arrayContaining(['cilium/rate-limit/absent', 'cilium/body-size/absent', 'cilium/session-affinity/absent']),
    );
  });

  it('is as before where Envoy does it by itself', () => {
    const conversion = converted('cilium', [nginxIngress({ 'proxy-body-size': '0', 'proxy-request-buffering': 'off' })]);
    expect(codesOf(conversion).filter((code) => code.startsWith('cilium/'))).toEqual([]);
  });

  it('has no fields of the next version', () => {
    const release = { version: '1.6', channel: 'experimental' } as const;
    const routes = objectsOf(converted('cilium', [nginxIngress({ affinity: 'cookie' })], { release })).filter(
      (object): object is HTTPRoute => object.kind === 'HTTPRoute',
    );
    expect(routes.flatMap(({ spec }) => spec.rules.map(({ sessionPersistence }) => sessionPersistence))).toEqual([undefined]);
  });
});

describe('protocols of backends', () => {
  it('need a value of the Helm chart, and gRPC over HTTPS one that offers HTTP/2 to clients', () => {
    const conversion = converted('cilium', [nginxIngress({ 'backend-protocol': 'GRPC' }, { tls: true })]);
    expect(conversion.ledger.findings.find(({ code }) => code === 'cilium/backend-protocol/app-protocol')?.help).toContain(
      'gatewayAPI.enableAlpn=true',
    );
  });
});
