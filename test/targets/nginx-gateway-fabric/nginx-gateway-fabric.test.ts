import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkObject } from '../../../src/check/crds.ts';
import type { Gateway } from '../../../src/gateway/types.ts';
import { locationPattern } from '../../../src/targets/nginx-gateway-fabric/location-pattern.ts';
import { nginxSize, nginxTime } from '../../../src/targets/nginx-gateway-fabric/nginx-units.ts';
import { CRDS_PRESENT, publishedCrds } from '../../check/published-crds.ts';
import { afterChange, codesOf, converted, nginxIngress, objectsOf, specOf, withoutExtensions } from '../converted.ts';
import { answersEveryIntent } from '../every-intent-for.ts';

const TARGET = 'nginx-gateway-fabric';

answersEveryIntent(TARGET);

const OPEN = nginxIngress({}, { name: 'open', path: '/' });
const ROUTE = [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', name: 'web-shop-test' }];

describe('protections', () => {
  it('by password is written, read back, and missed when it is taken out', () => {
    const conversion = converted(TARGET, [nginxIngress({ 'auth-type': 'basic', 'auth-secret': 'passwords', 'auth-realm': 'Shop' }), OPEN]);
    expect(specOf(conversion, 'AuthenticationFilter')).toEqual({
      type: 'Basic',
      basic: { realm: 'Shop', secretRef: { name: 'passwords' } },
    });
    expect(afterChange(conversion, (objects) => objects)).toEqual([]);
    expect(afterChange(conversion, withoutExtensions).some(({ differences }) => differences.includes('protection'))).toBe(true);
  });

  it.each([
    ['addresses', { 'whitelist-source-range': '10.0.0.0/8' }],
    ['refused addresses', { 'denylist-source-range': '10.0.0.0/8' }],
    ['another service', { 'auth-url': 'http://auth.shop.svc.cluster.local/' }],
    ['digests', { 'auth-type': 'digest', 'auth-secret': 'passwords' }],
    ['certificates', { 'auth-tls-secret': 'shop/ca' }],
  ] as const)('by %s are withheld', (_, annotations) => {
    const conversion = converted(TARGET, [
      nginxIngress(annotations, { tls: true }),
      nginxIngress({}, { name: 'open', path: '/', tls: true }),
    ]);
    expect(conversion.plan.withheld.length).toBeGreaterThan(0);
    expect(afterChange(conversion, (objects) => objects)).toEqual([]);
  });

  it('of other namespaces have to be copied', () => {
    const conversion = converted(TARGET, [nginxIngress({ 'auth-type': 'basic', 'auth-secret': 'other/passwords' })]);
    expect(specOf(conversion, 'AuthenticationFilter')).toMatchObject({ basic: { secretRef: { name: 'passwords-auth' } } });
    expect(codesOf(conversion)).toContain(`${TARGET}/basic-auth/copy`);
  });
});

describe('directives of nginx', () => {
  it('keep their numbers', () => {
    const conversion = converted(TARGET, [
      nginxIngress({
        'proxy-body-size': '8m',
        'proxy-connect-timeout': '3',
        'proxy-read-timeout': '36000',
        'limit-rps': '10',
        'limit-rpm': '100',
        'proxy-buffering': 'on',
        'proxy-buffer-size': '16k',
        'proxy-buffers-number': '8',
      }),
    ]);
    expect(specOf(conversion, 'ClientSettingsPolicy')).toEqual({ targetRef: ROUTE[0], body: { maxSize: '8m' } });
    const proxy = objectsOf(conversion).filter(({ kind }) => kind === 'ProxySettingsPolicy');
    expect(proxy.map((object) => ('spec' in object ? object.spec : null))).toEqual([
      { targetRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'nginx' }], buffering: { disable: true } },
      {
        targetRefs: ROUTE,
        timeout: { connect: '3s', read: '600m' },
        buffering: { disable: false, bufferSize: '16k', buffers: { number: 8, size: '16k' } },
      },
    ]);
    expect(specOf(conversion, 'RateLimitPolicy')).toEqual({
      targetRefs: ROUTE,
      rateLimit: {
        local: {
          rules: [
            { rate: '10r/s', key: '$binary_remote_addr', burst: 50, noDelay: true, zoneSize: '5m' },
            { rate: '100r/m', key: '$binary_remote_addr', burst: 500, noDelay: true, zoneSize: '5m' },
          ],
        },
        rejectCode: 503,
      },
    });
  });

  it('of one Ingress do not hold for another', () => {
    const conversion = converted(TARGET, [nginxIngress({ 'proxy-body-size': '8m' }), OPEN]);
    expect(specOf(conversion, 'ClientSettingsPolicy')).toMatchObject({ targetRef: { name: 'web-shop-test' } });
  });

  it('hash on what the policy takes', () => {
    const spec = (key: string) => converted(TARGET, [nginxIngress({ 'upstream-hash-by': key })]);
    expect(specOf(spec('$request_uri'), 'UpstreamSettingsPolicy')).toEqual({
      targetRefs: [{ group: '', kind: 'Service', name: 'web' }],
      loadBalancingMethod: 'hash consistent',
      hashMethodKey: '$request_uri',
    });
    expect(codesOf(spec('$host$request_uri'))).toContain(`${TARGET}/hashing/absent`);
  });

  it('stand in the options of the listener', () => {
    const conversion = converted(TARGET, [
      nginxIngress({ 'ssl-ciphers': 'ECDHE-RSA-AES128-GCM-SHA256', 'ssl-prefer-server-ciphers': 'true' }, { tls: true }),
      nginxIngress({}, { name: 'other', host: 'other.test', tls: true }),
    ]);
    const [gateway] = objectsOf(conversion).filter((object): object is Gateway => object.kind === 'Gateway');
    expect(gateway?.spec.listeners.map(({ name, tls }) => [name, tls?.options])).toEqual([
      ['http-other-test', undefined],
      ['https-other-test', undefined],
      ['http-shop-test', undefined],
      ['https-shop-test', { 'nginx.org/ssl-ciphers': 'ECDHE-RSA-AES128-GCM-SHA256', 'nginx.org/ssl-prefer-server-ciphers': 'on' }],
    ]);
  });
});

