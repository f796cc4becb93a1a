import { describe, expect, it, test } from 'vitest';
import { codesOf, endsOf, hostOf, ingress, intentsOf, routed } from './routed.ts';

const of = (annotations: Record<string, string>, more = {}) =>
  routed(ingress('i', { annotations, rules: { 'a.test': ['/a web'] }, tls: ['cert:a.test'], ...more }));
const intents = (annotations: Record<string, string>, more = {}) => intentsOf(of(annotations, more), 'default/i rules[0].paths[0]');

describe('settings become intents', () => {
  test.each<[Record<string, string>, readonly object[]]>([
    [
      { 'proxy-connect-timeout': '5s', 'proxy-send-timeout': '1m 30s' },
      [
        { kind: 'connectTimeout', ms: 5000 },
        { kind: 'idleTimeout', direction: 'send', ms: 90_000 },
      ],
    ],
    [{ 'client-max-body-size': '0' }, [{ kind: 'bodySize', bytes: 0 }]],
    [{ 'proxy-buffering': 'false' }, [{ kind: 'buffering', response: false, parameters: {} }]],
    [
      { 'proxy-buffers': '8 4k', 'proxy-buffer-size': '8k' },
      [{ kind: 'buffering', response: null, parameters: { buffers: '8 4k', bufferSize: '8192' } }],
    ],
    [
      { 'proxy-next-upstream': 'error http_502', 'proxy-next-upstream-tries': '3' },
      [{ kind: 'retry', on: ['error', 'http_502'], tries: 3, totalMs: 0 }],
    ],
    [{ 'proxy-next-upstream': 'off' }, [{ kind: 'retry', on: [], tries: 1 }]],
    [{ 'lb-method': 'least_conn' }, [{ kind: 'loadBalancing', algorithm: 'least-connection' }]],
    [{ 'lb-method': 'hash $cookie_id consistent' }, [{ kind: 'hashing', key: '$cookie_id' }]],
    [{ 'lb-method': 'ip_hash' }, [{ kind: 'hashing', key: '$remote_addr' }]],
    [{ 'use-cluster-ip': 'true' }, [{ kind: 'serviceUpstream' }]],
    [{ 'ssl-services': 'web' }, [{ kind: 'backendProtocol', protocol: 'HTTPS' }]],
    [{ 'ssl-services': 'web', 'grpc-services': 'web' }, [{ kind: 'backendProtocol', protocol: 'GRPCS' }]],
    [{ 'max-fails': '3' }, [{ kind: 'healthCheck', parameters: { kind: 'passive', maxFails: '3', failTimeoutMs: '10000' } }]],
    [{ 'nginx.com/health-checks': 'true' }, [{ kind: 'healthCheck', parameters: { kind: 'active' } }]],
    [
      { 'basic-auth-secret': 'users', 'basic-auth-realm': 'Shop' },
      [{ kind: 'basicAuth', secret: { namespace: 'default', name: 'users' }, realm: 'Shop' }],
    ],
    [
      { 'nginx.com/jwt-key': 'jwk', 'nginx.com/jwt-token': '$cookie_t' },
      [{ kind: 'jwt', parameters: { secret: 'default/jwk', token: '$cookie_t' } }],
    ],
    [
      { 'appprotect.f5.com/app-protect-enable': 'True', 'appprotect.f5.com/app-protect-policy': 'a/b' },
      [{ kind: 'waf', rules: 'a/b', mode: 'blocking' }],
    ],
    [{ 'appprotectdos.f5.com/app-protect-dos-resource': 'a/b' }, [{ kind: 'waf', rules: 'a/b' }]],
    [{ 'proxy-hide-headers': 'X-A, X-B' }, [{ kind: 'responseHeaders', remove: ['X-A', 'X-B'] }]],
    [{ 'server-tokens': 'shop' }, [{ kind: 'responseHeaders', set: [{ name: 'Server', value: 'shop' }] }]],
    [
      { 'add-header': 'X-A:b:always,X-C:d' },
      [
        {
          kind: 'responseHeaders',
          add: [
            { name: 'X-A', value: 'b' },
            { name: 'X-C', value: 'd' },
          ],
        },
      ],
    ],
    [{ 'proxy-set-headers': 'X-A: b,X-B,X-C:' }, [{ kind: 'requestHeaders', set: [{ name: 'X-A', value: 'b' }], remove: ['X-C'] }]],
    [
      { 'limit-req-rate': '10r/s', 'limit-req-burst': '20', 'limit-req-scale': 'true' },
      [{ kind: 'rateLimit', requests: 10, per: 'second', burst: 2, status: 429, scope: 'global' }],
    ],
    [
      { 'limit-req-rate': '30r/m', 'limit-req-reject-code': '503' },
      [{ kind: 'rateLimit', requests: 30, per: 'minute', status: 503, scope: 'per-replica' }],
    ],
    [
      { 'sticky-cookie-services': 'serviceName=web srv_id expires=1h domain=.a.test path=/tea secure' },
      [{ kind: 'sessionAffinity', cookie: { name: 'srv_id', maxAgeSeconds: 3600, domain: '.a.test', path: '/tea', secure: true } }],
    ],
    [
      { 'nginx.com/sticky-cookie-services': 'serviceName=web old', 'sticky-cookie-services': 'serviceName=web new' },
      [{ kind: 'sessionAffinity', cookie: { name: 'new', maxAgeSeconds: null } }],
    ],
  ])('%o', (annotations, expected) => expect(intents(annotations)).toMatchObject(expected));

  it('ciphers hold for the host', () => {
    const result = of({ 'ssl-ciphers': 'HIGH:!aNULL', 'ssl-prefer-server-ciphers': 'true' });
    expect(hostOf(result, 'a.test').intents).toMatchObject([{ kind: 'tlsPolicy', ciphers: 'HIGH:!aNULL', preferServerCiphers: true }]);
  });

  it('error pages take a default backend', () => {
    expect(intents({ 'custom-http-errors': '404, 5xx' }, { defaultBackend: 'errors' })).toMatchObject([
      { kind: 'customErrors', service: 'default/errors' },
    ]);
    expect(endsOf(of({ 'custom-http-errors': '404' }), 'custom-http-errors')).toEqual(['inert nginx-inc/custom-http-errors/no-backend']);
  });
});

