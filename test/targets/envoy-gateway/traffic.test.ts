import { describe, expect, it } from 'vitest';
import { envoyGateway as target } from '../../../src/targets/envoy-gateway/envoy-gateway.ts';
import { plannedIntent, specOf } from '../envoy/planned-intent.ts';
import { result, type Statement } from '../standard/lowering.ts';

/** Of the policy for the route, without what it is attached to. */
function traffic(statement: Statement, setting: Parameters<typeof plannedIntent>[2] = {}): unknown {
  const spec = specOf(plannedIntent(target, statement, setting).objects, 'BackendTrafficPolicy');
  const { targetRefs, ...rest } = (spec ?? {}) as { readonly targetRefs?: unknown };
  return targetRefs === undefined ? undefined : rest;
}

const outcome = (statement: Statement, setting: Parameters<typeof plannedIntent>[2] = {}) =>
  result(plannedIntent(target, statement, setting).lowering);

describe('times', () => {
  it('has no limit of 15 s for a whole request unless one is asked for', () => {
    const route = (statement: Statement) =>
      JSON.stringify(specOf(plannedIntent(target, statement, { redirect: null }).objects, 'HTTPRoute'));
    expect(route({ kind: 'hsts', maxAgeSeconds: 1, includeSubDomains: false, preload: false })).toContain('"timeouts":{"request":"0s"}');
    expect(route({ kind: 'requestTimeout', ms: 30_000 })).toContain('"timeouts":{"request":"30s"}');
  });

  it('waits for the longer of two silences', () => {
    const [read, send] = [
      { kind: 'idleTimeout', direction: 'read', ms: 120_000 },
      { kind: 'idleTimeout', direction: 'send', ms: 30_000 },
    ] as const satisfies readonly Statement[];
    expect(traffic(send, { beside: [read] })).toEqual({ timeout: { http: { streamIdleTimeout: '120s' } } });
    expect(outcome(read)).toBe('written approximated envoy-gateway/idle-timeout/both-ways');
  });

  it('takes the time to connect as it is', () => {
    expect(traffic({ kind: 'connectTimeout', ms: 5000 })).toEqual({ timeout: { tcp: { connectTimeout: '5s' } } });
  });
});

describe('limits', () => {
  it('count each address by itself', () => {
    const limit: Statement = {
      kind: 'rateLimit',
      requests: 10,
      per: 'second',
      burst: 5,
      exempt: [],
      status: 503,
      key: 'client-address',
      scope: 'per-replica',
    };
    expect(traffic(limit, { beside: [{ ...limit, requests: 100, per: 'minute' }] })).toEqual({
      rateLimit: {
        type: 'Local',
        local: {
          rules: [
            { clientSelectors: [{ sourceCIDR: { type: 'Distinct', value: '0.0.0.0/0' } }], limit: { requests: 10, unit: 'Second' } },
            { clientSelectors: [{ sourceCIDR: { type: 'Distinct', value: '::/0' } }], limit: { requests: 10, unit: 'Second' } },
            { clientSelectors: [{ sourceCIDR: { type: 'Distinct', value: '0.0.0.0/0' } }], limit: { requests: 100, unit: 'Minute' } },
            { clientSelectors: [{ sourceCIDR: { type: 'Distinct', value: '::/0' } }], limit: { requests: 100, unit: 'Minute' } },
          ],
        },
      },
    });
  });

  it.each([
    [0, undefined, 'written converted'],
    [8 * 1024 ** 2, { requestBuffer: { limit: '8Mi' } }, 'written approximated envoy-gateway/body-size/held'],
    [1500, { requestBuffer: { limit: '1500' } }, 'written approximated envoy-gateway/body-size/held'],
    [1024 ** 3, undefined, 'absent unmapped envoy-gateway/body-size/too-large'],
  ])('of a body of %d bytes', (bytes, policy, end) => {
    expect(traffic({ kind: 'bodySize', bytes })).toEqual(policy);
    expect(outcome({ kind: 'bodySize', bytes })).toBe(end);
  });

  it('of bodies do not stop gRPC streams', () => {
    const beside: readonly Statement[] = [{ kind: 'backendProtocol', protocol: 'GRPC' }];
    expect(outcome({ kind: 'bodySize', bytes: 1024 }, { beside })).toBe('absent unmapped envoy-gateway/body-size/streams');
  });
});

describe('retries', () => {
  it.each([
    [['error', 'timeout'], 3, { numRetries: 2, retryOn: { triggers: ['connect-failure', 'refused-stream', 'reset-before-request'] } }],
    [['error', 'non_idempotent'], 2, { numRetries: 1, retryOn: { triggers: ['connect-failure', 'refused-stream', 'reset'] } }],
    [['http_503', 'http_502'], 0, { numRetries: 2, retryOn: { triggers: ['retriable-status-codes'], httpStatusCodes: [502, 503] } }],
  ])('of %j, %d tries', (on, tries, retry) => {
    expect(traffic({ kind: 'retry', on, tries, totalMs: 0 })).toEqual({ retry });
  });

  it('there are none by default', () => {
    expect(outcome({ kind: 'retry', on: [], tries: 3, totalMs: 0 })).toBe('written converted');
    expect(outcome({ kind: 'retry', on: ['error'], tries: 1, totalMs: 0 })).toBe('written converted');
    expect(traffic({ kind: 'retry', on: ['error'], tries: 1, totalMs: 0 })).toBeUndefined();
  });
});

