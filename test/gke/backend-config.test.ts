import { describe, expect, it, test } from 'vitest';
import { codesOf, converted, endsOf, ingress, intentsOf, object, service, silent, withBackendConfig } from './converted.ts';

const read = (spec: object, more: object = {}, version?: string) => converted(withBackendConfig(spec, more, version));

describe('BackendConfig', () => {
  test.each([
    [{ timeoutSec: 40 }, { kind: 'requestTimeout', ms: 40_000 }],
    [{ connectionDraining: { drainingTimeoutSec: 60 } }, { kind: 'gke', feature: 'connectionDraining', seconds: 60 }],
    [{ securityPolicy: { name: 'edge' } }, { kind: 'cloudArmor', policy: 'edge' }],
    [{ iap: { enabled: true } }, { kind: 'iap', secret: null, clientId: null, inline: false }],
    [
      { iap: { enabled: true, oauthclientCredentials: { secretName: 's' } } },
      { kind: 'iap', secret: { namespace: 'shop', name: 's' }, clientId: null, inline: false },
    ],
    [
      { iap: { enabled: true, oauthclientCredentials: { secretName: '', clientID: 'id', clientSecret: 'hunter2' } } },
      { kind: 'iap', secret: null, clientId: 'id', inline: true },
    ],
    [{ sessionAffinity: { affinityType: 'CLIENT_IP' } }, { kind: 'sessionAffinity', by: 'client-address', cookie: null }],
    [
      { sessionAffinity: { affinityType: 'GENERATED_COOKIE', affinityCookieTtlSec: 50 } },
      { kind: 'sessionAffinity', by: 'cookie', cookie: { name: 'GCLB', maxAgeSeconds: 50 } },
    ],
    [{ customRequestHeaders: { headers: ['X-A: b:c '] } }, { kind: 'requestHeaders', set: [{ name: 'X-A', value: 'b:c' }] }],
    [
      { customRequestHeaders: { headers: ['X-Region:{client_region}'] } },
      { feature: 'headerVariables', direction: 'request', headers: [{ name: 'X-Region', value: '{client_region}' }] },
    ],
    [{ customResponseHeaders: { headers: ['X-A:b'] } }, { kind: 'responseHeaders', set: [{ name: 'X-A', value: 'b' }] }],
    [{ logging: { enable: true, sampleRate: 0.5 } }, { feature: 'logging', enabled: true, sampleRate: 500_000 }],
    [{ logging: { enable: true } }, { feature: 'logging', enabled: true, sampleRate: 1_000_000 }],
    [{ logging: { sampleRate: 1 } }, { feature: 'logging', enabled: false, sampleRate: 0 }],
    [
      {
        healthCheck: {
          type: 'HTTP2',
          requestPath: '/h',
          port: 15_020,
          timeoutSec: 3,
          checkIntervalSec: 4,
          healthyThreshold: 2,
          unhealthyThreshold: 5,
        },
      },
      {
        feature: 'healthCheck',
        type: 'HTTP2',
        requestPath: '/h',
        port: 15_020,
        timeoutSec: 3,
        checkIntervalSec: 4,
        healthyThreshold: 2,
        unhealthyThreshold: 5,
      },
    ],
    [{ healthCheck: { requestPath: '/h' } }, { feature: 'healthCheck', type: null, port: null, timeoutSec: null }],
    [
      { cdn: { enabled: true } },
      {
        feature: 'cdn',
        cacheMode: 'CACHE_ALL_STATIC',
        clientTtl: 3600,
        defaultTtl: 3600,
        maxTtl: 86_400,
        serveWhileStale: 86_400,
        requestCoalescing: true,
        negativeCaching: true,
        cacheKey: { includeHost: true, includeProtocol: true, includeQueryString: true },
      },
    ],
    [
      { cdn: { enabled: true, cacheMode: 'USE_ORIGIN_HEADERS', cachePolicy: { includeQueryString: true, queryStringWhitelist: ['v'] } } },
      {
        clientTtl: null,
        defaultTtl: null,
        maxTtl: null,
        cacheKey: { includeHost: false, includeProtocol: false, includeQueryString: true, includedParameters: ['v'] },
      },
    ],
  ])('%o', (spec, intent) => {
    const conversion = read(spec);
    expect(intentsOf(conversion)[0]).toMatchObject(intent);
    expect(codesOf(conversion)).toEqual([]);
    expect(silent(conversion)).toEqual([]);
  });

  test.each([
    [{ iap: { enabled: false, oauthclientCredentials: { secretName: 's' } } }, 'secretName', 'inert gke/iap/off'],
    [{ securityPolicy: { name: '' } }, 'securityPolicy.name', 'inert gke/security-policy/detached'],
    [{ cdn: { enabled: false, cacheMode: 'FORCE_CACHE_ALL' } }, 'cacheMode', 'inert gke/cdn/off'],
    [{ cdn: { enabled: true, cacheMode: 'USE_ORIGIN_HEADERS', maxTtl: 5 } }, 'maxTtl', 'inert gke/cdn/other-mode'],
    [{ cdn: { enabled: true, cachePolicy: { queryStringBlacklist: ['q'] } } }, 'queryStringBlacklist[0]', 'inert gke/cdn/query-not-in-key'],
    [{ connectionDraining: { drainingTimeoutSec: 0 } }, 'drainingTimeoutSec', 'inert gke/backend-config/default'],
    [{ sessionAffinity: { affinityType: 'NONE', affinityCookieTtlSec: 5 } }, 'TtlSec', 'inert gke/session-affinity/ttl-unused'],
    [{ sessionAffinity: { affinityType: '' } }, 'affinityType', 'inert gke/backend-config/default'],
    [{ logging: { enable: false, sampleRate: 1 } }, 'sampleRate', 'inert gke/logging/rate-unused'],
    [{ healthcheck: { port: 1 } }, 'healthcheck.port', 'unknown gke/backend-config/unknown-field'],
    [{ healthCheck: {} }, 'spec.healthCheck', 'inert gke/backend-config/empty-field'],
    [{ timeoutSec: null }, 'timeoutSec', 'inert gke/backend-config/empty-field'],
  ])('%o: %s is %s', (spec, key, end) => expect(endsOf(read(spec), key)).toEqual([end]));

  test.each([
    [{ timeoutSec: 0 }, 'gke/backend-config/invalid'],
    [{ timeoutSec: '40' }, 'gke/backend-config/invalid'],
    [{ connectionDraining: { drainingTimeoutSec: 3601 } }, 'gke/backend-config/invalid'],
    [{ sessionAffinity: { affinityType: 'COOKIE' } }, 'gke/backend-config/invalid'],
    [{ sessionAffinity: { affinityType: 'GENERATED_COOKIE', affinityCookieTtlSec: 86_401 } }, 'gke/backend-config/invalid'],
    [{ healthCheck: { type: 'TCP' } }, 'gke/backend-config/invalid'],
    [{ healthCheck: { requestPath: 'x' } }, 'gke/backend-config/invalid'],
    [{ healthCheck: { timeoutSec: 10, checkIntervalSec: 5 } }, 'gke/health-check/timeout-above-interval'],
    [{ customRequestHeaders: { headers: ['nothing'] } }, 'gke/custom-headers/no-colon'],
    [{ logging: { enable: true, sampleRate: 1.5 } }, 'gke/backend-config/invalid'],
    [{ cdn: { enabled: true, cacheMode: 'ALL' } }, 'gke/backend-config/invalid'],
    [{ cdn: { enabled: true, negativeCachingPolicy: [{ code: 200, ttl: 1 }] } }, 'gke/backend-config/invalid'],
    [{ cdn: { enabled: true }, iap: { enabled: true } }, 'gke/iap/with-cdn'],
    [{ iap: { enabled: 'true' } }, 'gke/backend-config/invalid'],
    [{ securityPolicy: { name: 5 } }, 'gke/backend-config/invalid'],
  ])('%o freezes the Ingress', (spec, code) => {
    const conversion = read(spec);
    expect(codesOf(conversion)).toEqual([code, 'gke/frontend/frozen'].sort());
    expect(silent(conversion)).toEqual([]);
  });

  it('IAP without the keys of its Secret freezes the Ingress and stays closed', () => {
    const secret = 'apiVersion: v1\nkind: Secret\nmetadata: {name: s, namespace: shop}\nstringData: {client_id: a}\n';
    const spec = { iap: { enabled: true, oauthclientCredentials: { secretName: 's' } } };
    const conversion = converted(withBackendConfig(spec) + secret);
    expect(codesOf(conversion)).toEqual(['gke/frontend/frozen', 'gke/iap/secret-keys']);
    expect(conversion.plan.withheld).toHaveLength(1);
  });

  test.each([
    [{ iap: { enabled: true } }],
    [{ iap: { enabled: 'true' } }],
    [{ iap: { oauthclientCredentials: { secretName: 's' } } }],
    [{ securityPolicy: { name: 'edge' } }],
    [{ cdn: { enabled: true, signedUrlKeys: [{ keyName: 'k', secretName: 's' }] } }],
  ])('%o is a protection: what it guards is withheld', (spec) => {
    const conversion = read(spec);
    expect(conversion.plan.withheld.map(({ path }) => path)).toEqual(['/']);
    expect(silent(conversion)).toEqual([]);
  });

  it('says nothing of credentials', () => {
    const spec = {
      iap: { enabled: true, oauthclientCredentials: { secretName: '', clientID: 'id', clientSecret: 'hunter2' } },
      cdn: { enabled: true, signedUrlKeys: [{ keyName: 'k', keyValue: 'hunter3' }] },
    };
    const { ledger } = read(spec);
    expect(JSON.stringify(ledger)).not.toMatch(/hunter/);
    const keys = ledger.entries.filter(({ entry }) => /clientSecret|keyValue/.test(entry.key));
    expect(keys.map(({ entry }) => entry.value)).toEqual(['(not shown)', '(not shown)']);
    // A finding shows the line it points at.
    const lines = new Set(keys.map(({ entry }) => entry.at.line));
    expect(ledger.findings.filter(({ at }) => at !== null && lines.has(at.line))).toEqual([]);
  });

  it('on other kinds of load balancers', () => {
    const internal = { annotations: { 'kubernetes.io/ingress.class': 'gce-internal' } };
    const conversion = read({ securityPolicy: { name: 'edge' }, cdn: { enabled: true } }, internal);
    expect([...endsOf(conversion, 'securityPolicy.name'), ...endsOf(conversion, 'cdn.enabled')]).toEqual(
      Array.from({ length: 2 }, () => 'inert gke/backend-config/not-on-scheme'),
    );
    const regional = { annotations: { 'kubernetes.io/ingress.class': 'gce-regional-external' } };
    expect(codesOf(read({ iap: { enabled: true } }, regional))).toContain('gke/iap/not-regional');
  });

  it('as v1beta1 has no response headers', () => {
    const conversion = read({ customResponseHeaders: { headers: ['X-A:b'] } }, {}, 'cloud.google.com/v1beta1');
    expect(endsOf(conversion, 'headers[0]')).toEqual(['inert gke/custom-headers/old-version']);
    expect(endsOf(read({ timeoutSec: 40 }, {}, 'cloud.google.com/v1beta1'), 'timeoutSec')).toEqual(['converted']);
  });
});