describe('values', () => {
  it.each([
    [0, '0'],
    [8_388_608, '8m'],
    [1000, '1000'],
    [10_240, '10k'],
    [10_000_000, '9766k'],
    [1024 ** 4, '1024g'],
  ])('%d bytes are %s', (bytes, text) => {
    expect(nginxSize(bytes)?.text).toBe(text);
  });

  it.each([
    [60_000, '60s'],
    [86_400_000, '1440m'],
    [1500, '1500ms'],
    [0, '1ms'],
  ])('%d ms are %s', (ms, text) => {
    expect(nginxTime(ms)?.text).toBe(text);
  });

  it('are never below what was asked for, and have at most four digits', () => {
    const units: Readonly<Record<string, number>> = { '': 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3 };
    void fc.assert(
      fc.property(fc.integer({ min: 1, max: 9999 * 1024 ** 3 }), (bytes) => {
        const size = nginxSize(bytes);
        const [, digits = '', unit = ''] = /^(\d{1,4})([kmg]?)$/.exec(size?.text ?? '') ?? [];
        const written = Number(digits) * (units[unit] ?? 0);
        expect(written).toBeGreaterThanOrEqual(bytes);
        expect(written === bytes).toBe(size?.exact);
      }),
      { seed: 3 },
    );
  });
});

describe('patterns', () => {
  it.each([
    ['/api/v[0-9]+/.*', '/api/v[0-9]+/.*'],
    ['(?i)/api', '/(?i)api$'],
    ['(?i)/api(/|$)(.*)', '/(?i)api(/|$)(.*)$'],
    ['/a\\.*', '/a\\.*$'],
    ['(?:/a|/b)', null],
    ['/a{2}', '/aa$'],
    ['/a b', null],
    ['/?a', null],
  ])('%s is the location %s', (pattern, written) => {
    expect(locationPattern(pattern)).toBe(written);
  });
});

