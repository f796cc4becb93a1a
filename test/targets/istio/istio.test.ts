import { describe, expect, it } from 'vitest';
import { checkObject } from '../../../src/check/crds.ts';
import type { ExtensionObject, Gateway, OutputObject } from '../../../src/gateway/types.ts';
import { istio } from '../../../src/targets/istio/istio.ts';
import { CRDS_PRESENT, publishedCrds } from '../../check/published-crds.ts';
import { afterChange, codesOf, converted, nginxIngress, objectsOf, service, specOf, withoutExtensions } from '../converted.ts';
import { lowerAlone, plannedIntent } from '../envoy/planned-intent.ts';
import { answersEveryIntent } from '../every-intent-for.ts';

answersEveryIntent('istio');

const OPEN = nginxIngress({}, { name: 'open', path: '/' });
const ALLOW = { 'whitelist-source-range': '10.0.0.0/8' };

function rulesOf(documents: readonly string[]): unknown {
  const spec = specOf(converted('istio', documents), 'AuthorizationPolicy');
  return typeof spec === 'object' && spec !== null && 'rules' in spec ? spec.rules : null;
}

const HOSTS = ['shop.test', 'shop.test:*'];
const refusing = (operation: object, source: object = { notRemoteIpBlocks: ['10.0.0.0/8'] }) => [
  { from: [{ source }], to: [{ operation }] },
];

describe('address lists', () => {
  it.each([
    ['allowed', ALLOW],
    ['denied', { 'denylist-source-range': '10.0.0.0/8' }],
  ] as const)('of %s addresses are written, read back, and missed when they are taken out', (_, annotations) => {
    const conversion = converted('istio', [nginxIngress(annotations), OPEN]);
    expect(conversion.plan.withheld).toEqual([]);
    expect(afterChange(conversion, (objects) => objects)).toEqual([]);
    expect(afterChange(conversion, withoutExtensions).some(({ differences }) => differences.includes('protection'))).toBe(true);
  });

  it('hold for the paths of their Ingress alone', () => {
    expect(rulesOf([nginxIngress(ALLOW), OPEN])).toEqual(refusing({ hosts: HOSTS, paths: ['/app', '/app/*'] }));
  });

  it('hold for a host where all its paths have them, patterns included', () => {
    expect(rulesOf([nginxIngress(ALLOW)])).toEqual(refusing({ hosts: HOSTS }));
    const patterns = nginxIngress({ ...ALLOW, 'use-regex': 'true' }, { path: '/a[0-9]+', pathType: 'ImplementationSpecific' });
    expect(rulesOf([patterns])).toEqual(refusing({ hosts: HOSTS }));
  });

  it('leave out paths of others below theirs', () => {
    const open = nginxIngress({}, { name: 'open', path: '/public' });
    const exact = nginxIngress({}, { name: 'exact', path: '/health', pathType: 'Exact' });
    const documents = [nginxIngress(ALLOW, { path: '/' }), open, exact];
    expect(rulesOf(documents)).toEqual(refusing({ hosts: HOSTS, paths: ['/*'], notPaths: ['/health', '/public', '/public/*'] }));
    expect(afterChange(converted('istio', documents), (objects) => objects)).toEqual([]);
  });

  it('are withheld where a policy cannot tell the paths of a host apart', () => {
    const pattern = nginxIngress({ ...ALLOW, 'use-regex': 'true' }, { path: '/a[0-9]+', pathType: 'ImplementationSpecific' });
    const conversion = converted('istio', [pattern, OPEN]);
    expect(conversion.plan.withheld.length).toBeGreaterThan(0);
    expect(codesOf(conversion)).toContain('istio/allow-list/absent');
    expect(afterChange(conversion, (objects) => objects)).toEqual([]);
  });

  it('of a broad host leave out narrower ones', () => {
    const documents = [
      nginxIngress(ALLOW, { host: '*.shop.test', path: '/' }),
      nginxIngress({}, { name: 'a', host: 'a.shop.test', path: '/' }),
    ];
    const conversion = converted('istio', documents);
    // `*.shop.test:*` is nothing that a policy knows.
    expect(rulesOf(documents)).toEqual(refusing({ notHosts: ['a.shop.test', 'a.shop.test:*'] }));
    expect(afterChange(conversion, (objects) => objects)).toEqual([]);
  });

  it.each(['*.other.test', ''])('of a broad host are withheld beside %j', (host) => {
    const documents = [nginxIngress(ALLOW, { host: '*.shop.test', path: '/' }), nginxIngress({}, { name: 'b', host, path: '/' })];
    expect(converted('istio', documents).plan.withheld.map((rule) => rule.host)).toContain('*.shop.test');
  });

  it.each([
    ['another host', { hosts: ['other.test'] }],
    ['another path', { hosts: HOSTS, paths: ['/app'] }],
    ['all but a path that is nobody else’s', { hosts: HOSTS, notPaths: ['/app/open', '/app/open/*'] }],
    ['one method', { hosts: HOSTS, methods: ['GET'] }],
  ])('that hold for %s protect nothing', (_, operation) => {
    const conversion = converted('istio', [nginxIngress(ALLOW), OPEN]);
    const changed = afterChange(conversion, (objects) =>
      objects.map(
        (object): OutputObject => (isPolicy(object) ? { ...object, spec: { ...object.spec, rules: refusing(operation) } } : object),
      ),
    );
    expect(changed.some(({ differences }) => differences.includes('protection'))).toBe(true);
  });
});