describe('which BackendConfig a port has', () => {
  const configs = ['one', 'two', 'three'].map((name, index) => object('BackendConfig', name, { timeoutSec: index + 1 })).join('');
  const ports = { ports: [{ name: 'http', port: 80 }, { name: 'admin', port: 81 }, { port: 82 }] };
  const timeoutOf = (annotations: Readonly<Record<string, string>>, port: string) =>
    intentsOf(converted(ingress({ rules: [{ paths: [`/* web:${port}`] }] }) + service('web', annotations, ports) + configs)).flatMap(
      (intent) => ('ms' in intent ? [intent.ms] : []),
    );
  const GA = 'cloud.google.com/backend-config';
  const BETA = 'beta.cloud.google.com/backend-config';

  test.each([
    ['default', { [GA]: '{"default":"one"}' }, '80', [1000]],
    ['the name before the number', { [GA]: '{"ports":{"80":"one","http":"two"},"default":"three"}' }, '80', [2000]],
    ['the number', { [GA]: '{"ports":{"81":"two"},"default":"three"}' }, 'admin', [2000]],
    ['the default for the rest', { [GA]: '{"ports":{"81":"two"},"default":"three"}' }, '82', [3000]],
    ['none', { [GA]: '{"ports":{"81":"two"}}' }, '80', []],
    ['beta', { [BETA]: '{"default":"one"}' }, '80', [1000]],
    ['beta is beaten', { [BETA]: '{"default":"one"}', [GA]: '{"default":"two"}' }, '80', [2000]],
    ['members in any case', { [GA]: '{"Default":"one"}' }, '80', [1000]],
  ])('%s', (_, annotations, port, expected) => expect(timeoutOf(annotations, port)).toEqual(expected));

  test.each([
    ['{"default":"gone"}', 'gke/backend-config/not-in-input'],
    ['{default: one}', 'gke/backend-config/broken-reference'],
    ['{}', 'gke/backend-config/broken-reference'],
    ['{"default":1}', 'gke/backend-config/broken-reference'],
    ['["one"]', 'gke/backend-config/broken-reference'],
  ])('%s stays closed', (value, code) => {
    const conversion = converted(ingress({ rules: [{ paths: ['/* web'] }] }) + service('web', { [GA]: value }) + configs);
    expect(codesOf(conversion)).toContain(code);
    expect(conversion.plan.withheld).toHaveLength(1);
    expect(silent(conversion)).toEqual([]);
  });

  it('per port: one route is withheld, the other not', () => {
    const iap = object('BackendConfig', 'login', { iap: { enabled: true } });
    const rules = [
      { host: 'a.test', paths: ['/* web:81'] },
      { host: 'b.test', paths: ['/* web:80'] },
    ];
    const conversion = converted(ingress({ rules }) + service('web', { [GA]: '{"ports":{"admin":"login"}}' }, ports) + iap);
    expect(conversion.plan.withheld.map(({ host }) => host)).toEqual(['a.test']);
    expect(silent(conversion)).toEqual([]);
  });

  it('what nothing uses says so', () => {
    const conversion = converted(ingress({ rules: [{ paths: ['/* web'] }] }) + service('web') + configs);
    expect(endsOf(conversion, 'timeoutSec')).toEqual(Array.from({ length: 3 }, () => 'inert gke/satellite/unused'));
  });
});

