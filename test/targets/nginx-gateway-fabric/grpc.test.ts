import { describe, expect, it } from 'vitest';
import type { GRPCRoute, OutputObject } from '../../../src/gateway/types.ts';
import { verify } from '../../../src/prove/verify.ts';
import { PORTABLE } from '../../../src/targets/effects.ts';
import { converted, nginxIngress, objectsOf } from '../converted.ts';

const TARGET = 'nginx-gateway-fabric';
const GRPC = { 'backend-protocol': 'GRPC' };
const AT_ROOT = { path: '/', tls: true } as const;
const CALL = { path: '/a.B/C', pathType: 'Exact', tls: true } as const;

const ngf = (...documents: readonly string[]) => converted(TARGET, documents);
const routes = (conversion: ReturnType<typeof ngf>) => objectsOf(conversion).filter(({ kind }) => kind.endsWith('Route'));
const isGrpc = (object: OutputObject): object is GRPCRoute => object.kind === 'GRPCRoute';
const grpcRoutes = (conversion: ReturnType<typeof ngf>) => objectsOf(conversion).filter(isGrpc);
const outcomeOf = ({ ledger }: ReturnType<typeof ngf>, name: string) => {
  const found = ledger.entries.find(({ entry }) => entry.name.endsWith(`/${name}`));
  return [found?.outcome, found?.finding?.code ?? null];
};
const unexplained = (conversion: ReturnType<typeof ngf>) =>
  verify(conversion, objectsOf(conversion)).discrepancies.filter(({ explained }) => explained === null);

describe('a host of gRPC', () => {
  it('is a GRPCRoute for everything, and no Service is changed', () => {
    const conversion = ngf(nginxIngress(GRPC, AT_ROOT));
    expect(grpcRoutes(conversion).map(({ spec }) => spec.rules)).toEqual([[{ backendRefs: [{ name: 'web', port: 80 }] }]]);
    expect(outcomeOf(conversion, 'backend-protocol')).toEqual(['converted', null]);
    expect(unexplained(conversion)).toEqual([]);
  });

  it('over HTTP as well, where the controller serves it there', () => {
    const [route] = grpcRoutes(ngf(nginxIngress(GRPC, { path: '/' })));
    expect(route?.spec.parentRefs.map(({ sectionName }) => sectionName)).toEqual(['http-shop-test']);
  });

  it('takes single methods, and headers of any', () => {
    const conversion = ngf(
      nginxIngress(GRPC, CALL),
      nginxIngress({ ...GRPC, canary: 'true', 'canary-by-header': 'x-next' }, { ...CALL, name: 'next', service: 'next' }),
    );
    expect(grpcRoutes(conversion)[0]?.spec.rules[0]?.matches).toEqual([
      { method: { type: 'Exact', service: 'a.B', method: 'C' }, headers: [{ name: 'x-next', value: 'always' }] },
    ]);
    const atRoot = ngf(
      nginxIngress(GRPC, AT_ROOT),
      nginxIngress({ ...GRPC, canary: 'true', 'canary-by-header': 'x-next' }, { ...AT_ROOT, name: 'next', service: 'next' }),
    );
    expect(grpcRoutes(atRoot)[0]?.spec.rules[0]?.matches).toEqual([{ headers: [{ name: 'x-next', value: 'always' }] }]);
    expect([...unexplained(conversion), ...unexplained(atRoot)]).toEqual([]);
  });

  it.each([
    ['a service without a method', { path: '/a.B' }, {}, /all methods of a\.B/],
    ['a path that is no call', { path: '/files-x/y' }, {}, /no service and no method/],
    ['a rewrite', { path: '/x/(.*)', pathType: 'ImplementationSpecific' }, { 'rewrite-target': '/$1' }, /URLRewrite/],
  ])('stays an HTTPRoute for %s, and says why', (_, where, more, why) => {
    const conversion = ngf(nginxIngress({ ...GRPC, ...more }, { tls: true, ...where }));
    expect(grpcRoutes(conversion)).toEqual([]);
    expect(outcomeOf(conversion, 'backend-protocol')).toEqual(['manual', 'plan/grpc-route']);
    expect(conversion.ledger.findings.find(({ code }) => code === 'plan/grpc-route')?.message).toMatch(why);
  });
});

describe('beside HTTP', () => {
  const mixed = [nginxIngress(GRPC, { ...CALL, name: 'calls', service: 'calls' }), nginxIngress({}, AT_ROOT)];

  it('each path is of one kind', () => {
    const conversion = ngf(...mixed);
    expect(routes(conversion).map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual([
      'GRPCRoute calls-shop-test',
      'HTTPRoute calls-shop-test-http',
      'HTTPRoute web-shop-test',
      'HTTPRoute web-shop-test-http',
    ]);
    expect(conversion.ledger.findings.map(({ code }) => code)).toContain('plan/grpc-beside-http');
    expect(unexplained(conversion)).toEqual([]);
  });

  it('is what this implementation alone is known to serve', () => {
    const conversion = ngf(...mixed);
    const elsewhere = { ...conversion, implementation: PORTABLE };
    expect(verify(elsewhere, objectsOf(conversion)).discrepancies.map(({ differences }) => differences)).toContainEqual(['narrower']);
  });

  it('of one Ingress stands in two routes', () => {
    const text = nginxIngress(GRPC, CALL).replace(
      'paths:\n',
      'paths:\n          - {path: /a.B, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}\n',
    );
    expect(routes(ngf(text)).map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual([
      'GRPCRoute web-shop-test-grpc',
      'HTTPRoute web-shop-test',
      'HTTPRoute web-shop-test-http',
    ]);
  });
});

describe('settings of a rule that speaks gRPC', () => {
  it('hold for its GRPCRoute', () => {
    const conversion = ngf(
      nginxIngress({ ...GRPC, 'proxy-body-size': '4m', 'limit-rps': '5', 'auth-type': 'basic', 'auth-secret': 'people' }, AT_ROOT),
    );
    const named = objectsOf(conversion).filter(({ kind }) => ['ClientSettingsPolicy', 'RateLimitPolicy'].includes(kind));
    expect(named.map((object) => JSON.stringify(object))).toEqual([
      expect.stringContaining('"kind":"GRPCRoute","name":"web-shop-test"'),
      expect.stringContaining('"kind":"GRPCRoute","name":"web-shop-test"'),
    ]);
    expect(grpcRoutes(conversion)[0]?.spec.rules[0]?.filters?.map(({ type }) => type)).toEqual(['ExtensionRef']);
    expect(unexplained(conversion)).toEqual([]);
  });

  it.each([
    ['proxy-read-timeout', '3600', 'unmapped', 'nginx-gateway-fabric/idle-timeout/absent'],
    ['proxy-read-timeout', '60', 'inert', 'nginx/value/default'],
    ['proxy-buffering', 'on', 'inert', 'nginx-gateway-fabric/messages/grpc-unbuffered'],
    ['enable-cors', 'true', 'unmapped', 'nginx-gateway-fabric/cors/absent'],
    ['upstream-vhost', 'calls.internal', 'unmapped', 'nginx-gateway-fabric/upstream-host/absent'],
  ])('%s: %s is %s', (name, value, outcome, code) => {
    const conversion = ngf(nginxIngress({ ...GRPC, [name]: value }, AT_ROOT));
    expect(outcomeOf(conversion, name)).toEqual([outcome, code]);
    expect(grpcRoutes(conversion)).toHaveLength(1);
  });
});
