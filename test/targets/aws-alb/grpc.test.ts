import { describe, expect, it } from 'vitest';
import type { GRPCRoute, OutputObject } from '../../../src/gateway/types.ts';
import { convertManifests } from '../../../src/index.ts';
import { verify } from '../../../src/prove/verify.ts';
import { alb, nginx } from './manifests.ts';

const HTTPS = { 'certificate-arn': 'arn:aws:acm:eu-west-1:111122223333:certificate/a', 'backend-protocol-version': 'GRPC' };
const of = (text: string, target = 'aws-alb') => convertManifests([{ file: 'in.yaml', text }], { target });
const objectsOf = ({ plan }: ReturnType<typeof of>) => plan.objects.map(({ object }) => object);
const isGrpc = (object: OutputObject): object is GRPCRoute => object.kind === 'GRPCRoute';
const kindsOf = (conversion: ReturnType<typeof of>) =>
  objectsOf(conversion)
    .map(({ kind }) => kind)
    .filter((kind) => kind.endsWith('Route'));
const withPaths = (text: string, ...paths: readonly (readonly [path: string, type: string])[]) =>
  text.replace(
    /paths: \[.*\]/,
    `paths: [${paths.map(([path, pathType], index) => JSON.stringify({ path, pathType, backend: { service: { name: `s${index}`, port: { number: 80 } } } })).join(', ')}]`,
  );

describe('a host that speaks gRPC alone', () => {
  const services = withPaths(alb(HTTPS), ['/a.B/C', 'Exact'], ['/a.B', 'Prefix'], ['/', 'Prefix']);

  it('becomes a GRPCRoute with services and methods', () => {
    const [route] = objectsOf(of(services)).filter(isGrpc);
    expect(route?.spec.rules.map(({ matches }) => matches)).toEqual([
      [{ method: { type: 'Exact', service: 'a.B', method: 'C' } }],
      [{ method: { type: 'Exact', service: 'a.B' } }],
      undefined,
    ]);
    expect(route?.spec.parentRefs.map(({ sectionName }) => sectionName)).toEqual(['https']);
  });

  it('serves what it served, and a backend that somebody changes is found', () => {
    const conversion = of(services);
    expect(verify(conversion, objectsOf(conversion)).discrepancies).toEqual([]);
    const edited: readonly OutputObject[] = JSON.parse(JSON.stringify(objectsOf(conversion)).replace('"name":"s1"', '"name":"other"'));
    expect(verify(conversion, edited).discrepancies.map(({ differences }) => differences)).toContainEqual(['wrong-backend']);
  });

  it('of other controllers too, where HTTP leads to HTTPS', () => {
    expect(kindsOf(of(nginx({ 'backend-protocol': 'GRPC' })))).toEqual(['GRPCRoute', 'HTTPRoute']);
  });
});

describe('stays an HTTPRoute', () => {
  it.each([
    ['beside a path that is no service', withPaths(alb(HTTPS), ['/a.B', 'Prefix'], ['/files-x/y', 'Exact'])],
    ['with a pattern for a path', withPaths(alb(HTTPS), ['/a*', 'ImplementationSpecific'])],
    ['of HTTP/1.1', alb({ ...HTTPS, 'backend-protocol-version': 'HTTP1' })],
  ])('%s', (_, text) => {
    expect(kindsOf(of(text))).toEqual(['HTTPRoute']);
  });

  it('for a target that needs none', () => {
    expect(kindsOf(of(nginx({ 'backend-protocol': 'GRPC' }), 'standard'))).not.toContain('GRPCRoute');
  });
});

describe('VPC Lattice', () => {
  it('needs a GRPCRoute, and says where the host is shared', () => {
    expect(kindsOf(of(alb(HTTPS), 'vpc-lattice'))).toEqual(['GRPCRoute']);
    const shared = of(withPaths(alb(HTTPS), ['/a.B', 'Prefix'], ['/files-x/y', 'Exact']), 'vpc-lattice');
    expect(kindsOf(shared)).toEqual(['HTTPRoute']);
    expect(shared.ledger.findings.map(({ code }) => code)).toContain('plan/grpc-route');
  });

  it('does not reach gRPC over HTTP', () => {
    const { ledger } = of(alb({ 'backend-protocol-version': 'GRPC' }), 'vpc-lattice');
    expect(ledger.findings.map(({ code }) => code)).toContain('vpc-lattice/backend-protocol/grpc');
  });
});