describe('settings that become nothing say why', () => {
  test.each<[Record<string, string>, string, string]>([
    [{ 'proxy-read-timeout': '1m' }, 'proxy-read-timeout', 'inert nginx-inc/value/default'],
    [{ 'client-max-body-size': '1m' }, 'client-max-body-size', 'inert nginx-inc/value/default'],
    [{ 'lb-method': 'random two least_conn' }, 'lb-method', 'inert nginx-inc/value/default'],
    [{ 'server-tokens': 'false' }, 'server-tokens', 'inert nginx-inc/response-headers/version'],
    [{ 'proxy-buffering': 'false', 'proxy-buffers': '8 4k' }, 'proxy-buffers', 'inert nginx-inc/value/without-partner'],
    [{ 'proxy-pass-headers': 'Server' }, 'proxy-pass-headers', 'approximated nginx-inc/response-headers/pass'],
    [{ 'proxy-set-headers': 'X-A,X-B' }, 'proxy-set-headers', 'inert nginx-inc/request-headers/passed-on'],
    [{ 'proxy-set-headers': 'Host: x' }, 'proxy-set-headers', 'approximated nginx-inc/request-headers/twice'],
    [{ 'proxy-redirect-from': 'off' }, 'proxy-redirect-from', 'inert nginx-inc/location-header/off'],
    [{ 'proxy-redirect-from': 'http://a/', 'proxy-redirect-to': '/' }, 'proxy-redirect-to', 'unmapped nginx-inc/location-header/rewritten'],
    [{ 'limit-req-burst': '5' }, 'limit-req-burst', 'inert nginx-inc/rate-limit/without-rate'],
    [{ 'limit-req-rate': 'fast' }, 'limit-req-rate', 'inert nginx-inc/value/ignored'],
    [{ 'limit-req-rate': '1r/s', 'limit-req-dry-run': 'true' }, 'limit-req-rate', 'inert nginx-inc/rate-limit/dry-run'],
    [{ 'limit-req-rate': '1r/s', 'limit-req-key': '$request_uri' }, 'limit-req-key', 'unmapped nginx-inc/rate-limit/other-key'],
    [{ 'limit-req-rate': '1r/s', 'limit-req-zone-size': '1m' }, 'limit-req-zone-size', 'inert nginx-inc/rate-limit/own-affair'],
    [{ keepalive: '16' }, 'keepalive', 'unmapped nginx-inc/keepalive/lost'],
    [{ 'max-conns': '10' }, 'max-conns', 'unmapped nginx-inc/max-conns/lost'],
    [{ 'upstream-zone-size': '256k' }, 'upstream-zone-size', 'inert nginx-inc/upstream-zone-size/inert'],
    [{ 'nginx.com/slow-start': '30s' }, 'slow-start', 'unmapped nginx-inc/slow-start/lost'],
    [{ 'nginx.com/jwt-realm': 'x' }, 'jwt-realm', 'inert nginx-inc/jwt/without-key'],
    [{ 'appprotect.f5.com/app-protect-policy': 'a/b' }, 'app-protect-policy', 'inert nginx-inc/app-protect/off'],
    [{ 'sticky-cookie-services': 'serviceName=other id' }, 'sticky-cookie-services', 'inert nginx-inc/sticky-cookie/no-such-service'],
    [{ 'add-header-inherit': 'on' }, 'add-header-inherit', 'inert nginx-inc/value/default'],
  ])('%o', (annotations, name, end) => expect(endsOf(of(annotations), name)).toEqual([end]));

  it('what protects nothing is a warning', () => {
    expect(codesOf(of({ 'nginx.com/jwt-realm': 'x' }))).toContain('nginx-inc/jwt/without-key');
  });

  it('annotations of Plus are said to be', () => {
    expect(codesOf(of({ 'nginx.com/slow-start': '1s' }))).toContain('nginx-inc/edition/plus');
  });

  it('a Secret that cannot be used closes the paths, and stays a protection', () => {
    const secret = {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'users', namespace: 'default' },
      type: 'Opaque',
      data: { auth: '' },
    };
    const result = routed(ingress('i', { annotations: { 'basic-auth-secret': 'users' } }), JSON.stringify(secret));
    expect(codesOf(result)).toEqual(['nginx-inc/basic-auth/broken-secret']);
    expect(intentsOf(result, 'default/i rules[0].paths[0]')).toMatchObject([{ kind: 'basicAuth' }]);
  });
});
