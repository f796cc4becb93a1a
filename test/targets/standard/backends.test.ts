import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gatewayDuration } from '../../../src/targets/gateway-duration.ts';
import { EXPERIMENTAL, lower, OLD, partsOf, result, type Statement } from './lowering.ts';

const service = (appProtocol: string) => `
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec:
  ports:
    - {name: secure, port: 8443, appProtocol: "${appProtocol}"}
    - {name: other, port: 80}
`;

describe('the protocol of the backend', () => {
  it('HTTP/2 without TLS needs appProtocol on the Service', () => {
    const lowering = lower({ kind: 'backendProtocol', protocol: 'GRPC' });
    expect(result(lowering)).toBe('written manual standard/backend-protocol/service-needs-h2c');
    expect(lowering.finding?.help).toContain(
      `kubectl patch service web -n shop -p '{"spec":{"ports":[{"port":8443,"appProtocol":"kubernetes.io/h2c"}]}}'`,
    );
    expect(partsOf(lowering).grpc).toBe(true);
  });

  it('is converted where the Service says so already', () => {
    expect(result(lower({ kind: 'backendProtocol', protocol: 'GRPC' }, { services: service('kubernetes.io/h2c') }))).toBe(
      'written converted',
    );
    expect(result(lower({ kind: 'backendProtocol', protocol: 'HTTP2' }, { services: service('http') }))).toBe(
      'written manual standard/backend-protocol/service-needs-h2c',
    );
  });

  it('TLS is never left out: a policy fails closed until it has its authority', () => {
    const lowering = lower({ kind: 'backendProtocol', protocol: 'HTTPS' }, { services: service('https') });
    expect(result(lowering)).toBe('written manual standard/backend-protocol/verified-tls');
    expect(lowering.finding?.security).toBe(true);
    expect(partsOf(lowering).backendTls).toMatchObject([
      {
        metadata: { name: 'web-8443-tls', namespace: 'shop' },
        spec: {
          targetRefs: [{ group: '', kind: 'Service', name: 'web', sectionName: 'secure' }],
          validation: { hostname: 'web.shop.svc', caCertificateRefs: [{ kind: 'ConfigMap', name: 'web-ca' }] },
        },
      },
    ]);
  });

  it('takes authority and name from the settings for verification', () => {
    const beside: Statement = {
      kind: 'backendTls',
      verify: true,
      secret: { namespace: 'shop', name: 'inner' },
      serverName: 'Web.inner.test',
      sni: true,
      protocols: null,
      ciphers: null,
    };
    const lowering = lower({ kind: 'backendProtocol', protocol: 'HTTPS' }, { beside: [beside] });
    expect(partsOf(lowering).backendTls?.[0]?.spec.validation).toMatchObject({
      hostname: 'web.inner.test',
      caCertificateRefs: [{ name: 'inner-ca' }],
    });
    expect(result(lower(beside, { beside: [{ kind: 'backendProtocol', protocol: 'HTTPS' }] }))).toBe(
      'written manual standard/backend-tls/authority',
    );
    expect(result(lower(beside))).toBe('absent inert standard/backend-tls/no-tls');
  });

  it('is converted where the input has a policy for the Service', () => {
    const services = `
apiVersion: gateway.networking.k8s.io/v1
kind: BackendTLSPolicy
metadata: {name: own, namespace: shop}
spec:
  targetRefs: [{group: "", kind: Service, name: web}]
  validation: {hostname: web.test, wellKnownCACertificates: System}
`;
    const lowering = lower({ kind: 'backendProtocol', protocol: 'HTTPS' }, { services });
    expect(result(lowering)).toBe('written converted');
    expect(partsOf(lowering).backendTls).toBeUndefined();
  });

  it.each([
    ['AUTO_HTTP', 'absent manual standard/backend-protocol/auto'],
    ['FCGI', 'absent unmapped standard/backend-protocol/fastcgi'],
    ['HTTP', 'written converted'],
  ] as const)('%s: %s', (protocol, expected) => {
    expect(result(lower({ kind: 'backendProtocol', protocol }))).toBe(expected);
  });
});