describe('endpoints', () => {
  it('are kept by a cookie with its attributes', () => {
    const cookie = {
      name: 'route',
      maxAgeSeconds: 3600,
      path: '/app',
      domain: 'a.test',
      sameSite: 'Strict',
      conditionalSameSiteNone: false,
      secure: null,
      partitioned: false,
      changeOnFailure: false,
    };
    expect(traffic({ kind: 'sessionAffinity', by: 'cookie', cookie, mode: 'balanced', canary: 'sticky' })).toEqual({
      loadBalancer: {
        type: 'ConsistentHash',
        consistentHash: {
          type: 'Cookie',
          cookie: {
            name: 'route',
            ttl: '3600s',
            attributes: { Path: '/app', Domain: 'a.test', SameSite: 'Strict', HttpOnly: '', Secure: '' },
          },
        },
      },
    });
    const session = { ...cookie, maxAgeSeconds: null, domain: 'a; x', sameSite: null, path: null };
    expect(
      traffic({ kind: 'sessionAffinity', by: 'cookie', cookie: session, mode: 'balanced', canary: 'sticky' }, { redirect: null }),
    ).toMatchObject({ loadBalancer: { consistentHash: { cookie: { ttl: '0s', attributes: { Path: '/', HttpOnly: '' } } } } });
  });

  it.each([
    ['$binary_remote_addr', { type: 'SourceIP' }],
    ['$http_x_tenant', { type: 'Header', header: { name: 'x-tenant' } }],
    ['$cookie_sid', { type: 'Cookie', cookie: { name: 'sid' } }],
    ['$arg_q', { type: 'QueryParams', queryParams: [{ name: 'q' }] }],
  ])('are kept by %s', (key, consistentHash) => {
    expect(traffic({ kind: 'hashing', key, subsetSize: null })).toEqual({ loadBalancer: { type: 'ConsistentHash', consistentHash } });
  });

  it.each(['$request_uri', '$host$uri', 'fixed', '$http_host'])('are not kept by %s', (key) => {
    expect(outcome({ kind: 'hashing', key, subsetSize: null })).toBe('absent unmapped envoy-gateway/hashing/not-written');
  });

  it.each([
    ['round-robin', 'RoundRobin', 'written converted'],
    ['ewma', 'LeastRequest', 'written approximated envoy-gateway/load-balancing/nearest'],
  ] as const)('are chosen by %s', (algorithm, type, end) => {
    expect(traffic({ kind: 'loadBalancing', algorithm })).toEqual({ loadBalancer: { type } });
    expect(outcome({ kind: 'loadBalancing', algorithm })).toBe(end);
  });

  it('are left to the Service where that is asked for', () => {
    expect(traffic({ kind: 'serviceUpstream' })).toEqual({ routingType: 'Service' });
  });

  it('are asked for their health', () => {
    const parameters = {
      path: '/up',
      interval: '15s',
      timeout: '5s',
      healthyThreshold: '2',
      unhealthyThreshold: '3',
      codes: '200-202,204',
    };
    expect(traffic({ kind: 'healthCheck', parameters: { ...parameters, port: '8081' } })).toEqual({
      healthCheck: {
        active: {
          type: 'HTTP',
          interval: '15s',
          timeout: '5s',
          healthyThreshold: 2,
          unhealthyThreshold: 3,
          overrides: { port: 8081 },
          http: { path: '/up', expectedStatuses: [200, 201, 202, 204] },
        },
      },
    });
    expect(outcome({ kind: 'healthCheck', parameters }, { backends: ['web', 'api'] })).toBe(
      'absent unmapped envoy-gateway/health-check/not-written',
    );
    expect(outcome({ kind: 'healthCheck', parameters: { ...parameters, codes: '0-99' } })).toBe(
      'absent unmapped envoy-gateway/health-check/not-written',
    );
  });
});