function isPolicy(object: OutputObject): object is ExtensionObject {
  return object.kind === 'AuthorizationPolicy';
}

describe('client certificates', () => {
  const asking = (more: Readonly<Record<string, string>> = {}) =>
    nginxIngress({ 'auth-tls-secret': 'shop/clients', ...more }, { tls: true, path: '/' });
  const modes = (documents: readonly string[]) =>
    objectsOf(converted('istio', documents))
      .filter((object): object is Gateway => object.kind === 'Gateway')
      .flatMap(({ spec }) => spec.listeners.map(({ tls }) => tls?.options?.['gateway.istio.io/tls-terminate-mode'] ?? null));

  it('are asked for by the listener of their host', () => {
    const other = nginxIngress({}, { name: 'other', host: 'other.test', tls: true });
    expect(modes([asking(), other])).toEqual([null, null, null, 'MUTUAL']);
    expect(modes([asking({ 'auth-tls-verify-client': 'optional' })])).toEqual([null, 'OPTIONAL_MUTUAL']);
    const conversion = converted('istio', [asking()]);
    expect(codesOf(conversion)).toContain('istio/client-certificate/authority');
    expect(afterChange(conversion, (objects) => objects)).toEqual([]);
  });

  it('are missed when the option is taken out', () => {
    const changed = afterChange(converted('istio', [asking()]), (objects) =>
      objects.map(
        (object): OutputObject => (object.kind === 'Gateway' ? JSON.parse(JSON.stringify(object).replace('"MUTUAL"', '"SIMPLE"')) : object),
      ),
    );
    expect(changed.some(({ differences }) => differences.includes('protection'))).toBe(true);
  });

  it.each([
    ['a name in them is checked', asking({ 'auth-tls-match-cn': 'CN=me' })],
    ['any authority will do', asking({ 'auth-tls-verify-client': 'optional_no_ca' })],
    ['the host answers in clear text too', asking({ 'ssl-redirect': 'false' })],
  ])('are withheld where %s', (_, ingress) => {
    expect(converted('istio', [ingress]).plan.withheld.length).toBeGreaterThan(0);
  });
});