describe('Services', () => {
  const GA = 'cloud.google.com/app-protocols';
  const OLD = 'service.alpha.kubernetes.io/app-protocols';
  const conversionOf = (annotations: Readonly<Record<string, string>>, spec: object = {}, more: object = {}) =>
    converted(ingress({ rules: [{ paths: ['/* web'] }], ...more }) + service('web', annotations, spec));
  const kinds = (annotations: Readonly<Record<string, string>>, spec: object = {}) =>
    intentsOf(conversionOf(annotations, spec)).map((intent) =>
      'feature' in intent ? intent.feature : 'protocol' in intent ? intent.protocol : '',
    );

  test.each([
    [{ [GA]: '{"http":"HTTPS"}' }, ['HTTPS']],
    [{ [GA]: '{"http":"HTTP2"}' }, ['HTTPS', 'http2OverTls']],
    [{ [GA]: '{"http":"HTTP"}' }, []],
    [{ [GA]: '{"80":"HTTPS"}' }, []],
    [{ [GA]: '{"http":"HTTPS"}', [OLD]: '{"http":"HTTP"}' }, []],
    [{ [OLD]: '{"http":"HTTPS"}' }, ['HTTPS']],
    [{ 'cloud.google.com/neg': '{"ingress": true}' }, ['containerNative']],
    [{ 'cloud.google.com/neg': '{"exposed_ports": {"80":{}}}' }, []],
    [{ 'networking.gke.io/max-rate-per-endpoint': '10' }, ['capacity']],
    [{ 'networking.gke.io/capacity-scaler': '2' }, []],
    [{ 'networking.gke.io/transparent-health-checker': '{"enabled":true}' }, ['transparentHealthChecker']],
  ])('%o', (annotations, expected) => expect(kinds(annotations)).toEqual(expected));

  test.each([
    [{ [GA]: '{"http":"GRPC"}' }, {}, 'gke/app-protocols/invalid'],
    [{ [GA]: 'HTTPS' }, {}, 'gke/app-protocols/invalid'],
    [{ 'cloud.google.com/neg': 'true' }, {}, 'gke/neg/invalid'],
    [{ 'cloud.google.com/neg': '{"ingress": false}' }, {}, 'gke/neg/not-exposed'],
    [{}, { type: 'ExternalName', externalName: 'a.test' }, 'gke/neg/external-name'],
  ])('%o %o freezes the Ingress', (annotations, spec, code) =>
    expect(codesOf(conversionOf(annotations, spec))).toEqual([code, 'gke/frontend/frozen'].sort()),
  );

  it('their own appProtocol is not read today', () => {
    const spec = { ports: [{ name: 'http', port: 80, appProtocol: 'HTTPS' }] };
    expect(codesOf(conversionOf({}, spec))).toEqual(['gke/app-protocols/field-not-read']);
    expect(codesOf(conversionOf({}, { type: 'NodePort' }))).toEqual(['gke/neg/instance-groups']);
  });

  it('that are not in the input may have a BackendConfig', () => {
    expect(codesOf(converted(ingress({ rules: [{ paths: ['/* gone'] }] })))).toEqual(['gke/backend/not-in-input']);
  });
});