describe('authentication', () => {
  const auth = {
    kind: 'externalAuth',
    url: 'http://auth.sso.svc.cluster.local:4180/verify',
    method: null,
    signInUrl: null,
    signInReturnParam: 'rd',
    responseHeaders: [],
    requestHeaders: [],
    cache: null,
  } as const satisfies Statement;

  it('by a request to another server is handed out as a step, never written', () => {
    expect(result(lower(auth))).toBe('absent unmapped standard/external-auth/no-field');
    const lowering = lower(auth, { release: EXPERIMENTAL });
    expect(result(lowering)).toBe('absent manual standard/external-auth/path-is-appended');
    expect(lowering.finding?.args).toMatchObject({ service: 'auth', port: 4180, path: '/verify' });
  });

  it.each([
    [{ url: 'https://auth.test/verify' }],
    [{ url: 'http://auth.shop.svc/$request_uri' }],
    [{ signInUrl: 'https://auth.test/start' }],
    [{ method: 'POST' }],
    [{ requestHeaders: [{ name: 'X-A', value: 'a' }] }],
  ])('has no portable form at all: %j', (change) => {
    expect(result(lower({ ...auth, ...change }, { release: EXPERIMENTAL }))).toBe('absent unmapped standard/external-auth/no-field');
  });

  it.each([
    ['required', 'absent manual standard/client-certificate/per-port', 'AllowValidOnly'],
    ['optional', 'absent manual standard/client-certificate/per-port', 'AllowInsecureFallback'],
    ['optional-any-ca', 'absent unmapped standard/client-certificate/any-authority', ''],
    ['off', 'absent inert standard/client-certificate/off', ''],
  ] as const)('by client certificate %s: %s', (verify, expected, mode) => {
    const statement: Statement = {
      kind: 'clientCertificate',
      secret: { namespace: 'shop', name: 'ca' },
      verify,
      depth: 1,
      errorPage: null,
      passToBackend: false,
      matchCommonName: null,
    };
    const lowering = lower(statement);
    expect(result(lowering)).toBe(expected);
    expect(lowering.finding?.help ?? '').toContain(mode);
    if (mode !== '') expect(result(lower(statement, { release: OLD }))).toBe('absent unmapped standard/client-certificate/no-field');
  });
});

describe('timeouts', () => {
  it('bound whole requests only', () => {
    expect(partsOf(lower({ kind: 'requestTimeout', ms: 90_000 }))).toEqual({ timeouts: { request: '90s' } });
    expect(partsOf(lower({ kind: 'requestTimeout', ms: 0 }))).toEqual({ timeouts: { request: '0s' } });
    expect(result(lower({ kind: 'idleTimeout', direction: 'read', ms: 60_000 }))).toBe('absent unmapped standard/idle-timeout/no-field');
    expect(result(lower({ kind: 'requestTimeout', ms: 1e15 }))).toBe('absent unmapped standard/request-timeout/out-of-range');
  });

  it('are durations of the same length', () => {
    const units: Readonly<Record<string, number>> = { h: 3_600_000, m: 60_000, s: 1000, ms: 1 };
    void fc.assert(
      fc.property(fc.oneof(fc.nat(), fc.integer({ min: 0, max: 99_999 * 3_600_000 })), (ms) => {
        const duration = gatewayDuration(ms);
        expect(duration).toMatch(/^([0-9]{1,5}(h|m|s|ms)){1,4}$/);
        const sum = [...(duration ?? '').matchAll(/(\d+)(ms|h|m|s)/g)].reduce(
          (total, [, count, unit]) => total + Number(count) * (units[unit ?? ''] ?? Number.NaN),
          0,
        );
        expect(sum).toBe(ms);
      }),
    );
    expect([gatewayDuration(-1), gatewayDuration(1.5), gatewayDuration(100_000 * 3_600_000)]).toEqual([null, null, null]);
  });
});