describe.skipIf(!CRDS_PRESENT)('the published CRDs (skipped where ../shared/crds is absent)', () => {
  it('know every kind that is written', () => {
    const conversion = converted(TARGET, [
      nginxIngress({
        'proxy-body-size': '8m',
        'limit-rps': '1',
        'auth-type': 'basic',
        'auth-secret': 's',
        'enable-opentelemetry': 'true',
        'upstream-hash-by': '$uri',
      }),
    ]);
    const own = objectsOf(conversion).filter(({ apiVersion }) => apiVersion.startsWith('gateway.nginx.org/'));
    expect([...new Set(own.map(({ kind }) => kind))].sort()).toEqual([
      'AuthenticationFilter',
      'ClientSettingsPolicy',
      'ObservabilityPolicy',
      'ProxySettingsPolicy',
      'RateLimitPolicy',
      'UpstreamSettingsPolicy',
    ]);
    const crds = publishedCrds(conversion.options.release, TARGET);
    for (const object of own)
      expect(checkObject(crds, JSON.parse(JSON.stringify(object)))).toMatchObject({ kind: 'checked', violations: [] });
  });
});

describe('a policy of a route', () => {
  const LIMITED = nginxIngress({ 'proxy-body-size': '8m' }, { path: '/a' });

  it('is refused where another route has its path, whatever the type', () => {
    const exact = nginxIngress({}, { name: 'exact', path: '/a', pathType: 'Exact' });
    expect(codesOf(converted(TARGET, [LIMITED, exact]))).toContain(`${TARGET}/policies/path-of-two-routes`);
  });

  it('is not where the paths or the hosts differ', () => {
    const beside = [nginxIngress({}, { name: 'b', path: '/b' }), nginxIngress({}, { name: 'c', path: '/a', host: 'c.test' })];
    expect(codesOf(converted(TARGET, [LIMITED, ...beside]))).not.toContain(`${TARGET}/policies/path-of-two-routes`);
  });
});

describe('affinity by a cookie', () => {
  it('goes by the address, which is told', () => {
    const conversion = converted(TARGET, [nginxIngress({ affinity: 'cookie', 'session-cookie-name': 'route' })]);
    expect(specOf(conversion, 'UpstreamSettingsPolicy')).toMatchObject({ loadBalancingMethod: 'ip_hash' });
    expect(codesOf(conversion)).toContain(`${TARGET}/upstreams/instead-of-cookie`);
  });
});

describe('what would cost a whole rule', () => {
  it('is left out of its headers', () => {
    const snippet = ['more_set_headers "X-A: b"', 'more_set_headers \'X-Quoted: a "b"\'', 'more_set_headers "X-Price: 5$"'].join('; ');
    const conversion = converted(TARGET, [nginxIngress({ 'configuration-snippet': `${snippet};` })]);
    const written = JSON.stringify(objectsOf(conversion));
    expect(written).toContain('{"name":"X-A","value":"b"}');
    expect(written).not.toMatch(/X-Quoted|X-Price/);
    expect(codesOf(conversion)).toContain(`${TARGET}/headers/not-taken`);
  });

  it.each(['/a{b}', '/a;b'])('is told of its path %s', (path) => {
    const conversion = converted(TARGET, [nginxIngress({}, { path, pathType: 'Exact' }), nginxIngress({}, { name: 'open', path: '/' })]);
    expect(JSON.stringify(objectsOf(conversion))).not.toContain(path);
    expect(afterChange(conversion, (objects) => objects)).toEqual([]);
  });
});

describe('a policy of TLS that is a name', () => {
  it('is no list of ciphers', () => {
    const text = `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  namespace: shop
  annotations:
    alb.ingress.kubernetes.io/certificate-arn: arn:aws:acm:eu-west-1:111122223333:certificate/a
    alb.ingress.kubernetes.io/ssl-policy: ELBSecurityPolicy-TLS13-1-2-2021-06
spec:
  ingressClassName: alb
  rules: [{host: shop.test, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}}]`;
    const conversion = converted(TARGET, [text]);
    const [finding] = conversion.ledger.findings.filter(({ code }) => code === 'nginx-gateway-fabric/listener/named-policy');
    expect(finding?.args).toEqual({ policy: 'ELBSecurityPolicy-TLS13-1-2-2021-06', protocols: 'TLSv1.2 TLSv1.3' });
    expect(JSON.stringify(objectsOf(conversion))).not.toContain('ssl-ciphers');
  });
});
