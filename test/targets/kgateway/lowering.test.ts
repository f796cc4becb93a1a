import { describe, expect, it } from 'vitest';
import { kgateway as target } from '../../../src/targets/kgateway/kgateway.ts';
import { lowerAlone, plannedIntent, specOf } from '../envoy/planned-intent.ts';
import { result, type Statement } from '../standard/lowering.ts';

type Setting = Parameters<typeof plannedIntent>[2];

/** Of the one policy of a kind, without what it is attached to. */
function policy(kind: string, statement: Statement, setting: Setting = {}): unknown {
  const spec = specOf(plannedIntent(target, statement, setting).objects, kind);
  const { targetRefs, ...rest } = (spec ?? {}) as { readonly targetRefs?: unknown };
  return targetRefs === undefined ? undefined : rest;
}

const traffic = (statement: Statement, setting: Setting = {}) => policy('TrafficPolicy', statement, setting);
const service = (statement: Statement, setting: Setting = {}) => policy('BackendConfigPolicy', statement, setting);
const outcome = (statement: Statement, setting: Setting = {}) => result(plannedIntent(target, statement, setting).lowering);

describe('access', () => {
  it('by address: what is refused is cut out of what is allowed, as the longest prefix decides', () => {
    const allow: Statement = { kind: 'allowList', ranges: ['10.0.0.0/8', '10.1.2.0/24'] };
    const deny: Statement = { kind: 'denyList', ranges: ['10.1.0.0/16', '10.128.0.0/9'] };
    for (const [first, second] of [
      [allow, deny],
      [deny, allow],
    ] as const) {
      const spec = traffic(first, { beside: [second] }) as {
        readonly acl: { readonly rules: readonly { readonly cidrs: readonly string[] }[] };
      };
      expect(spec.acl).toMatchObject({
        defaultAction: 'deny',
        rules: [
          { action: 'deny', cidrs: ['10.1.0.0/16', '10.128.0.0/9'] },
          {
            action: 'allow',
            cidrs: ['10.0.0.0/16', '10.2.0.0/15', '10.4.0.0/14', '10.8.0.0/13', '10.16.0.0/12', '10.32.0.0/11', '10.64.0.0/10'],
          },
        ],
      });
    }
  });

  it('by address: refusals alone', () => {
    expect(traffic({ kind: 'denyList', ranges: ['192.168.1.1'] })).toEqual({
      acl: { defaultAction: 'allow', rules: [{ action: 'deny', cidrs: ['192.168.1.1/32'] }] },
    });
    expect(traffic({ kind: 'allowList', ranges: [] })).toEqual({ acl: { defaultAction: 'deny', rules: [] } });
    expect(outcome({ kind: 'allowList', ranges: ['a.test'] })).toBe('absent unmapped kgateway/address-lists/no-range');
  });

  it('by address: also where the list is not among the statements of the rule', () => {
    expect(lowerAlone(target, { kind: 'allowList', ranges: ['10.0.0.0/8'] })).toMatchObject({
      parts: { policies: [{ spec: { acl: { defaultAction: 'deny', rules: [{ action: 'allow' }] } } }] },
    });
  });

  it('by password from a Secret beside the route', () => {
    const basic: Statement = {
      kind: 'basicAuth',
      secret: { namespace: 'shop', name: 'pw' },
      form: 'htpasswd-file',
      scheme: 'basic',
      realm: '',
    };
    expect(traffic(basic)).toEqual({ basicAuth: { secretRef: { name: 'pw-htpasswd' } } });
    expect(outcome(basic)).toBe('written manual kgateway/basic-auth/secret-needed');
    expect(outcome({ ...basic, scheme: 'digest' })).toBe('absent unmapped kgateway/basic-auth/digest');
  });

  it('by another server is handed out as a step: its path would be another', () => {
    const auth: Statement = {
      kind: 'externalAuth',
      url: 'http://auth.security.svc/verify',
      method: null,
      signInUrl: null,
      signInReturnParam: 'rd',
      responseHeaders: [],
      requestHeaders: [],
      cache: null,
    };
    expect(outcome(auth)).toBe('absent manual kgateway/external-auth/path-is-appended');
    expect(outcome({ ...auth, url: 'https://$host/verify' })).toBe('absent manual kgateway/external-auth/not-askable');
  });

  it('by certificate on the listener of the host', () => {
    const certificate = {
      kind: 'clientCertificate',
      secret: { namespace: 'ca', name: 'ca' },
      verify: 'optional',
      depth: 1,
      errorPage: null,
      passToBackend: false,
      matchCommonName: null,
    } as const satisfies Statement;
    const { objects } = plannedIntent(target, certificate);
    expect(specOf(objects, 'ListenerPolicy')).toMatchObject({
      targetRefs: [{ kind: 'Gateway', sectionName: 'https-a-test' }],
      default: { clientCertificateValidation: { mode: 'Optional', caCertificateRefs: [{ kind: 'Secret', name: 'ca', namespace: 'ca' }] } },
    });
    expect(specOf(objects, 'ReferenceGrant')).toMatchObject({
      from: [{ group: 'gateway.kgateway.dev', kind: 'ListenerPolicy', namespace: 'shop' }],
      to: [{ kind: 'Secret', name: 'ca' }],
    });
    expect(outcome(certificate, { redirect: null })).toBe('absent unmapped kgateway/client-certificate/clear-text');
  });
});

