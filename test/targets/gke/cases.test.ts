import { describe, expect, test } from 'vitest';
import { ask, converted, frontendConfig, ingress, object, service, silent, withBackendConfig } from '../../gke/converted.ts';
import { crdViolations, refusedByGke } from './emitted.ts';

const T = { target: 'gke' } as const;
type Made = ReturnType<typeof converted>;

function sound(conversion: Made): void {
  const objects = conversion.plan.objects.map((planned) => planned.object);
  expect(crdViolations(objects)).toEqual([]);
  expect(refusedByGke(objects)).toEqual([]);
  expect(silent(conversion)).toEqual([]);
  expect(conversion.ledger.entries.filter(({ finding }) => finding?.code === 'ledger/unsettled')).toEqual([]);
}

function policy(conversion: Made, kind: string): unknown {
  const found = conversion.plan.objects.map((planned) => planned.object).find((each) => each.kind === kind);
  return (found as { spec?: { default?: unknown } } | undefined)?.spec?.default;
}

const two = service('a') + service('b');

describe('paths: who answers, and nobody silently otherwise', () => {
  test.each<[string, readonly string[], Readonly<Record<string, string>>]>([
    ['a literal path is exact', ['/foo a'], { '/foo': 'a:80', '/foo/x': '404', '/foobar': '404' }],
    ['a slash at the end is part of it', ['/foo/ a'], { '/foo/': 'a:80', '/foo': '404' }],
    ['the root alone', ['/ a'], { '/': 'a:80', '/x': '404' }],
    ['a star does not take the bare path', ['/foo/* a'], { '/foo/x': 'a:80', '/foo': '404' }],
    ['a bare path of another backend', ['/foo/* a', '/foo b'], { '/foo/x': 'a:80', '/foo': 'b:80' }],
    ['bare and star together', ['/foo/* a', '/foo a'], { '/foo': 'a:80', '/foo/x': 'a:80' }],
    ['Prefix takes both', ['/foo a Prefix'], { '/foo': 'a:80', '/foo/x': 'a:80', '/foobar': '404' }],
    ['Prefix with a slash takes both', ['/foo/ a Prefix'], { '/foo': 'a:80', '/foo/x': 'a:80' }],
    ['the later of equal paths wins: Exact before Prefix', ['/foo a Exact', '/foo b Prefix'], { '/foo': 'b:80', '/foo/x': 'b:80' }],
    ['the later of equal paths wins: Prefix before Exact', ['/foo b Prefix', '/foo a Exact'], { '/foo': 'a:80', '/foo/x': 'b:80' }],
    ['the later of equal stars wins', ['/foo/* a', '/foo b Prefix'], { '/foo/x': 'b:80', '/foo': 'b:80' }],
    ['everything twice', ['/* a', '/* b'], { '/': 'b:80', '/x': 'b:80' }],
    ['everything by an empty path', ['- a', '/x b'], { '/': 'a:80', '/x': 'b:80' }],
    ['Prefix root and a star', ['/ a Prefix', '/* b'], { '/': 'b:80', '/y': 'b:80' }],
    ['root literal under everything', ['/* a', '/ b'], { '/': 'b:80', '/y': 'a:80' }],
    ['the longest wins whatever the order', ['/a/* a', '/a/b/* b'], { '/a/b/c': 'b:80', '/a/c': 'a:80' }],
    ['nested with a bare one between', ['/a/* a', '/a/b b', '/a/b/* a'], { '/a/b': 'b:80', '/a/b/c': 'a:80' }],
  ])('%s', (_, paths, expected) => {
    const conversion = converted(ingress({ rules: [{ host: 'a.test', paths }] }) + two, T);
    for (const [path, answer] of Object.entries(expected))
      expect(ask(conversion, `http://a.test${path}`), path).toMatch(new RegExp(`^(?:${answer}|unreachable)$`));
    sound(conversion);
  });

  test.each([['/foo* a'], ['/a/*/b a'], ['/x?y a'], ['foo a'], ['/foo* a Prefix'], ['- a Exact']])('%s is refused as a whole', (path) => {
    const conversion = converted(ingress({ rules: [{ host: 'a.test', paths: [path, '/ok b'] }] }) + two, T);
    expect(conversion.ledger.findings.map(({ code }) => code)).toContain('gke/frontend/frozen');
    sound(conversion);
  });
});