describe('DestinationRules', () => {
  it('have all settings of a port at the port', () => {
    const conversion = converted('istio', [
      nginxIngress({ 'proxy-connect-timeout': '3', affinity: 'cookie', 'backend-protocol': 'HTTPS', 'session-cookie-max-age': '60' }),
    ]);
    expect(specOf(conversion, 'DestinationRule')).toEqual({
      host: 'web.shop.svc.cluster.local',
      trafficPolicy: {
        portLevelSettings: [
          {
            port: { number: 80 },
            connectionPool: { tcp: { connectTimeout: '3s' } },
            loadBalancer: {
              consistentHash: { httpCookie: { name: 'INGRESSCOOKIE', path: '/', ttl: '60s', attributes: [{ name: 'HttpOnly' }] } },
            },
            tls: { mode: 'SIMPLE', insecureSkipVerify: true },
          },
        ],
      },
    });
  });

  it('have one way to choose endpoints: the cookie that keeps clients on one', () => {
    const conversion = converted('istio', [
      nginxIngress({ affinity: 'cookie', 'upstream-hash-by': '$remote_addr', 'load-balance': 'ewma', 'session-cookie-samesite': 'Lax' }),
    ]);
    expect(specOf(conversion, 'DestinationRule')).toMatchObject({
      trafficPolicy: { portLevelSettings: [{ loadBalancer: { consistentHash: { httpCookie: { name: 'INGRESSCOOKIE' } } } }] },
    });
    expect(JSON.stringify(specOf(conversion, 'DestinationRule'))).not.toMatch(/simple|useSourceIp/);
    expect(JSON.stringify(specOf(conversion, 'DestinationRule'))).toContain('{"name":"SameSite","value":"Lax"}');
  });

  it('of one Service are one', () => {
    const conversion = converted('istio', [
      service('two', { http: 80, grpc: 9000 }),
      nginxIngress({ 'proxy-connect-timeout': '3' }, { service: 'two', name: 'a', path: '/a' }),
      nginxIngress({ 'backend-protocol': 'GRPC' }, { service: 'two', port: 9000, name: 'b', host: 'b.test', tls: true }),
    ]);
    expect(specOf(conversion, 'DestinationRule')).toMatchObject({
      trafficPolicy: {
        portLevelSettings: [
          { port: { number: 80 }, connectionPool: { tcp: { connectTimeout: '3s' } } },
          { port: { number: 9000 }, connectionPool: { http: { h2UpgradePolicy: 'UPGRADE' } } },
        ],
      },
    });
  });

  it.each([
    ['$remote_addr', { useSourceIp: true }],
    ['$http_x_user', { httpHeaderName: 'x-user' }],
    ['$arg_id', { httpQueryParameterName: 'id' }],
    ['$cookie_id', { httpCookie: { name: 'id', ttl: '0s' } }],
  ])('hash on %s', (key, consistentHash) => {
    expect(specOf(converted('istio', [nginxIngress({ 'upstream-hash-by': key })]), 'DestinationRule')).toMatchObject({
      trafficPolicy: { portLevelSettings: [{ loadBalancer: { consistentHash } }] },
    });
  });
});

describe('what only raw configuration could say', () => {
  it.each([
    ['basic-auth', { 'auth-type': 'basic', 'auth-secret': 'passwords' }],
    ['external-auth', { 'auth-url': 'http://auth.shop.svc.cluster.local/' }],
  ])('is withheld where it protects: %s', (code, annotations) => {
    const conversion = converted('istio', [nginxIngress(annotations), OPEN]);
    expect(conversion.plan.withheld.length).toBe(1);
    expect(codesOf(conversion)).toContain(`istio/${code}/absent`);
  });
});

describe.skipIf(!CRDS_PRESENT)('the published CRDs (skipped where ../shared/crds is absent)', () => {
  it('know every kind that is written', () => {
    const conversion = converted('istio', [nginxIngress({ ...ALLOW, 'proxy-connect-timeout': '3', affinity: 'cookie' })]);
    const own = objectsOf(conversion).filter(({ apiVersion }) => apiVersion.includes('istio.io/'));
    expect(own.map(({ kind }) => kind)).toEqual(['AuthorizationPolicy', 'DestinationRule']);
    const crds = publishedCrds(conversion.options.release, 'istio');
    for (const object of own)
      expect(checkObject(crds, JSON.parse(JSON.stringify(object)))).toMatchObject({ kind: 'checked', violations: [] });
  });
});

describe('retries', () => {
  it.each([
    ['fewer tries', { 'proxy-next-upstream-tries': '2' }, 'istio/retry/not-written'],
    ['other conditions', { 'proxy-next-upstream': 'error timeout http_502' }, 'istio/retry/not-written'],
    ['none at all', { 'proxy-next-upstream': 'off' }, 'istio/retry/not-written'],
  ] as const)('that are %s', (_, annotations, code) => {
    const found = codesOf(converted('istio', [nginxIngress(annotations)]));
    expect(found.filter((each) => each.startsWith('istio/retry/'))).toEqual([code]);
    expect(found.filter((each) => each.startsWith('standard/retry/'))).toEqual([]);
  });

  it('that are near the default of Istio are left to it', () => {
    const near = lowerAlone(istio, { kind: 'retry', on: ['error', 'timeout'], tries: 3, totalMs: 0 });
    expect(near).toMatchObject({ as: 'written', outcome: 'approximated', finding: { code: 'istio/retry/default' } });
    expect(lowerAlone(istio, { kind: 'retry', on: ['error'], tries: 3, totalMs: 9 }).as).toBe('absent');
  });
});

describe('the choice of endpoints', () => {
  it('gives way to what keeps clients on one', () => {
    const beside = [{ kind: 'hashing', key: '$remote_addr', subsetSize: null }] as const;
    const { lowering } = plannedIntent(istio, { kind: 'loadBalancing', algorithm: 'ewma' }, { beside });
    expect(lowering).toMatchObject({ outcome: 'approximated', finding: { code: 'istio/destinations/kept-together' } });
  });
});