describe('routes', () => {
  it('have no limit of 15 s', () => {
    const route = specOf(plannedIntent(target, { kind: 'compression', enabled: false }, { redirect: null }).objects, 'HTTPRoute');
    expect(JSON.stringify(route)).toContain('"timeouts":{"request":"0s"}');
  });

  it('are rewritten by a policy of their own', () => {
    expect(target.rewritePattern?.({ pattern: '/a/(.*)', replacement: '/b/$1' })).toMatchObject({
      policies: [{ spec: { urlRewrite: { pathRegex: { pattern: '^/a/(.*)$', substitution: '/b/\\1' } } } }],
    });
    expect(target.rewritePattern?.({ pattern: `/${'a'.repeat(1100)}`, replacement: '/b' })).toBeNull();
  });

  it.each([
    [{ kind: 'bodySize', bytes: 8 * 1024 ** 2 }, { buffer: { maxRequestSize: '8Mi' } }],
    [{ kind: 'idleTimeout', direction: 'read', ms: 120_000 }, { timeouts: { streamIdle: '120s' } }],
    [{ kind: 'compression', enabled: true }, { compression: { responseCompression: {} } }],
    [
      { kind: 'retry', on: ['error', 'http_502'], tries: 3, totalMs: 0 },
      { retry: { attempts: 2, retryOn: ['connect-failure', 'refused-stream', 'reset-before-request'], statusCodes: [502] } },
    ],
  ] as const)('take %j', (statement, spec) => {
    expect(traffic(statement)).toEqual(spec);
  });

  it('have no limit that all clients would share', () => {
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
    expect(outcome(limit)).toBe('absent unmapped kgateway/rate-limit/shared-bucket');
  });
});

describe('Services', () => {
  it.each([
    [{ kind: 'connectTimeout', ms: 5000 }, { connectTimeout: '5s' }],
    [{ kind: 'loadBalancing', algorithm: 'round-robin' }, { loadBalancer: { roundRobin: {} } }],
    [
      { kind: 'hashing', key: '$http_x_tenant', subsetSize: null },
      { loadBalancer: { ringHash: { hashPolicies: [{ header: { name: 'x-tenant' } }] } } },
    ],
    [{ kind: 'hashing', key: '$remote_addr', subsetSize: null }, { loadBalancer: { ringHash: { hashPolicies: [{ sourceIP: {} }] } } }],
    [
      { kind: 'healthCheck', parameters: { path: '/up', interval: '15s', timeout: '5s', healthyThreshold: '2', unhealthyThreshold: '3' } },
      { healthCheck: { interval: '15s', timeout: '5s', healthyThreshold: 2, unhealthyThreshold: 3, http: { path: '/up' } } },
    ],
    [{ kind: 'backendProtocol', protocol: 'HTTPS' }, { tls: { insecureSkipVerify: true } }],
  ] as const)('take %j', (statement, spec) => {
    expect(service(statement)).toEqual(spec);
  });

  it('keep clients by a cookie', () => {
    const cookie = {
      name: 'route',
      maxAgeSeconds: null,
      path: null,
      domain: null,
      sameSite: 'Lax',
      conditionalSameSiteNone: false,
      secure: null,
      partitioned: false,
      changeOnFailure: false,
    };
    const affinity: Statement = { kind: 'sessionAffinity', by: 'cookie', cookie, mode: 'balanced', canary: 'sticky' };
    const hashPolicies = [{ cookie: { name: 'route', path: '/', ttl: '0s', httpOnly: true, secure: true, sameSite: 'Lax' } }];
    expect(service(affinity)).toEqual({ loadBalancer: { ringHash: { hashPolicies } } });
    expect(service(affinity, { beside: [{ kind: 'loadBalancing', algorithm: 'random' }] })).toEqual({
      loadBalancer: { ringHash: { hashPolicies } },
    });
  });

  it('with verified TLS have the portable policy', () => {
    const tls: Statement = {
      kind: 'backendTls',
      verify: true,
      secret: { namespace: 'shop', name: 'ca' },
      serverName: null,
      sni: false,
      protocols: null,
      ciphers: null,
    };
    const kinds = plannedIntent(target, { kind: 'backendProtocol', protocol: 'HTTPS' }, { beside: [tls] }).objects.map(({ kind }) => kind);
    expect(kinds).toContain('BackendTLSPolicy');
    expect(kinds).not.toContain('BackendConfigPolicy');
  });

  it('that speak gRPC over TLS have to say so', () => {
    const grpcs: Statement = { kind: 'backendProtocol', protocol: 'GRPCS' };
    expect(outcome(grpcs)).toBe('written manual kgateway/backend-protocol/needs-h2');
    expect(service(grpcs)).toEqual({ tls: { insecureSkipVerify: true, alpnProtocols: ['h2'] } });
  });

  it.each(['$arg_q', '$request_uri', '$host$uri'])('do not keep requests by %s', (key) => {
    expect(outcome({ kind: 'hashing', key, subsetSize: null })).toBe('absent unmapped kgateway/hashing/not-written');
  });
});

describe('listeners', () => {
  it('have their TLS settings as options', () => {
    const { lowering, objects } = plannedIntent(target, {
      kind: 'tlsPolicy',
      minVersion: 'TLSv1.2',
      ciphers: 'ECDHE-RSA-AES128-GCM-SHA256:AES128-SHA:NULL',
      preferServerCiphers: true,
    });
    expect(result(lowering)).toBe('written approximated kgateway/tls-policy/left-out');
    expect(JSON.stringify(specOf(objects, 'Gateway'))).toContain(
      '"options":{"kgateway.dev/cipher-suites":"ECDHE-RSA-AES128-GCM-SHA256,AES128-SHA","kgateway.dev/min-tls-version":"1.2"}',
    );
  });

  it('answer by themselves', () => {
    expect(target.respond?.({ status: 403, contentType: null, body: 'no' })).toMatchObject({
      policies: [{ spec: { status: 403, body: 'no' } }],
    });
  });
});