describe('hosts', () => {
  test.each<[string, Parameters<typeof ingress>[0], Readonly<Record<string, string>>]>([
    [
      'a host reads its own paths only',
      { rules: [{ host: 'a.test', paths: ['/x a'] }, { paths: ['/* b'] }] },
      { 'a.test/x': 'a:80', 'a.test/y': '404', 'other.test/y': 'b:80' },
    ],
    [
      'the default backend takes what is left of every host',
      { rules: [{ host: 'a.test', paths: ['/x a'] }], defaultBackend: 'b' },
      { 'a.test/x': 'a:80', 'a.test/y': 'b:80', 'other.test/': 'b:80' },
    ],
    [
      'a host named twice has the later rule',
      {
        rules: [
          { host: 'a.test', paths: ['/x a'] },
          { host: 'a.test', paths: ['/y b'] },
        ],
      },
      { 'a.test/y': 'b:80', 'a.test/x': '404' },
    ],
    [
      'a wildcard of any depth, and a name within it',
      {
        rules: [
          { host: '*.a.test', paths: ['/* a'] },
          { host: 'b.a.test', paths: ['/x b'] },
        ],
      },
      { 'c.a.test/': 'a:80', 'd.c.a.test/': 'a:80', 'b.a.test/x': 'b:80', 'b.a.test/y': '404' },
    ],
    ['only a default backend', { defaultBackend: 'a' }, { 'any.test/': 'a:80' }],
    ['a rule without http', { rules: [{ host: 'a.test' }], defaultBackend: 'a' }, { 'a.test/': 'a:80' }],
  ])('%s', (_, text, expected) => {
    const conversion = converted(ingress(text) + two, T);
    for (const [url, answer] of Object.entries(expected))
      expect(ask(conversion, `http://${url}`), url).toMatch(new RegExp(`^(?:${answer}|unreachable)$`));
    sound(conversion);
  });
});

describe('redirects to HTTPS', () => {
  test.each([
    ['', 301, null],
    ['MOVED_PERMANENTLY_DEFAULT', 301, null],
    ['FOUND', 302, null],
    ['SEE_OTHER', 302, 'gke-gateway/redirect/status'],
    ['TEMPORARY_REDIRECT', 302, 'gke-gateway/redirect/status'],
    ['PERMANENT_REDIRECT', 301, 'gke-gateway/redirect/status'],
  ])('%s is written as %i', (responseCodeName, status, told) => {
    const text =
      ingress({
        annotations: { 'networking.gke.io/v1beta1.FrontendConfig': 'front' },
        tls: [{ secretName: 's' }],
        rules: [{ host: 'a.test', paths: ['/* a'] }],
      }) + frontendConfig({ redirectToHttps: { enabled: true, ...(responseCodeName === '' ? {} : { responseCodeName }) } });
    const conversion = converted(text + two, T);
    expect(JSON.stringify(conversion.plan.objects.map((planned) => planned.object))).toContain(`"statusCode":${status}`);
    const codes = new Set(conversion.ledger.findings.map(({ code }) => code));
    expect([...codes].filter((code) => code.startsWith('gke-gateway/redirect'))).toEqual(told === null ? [] : [told]);
    sound(conversion);
  });
});