describe('TLS towards backends', () => {
  const https: Statement = { kind: 'backendProtocol', protocol: 'HTTPS' };
  const tls = { kind: 'backendTls', verify: false, secret: null, serverName: null, sni: false, protocols: null, ciphers: null } as const;

  it('without verification is a Backend in place of the Service', () => {
    const { lowering, objects } = plannedIntent(target, https);
    expect(result(lowering)).toBe('written manual envoy-gateway/backend-protocol/backends-off');
    expect(specOf(objects, 'Backend')).toEqual({
      tls: { insecureSkipVerify: true },
      endpoints: [{ fqdn: { hostname: 'web.shop.svc.cluster.local', port: 80 } }],
    });
    expect(JSON.stringify(objects)).toContain('"backendRefs":[{"group":"gateway.envoyproxy.io","kind":"Backend","name":"web-web"}]');
  });

  it('presents a certificate and names a server as before', () => {
    const own: Statement = {
      ...tls,
      secret: { namespace: 'shop', name: 'client' },
      serverName: 'inner.test',
      sni: true,
      protocols: 'TLSv1.2 TLSv1.3',
      ciphers: 'ECDHE-RSA-AES128-GCM-SHA256:NULL',
    };
    const { objects } = plannedIntent(target, https, { beside: [own] });
    expect(specOf(objects, 'Backend')).toMatchObject({
      tls: {
        insecureSkipVerify: true,
        sni: 'inner.test',
        clientCertificateRef: { kind: 'Secret', name: 'client' },
        minVersion: '1.2',
        maxVersion: '1.3',
        ciphers: ['ECDHE-RSA-AES128-GCM-SHA256'],
      },
    });
    expect(outcome(own, { beside: [https] })).toBe('written approximated envoy-gateway/backend-tls/ciphers');
    expect(outcome({ ...tls, secret: { namespace: 'other', name: 'client' } }, { beside: [https] })).toBe(
      'written approximated envoy-gateway/backend-tls/client-certificate',
    );
  });

  it('with verification is the portable policy', () => {
    const { objects } = plannedIntent(target, https, { beside: [{ ...tls, verify: true, secret: { namespace: 'shop', name: 'ca' } }] });
    expect(objects.map(({ kind }) => kind)).toContain('BackendTLSPolicy');
    expect(objects.map(({ kind }) => kind)).not.toContain('Backend');
  });
});

describe('gRPC', () => {
  it('is spoken as the client speaks it, unless the Service says so itself', () => {
    expect(traffic({ kind: 'backendProtocol', protocol: 'GRPC' })).toEqual({ useClientProtocol: true });
    const estate = `
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { ports: [{ port: 80, appProtocol: kubernetes.io/h2c }] }`;
    expect(traffic({ kind: 'backendProtocol', protocol: 'GRPC' }, { estate })).toBeUndefined();
  });
});

describe('listeners', () => {
  const tls = { kind: 'tlsPolicy', minVersion: null, ciphers: null, preferServerCiphers: null } as const;

  it.each([
    [
      { minVersion: 'TLSv1.2', ciphers: 'ECDHE-RSA-AES128-GCM-SHA256' },
      { minVersion: '1.2', ciphers: ['ECDHE-RSA-AES128-GCM-SHA256'] },
    ],
    [{ minVersion: 'TLS_1_3', ciphers: 'AES128-SHA' }, { minVersion: '1.3' }],
  ])('take %j', (more, written) => {
    const { lowering, objects } = plannedIntent(target, { ...tls, ...more });
    expect(result(lowering)).toBe('written converted');
    expect(specOf(objects, 'ClientTrafficPolicy')).toMatchObject({ tls: written });
  });

  it('refuse ciphers that Envoy does not know', () => {
    expect(outcome({ ...tls, ciphers: 'HIGH:!aNULL' })).toBe('absent unmapped envoy-gateway/tls-policy/not-written');
    expect(outcome({ ...tls, ciphers: 'AES128-SHA:DHE-RSA-AES128-SHA' })).toBe('written approximated envoy-gateway/tls-policy/left-out');
  });

  it('speak the versions of HTTP that are asked for', () => {
    const { objects } = plannedIntent(target, { kind: 'httpVersions', http2: false, http3: true });
    expect(specOf(objects, 'ClientTrafficPolicy')).toMatchObject({ tls: { alpnProtocols: ['http/1.1'] }, http3: {} });
    expect(plannedIntent(target, { kind: 'httpVersions', http2: true, http3: false }).objects.map(({ kind }) => kind)).not.toContain(
      'ClientTrafficPolicy',
    );
  });
});

describe('CORS', () => {
  const cors = {
    kind: 'cors',
    origins: ['https://a.test'],
    methods: ['GET'],
    headers: [],
    exposeHeaders: [],
    credentials: true,
    maxAgeSeconds: 1_728_000,
  } as const satisfies Statement;

  it('is the filter of Gateway API, and a policy before there was one', () => {
    expect(plannedIntent(target, cors).objects.map(({ kind }) => kind)).not.toContain('SecurityPolicy');
    const { objects } = plannedIntent({ ...target, lower: (intent, context) => target.lower(intent, { ...context, release: OLD }) }, cors);
    expect(specOf(objects, 'SecurityPolicy')).toMatchObject({
      cors: { allowOrigins: ['https://a.test'], allowMethods: ['GET'], allowCredentials: true, maxAge: '28800m' },
    });
  });
});

const OLD = { version: '1.4', channel: 'standard' } as const;