describe('health checks', () => {
  test.each<[string, object, object | null, object]>([
    [
      'a path alone keeps the numbers of Ingress',
      { requestPath: '/h' },
      null,
      { checkIntervalSec: 15, timeoutSec: 15, healthyThreshold: 1, unhealthyThreshold: 2 },
    ],
    ['a short interval shortens the timeout', { checkIntervalSec: 3 }, null, { checkIntervalSec: 3, timeoutSec: 3 }],
    ['a timeout alone', { timeoutSec: 10 }, null, { checkIntervalSec: 15, timeoutSec: 10 }],
    [
      'a fixed port',
      { port: 9090 },
      null,
      { config: { type: 'HTTP', httpHealthCheck: { portSpecification: 'USE_FIXED_PORT', port: 9090, requestPath: '/' } } },
    ],
    [
      'another type than the backend',
      { type: 'HTTPS' },
      null,
      { config: { type: 'HTTPS', httpsHealthCheck: { portSpecification: 'USE_SERVING_PORT', requestPath: '/' } } },
    ],
    [
      'over what a probe says',
      { timeoutSec: 4 },
      { httpGet: { path: '/ready', port: 8080 }, periodSeconds: 20 },
      { checkIntervalSec: 20, timeoutSec: 4, config: { httpHealthCheck: { requestPath: '/ready' } } },
    ],
    [
      'a probe with a timeout above its period',
      { healthyThreshold: 3 },
      { httpGet: { path: '/r', port: 8080 }, periodSeconds: 2, timeoutSeconds: 5 },
      { checkIntervalSec: 2, timeoutSec: 2, healthyThreshold: 3 },
    ],
    [
      'a probe with a host',
      { unhealthyThreshold: 4 },
      { httpGet: { path: '/r', port: 8080, httpHeaders: [{ name: 'Host', value: 'A.test' }] } },
      { unhealthyThreshold: 4, config: { httpHealthCheck: { host: 'a.test' } } },
    ],
  ])('%s', (_, healthCheck, readinessProbe, expected) => {
    const pods =
      readinessProbe === null
        ? ''
        : object(
            'Deployment',
            'web',
            {
              template: {
                metadata: { labels: { app: 'web' } },
                spec: { containers: [{ ports: [{ containerPort: 8080 }], readinessProbe }] },
              },
            },
            'apps/v1',
          );
    const text =
      ingress({ rules: [{ paths: ['/* web'] }] }) +
      service('web', { 'cloud.google.com/backend-config': '{"default": "config"}' }, { selector: { app: 'web' } }) +
      object('BackendConfig', 'config', { healthCheck });
    const conversion = converted(text + pods, T);
    expect(policy(conversion, 'HealthCheckPolicy')).toMatchObject(expected);
    sound(conversion);
  });
});

describe('BackendConfigs by port', () => {
  const ports = [
    { name: 'http', port: 80, targetPort: 8080 },
    { name: 'admin', port: 81, targetPort: 8081 },
  ];
  test.each<[string, string, readonly string[], string]>([
    ['by name', '{"ports":{"admin":"config"}}', ['/* web', '/admin/* web:81'], 'web-81'],
    ['by number', '{"ports":{"81":"config"}}', ['/* web', '/admin/* web:81'], 'web-81'],
    ['the name before the number', '{"ports":{"81":"none","admin":"config"}}', ['/* web', '/admin/* web:81'], 'web-81'],
    ['the default for all ports', '{"default":"config"}', ['/* web', '/admin/* web:81'], 'web'],
    ['of one port only', '{"ports":{"admin":"config"}}', ['/* web:81'], 'web'],
  ])('%s', (_, reference, paths, holder) => {
    const text =
      ingress({ rules: [{ host: 'a.test', paths }] }) +
      service('web', { 'cloud.google.com/backend-config': reference }, { ports, selector: { app: 'web' } }) +
      object('BackendConfig', 'config', { iap: { enabled: true } });
    const conversion = converted(text, T);
    const policies = conversion.plan.objects.map((planned) => planned.object).filter(({ kind }) => kind === 'GCPBackendPolicy');
    expect(policies.map(({ metadata }) => metadata.name)).toEqual([holder]);
    expect(conversion.plan.withheld).toEqual([]);
    sound(conversion);
  });
});

describe('what excludes each other, and what needs a version', () => {
  test('IAP stands open until it is attached, which is told', () => {
    const conversion = converted(withBackendConfig({ iap: { enabled: true } }), T);
    const told = conversion.ledger.findings.find(({ code }) => code === 'gke-gateway/switch/iap-window');
    expect(told).toMatchObject({ security: true, level: 'warning' });
    sound(conversion);
  });

  test('a CDN beside IAP on one Gateway gives way', () => {
    const text =
      ingress({ rules: [{ host: 'a.test', paths: ['/* a', '/img/* b'] }] }) +
      service('a', { 'cloud.google.com/backend-config': '{"default":"login"}' }) +
      service('b', { 'cloud.google.com/backend-config': '{"default":"cached"}' }) +
      object('BackendConfig', 'login', { iap: { enabled: true } }) +
      object('BackendConfig', 'cached', { cdn: { enabled: true } });
    const conversion = converted(text, T);
    expect(conversion.plan.objects.map((planned) => planned.object.kind)).not.toContain('GCPHTTPFilter');
    expect(conversion.ledger.findings.map(({ code }) => code)).toContain('gke-gateway/load-balancer/cdn-with-iap');
    expect(conversion.plan.withheld).toEqual([]);
    sound(conversion);
  });

  test('conditions on the query need GKE 1.35.2', () => {
    const text = `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  namespace: shop
  annotations:
    alb.ingress.kubernetes.io/conditions.a: '[{"field":"query-string","queryStringConfig":{"values":[{"key":"v","value":"2"}]}}]'
spec:
  ingressClassName: alb
  rules: [{host: a.test, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: a, port: {number: 80}}}}]}}]
---
`;
    const conversion = converted(text + two, T);
    expect(conversion.ledger.findings.map(({ code }) => code)).toContain('gke-gateway/switch/query-version');
    sound(conversion);
  });
});

describe('the steps', () => {
  const usual = (domains: readonly string[], more: object = {}) =>
    ingress({
      annotations: { 'networking.gke.io/managed-certificates': 'm', 'kubernetes.io/ingress.global-static-ip-name': 'ip' },
      rules: [{ host: 'a.test', paths: ['/* a'] }],
      ...more,
    }) + object('ManagedCertificate', 'm', { domains }, 'networking.gke.io/v1');
  const stepsOf = (conversion: Made) =>
    conversion.ledger.findings.find(({ code }) => code.startsWith('gke-gateway/switch/outside'))?.steps ?? [];

  test('stand in the order in which they can be run, and delete nothing', () => {
    const steps = stepsOf(converted(usual(['a.test', 'b.test']) + two, T));
    const at = (text: string) => steps.findIndex((step) => step.includes(text));
    const order = [
      'maps create web-map',
      'dns-authorizations create a-test',
      'certificates create a-test',
      'maps entries create a-test',
      '--set-primary',
      'ACTIVE',
      'addresses create ip-2',
      '# apply',
      'kubectl patch gateway web',
      'kubectl wait',
      'curl',
    ].map(at);
    expect(order).not.toContain(-1);
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    for (const step of steps) expect(step).not.toMatch(/\bdelete\b|\brm\b|\n/);
    // Commands have names, not placeholders.
    for (const step of steps.filter((each) => !each.startsWith('#')))
      expect(step).not.toMatch(/[ =](?:CLUSTER|LOCATION|DOMAIN|NAME|MEMBER)\b/);
  });

  test.each([[['$(rm -rf x).test']], [["a'b.test; reboot"]], [['<domain>']], [[]]])(
    'of domains %o hold no command but their own',
    (domains) => {
      const steps = stepsOf(converted(usual(domains) + two, T));
      for (const step of steps.filter((each) => /rm -rf|reboot|<domain>|DOMAIN/.test(each))) expect(step).toMatch(/^#/);
    },
  );

  test('tell apart domains that come to the same name', () => {
    const steps = stepsOf(converted(usual(['a-b.test', 'a.b.test', '1.test']) + two, T));
    expect(new Set(steps.filter((step) => step.includes('maps entries create'))).size).toBe(4);
    expect(steps.join('\n')).toContain('entries create d-1-test ');
  });
});
