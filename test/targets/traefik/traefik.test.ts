import { describe, expect, it } from 'vitest';
import { checkObject } from '../../../src/check/crds.ts';
import { anchored, rewritePattern } from '../../../src/targets/traefik/patterns.ts';
import { CRDS_PRESENT, publishedCrds } from '../../check/published-crds.ts';
import { afterChange, codesOf, converted, nginxIngress, objectsOf, service, specOf, withoutExtensions } from '../converted.ts';
import { answersEveryIntent } from '../every-intent-for.ts';

answersEveryIntent('traefik');

const OPEN = nginxIngress({}, { name: 'open', path: '/' });

describe('protections', () => {
  it.each([
    ['allowList', { 'whitelist-source-range': '10.0.0.0/8' }],
    ['denyList', { 'denylist-source-range': '10.0.0.0/8' }],
    ['basicAuth', { 'auth-type': 'basic', 'auth-secret': 'passwords' }],
    ['externalAuth', { 'auth-url': 'http://auth.shop.svc.cluster.local/' }],
  ] as const)('%s is written, read back, and missed when it is taken out', (_, annotations) => {
    const conversion = converted('traefik', [nginxIngress(annotations), OPEN]);
    expect(conversion.plan.withheld).toEqual([]);
    expect(afterChange(conversion, (objects) => objects)).toEqual([]);
    expect(afterChange(conversion, withoutExtensions).some(({ differences }) => differences.includes('protection'))).toBe(true);
  });

  it.each([
    ['a certificate of the client', { 'auth-tls-secret': 'shop/ca' }],
    ['an authentication service that is asked with POST', { 'auth-url': 'http://auth/', 'auth-method': 'POST' }],
    ['a URL with variables', { 'auth-url': 'http://auth/$request_uri' }],
    ['no Secret', { 'auth-type': 'basic' }],
    ['nobody', { 'allowlist-source-range': '10.0.0.0/8', 'denylist-source-range': '10.0.0.0/8' }],
  ] as const)('for %s are withheld', (_, annotations) => {
    const conversion = converted('traefik', [
      nginxIngress(annotations, { tls: true }),
      nginxIngress({}, { name: 'open', path: '/', tls: true }),
    ]);
    expect(conversion.plan.withheld.length).toBeGreaterThan(0);
    expect(afterChange(conversion, (objects) => objects)).toEqual([]);
  });
});

describe('address lists', () => {
  it('are one list without the denied addresses', () => {
    const annotations = { 'whitelist-source-range': '10.0.0.0/30', 'denylist-source-range': '10.0.0.2' };
    expect(specOf(converted('traefik', [nginxIngress(annotations)]), 'Middleware')).toEqual({
      ipAllowList: { sourceRange: ['10.0.0.0/31', '10.0.0.3/32'] },
    });
  });
});

describe('passwords', () => {
  it('stay in their Secret where it has one key', () => {
    const secret = 'apiVersion: v1\nkind: Secret\nmetadata: {name: passwords, namespace: shop}\ndata: {auth: eA==}';
    const conversion = converted('traefik', [secret, nginxIngress({ 'auth-type': 'basic', 'auth-secret': 'passwords' })]);
    expect(specOf(conversion, 'Middleware')).toEqual({ basicAuth: { secret: 'passwords' } });
    expect(codesOf(conversion).filter((code) => code.startsWith('traefik/basic-auth'))).toEqual([]);
  });

  it.each([
    ['other/passwords', {}],
    ['passwords', { 'auth-secret-type': 'auth-map' }],
  ] as const)('of %s %j have to be copied', (secret, more) => {
    const conversion = converted('traefik', [nginxIngress({ 'auth-type': 'basic', 'auth-secret': secret, ...more })]);
    expect(specOf(conversion, 'Middleware')).toEqual({ basicAuth: { secret: 'passwords-users' } });
    expect(codesOf(conversion)).toContain('traefik/basic-auth/copy');
  });
});

describe('external authentication', () => {
  it('takes out what clients must not tell the server', () => {
    const objects = objectsOf(converted('traefik', [nginxIngress({ 'auth-url': 'http://auth/verify' })]));
    const specs = objects.flatMap((object) => (object.kind === 'Middleware' && 'spec' in object ? [object.spec] : []));
    expect(specs[0]).toMatchObject({ headers: { customRequestHeaders: { 'X-Original-URL': '' } } });
    expect(specs[1]).toEqual({ forwardAuth: { address: 'http://auth/verify' } });
  });

  it('knows the host of its route', () => {
    const conversion = converted('traefik', [
      nginxIngress({ 'auth-url': 'https://$host/oauth2/auth', 'auth-signin': 'https://$host/oauth2/start?rd=$escaped_request_uri&a=b' }),
    ]);
    expect(JSON.stringify(objectsOf(conversion))).toContain(
      '"forwardAuth":{"address":"https://shop.test/oauth2/auth","authSigninURL":"https://shop.test/oauth2/start?a=b"}',
    );
  });
});

describe('the place of a Service', () => {
  it('is taken by a TraefikService with its transport, and read back as the Service', () => {
    const conversion = converted('traefik', [
      nginxIngress({ 'proxy-connect-timeout': '3', affinity: 'cookie', 'backend-protocol': 'HTTPS' }),
    ]);
    expect(specOf(conversion, 'TraefikService')).toEqual({
      weighted: {
        services: [
          {
            name: 'web',
            port: 80,
            scheme: 'https',
            sticky: { cookie: { name: 'INGRESSCOOKIE', httpOnly: true } },
            serversTransport: 'web-web',
          },
        ],
      },
    });
    expect(specOf(conversion, 'ServersTransport')).toEqual({
      maxIdleConnsPerHost: 200,
      insecureSkipVerify: true,
      forwardingTimeouts: { dialTimeout: '3s' },
    });
    expect(afterChange(conversion, (objects) => objects)).toEqual([]);
  });

  it('stays clear text on ports that Traefik takes for TLS', () => {
    const conversion = converted('traefik', [service('odd', { 'https-odd': 8443 }), nginxIngress({}, { service: 'odd', port: 8443 })]);
    expect(specOf(conversion, 'TraefikService')).toEqual({ weighted: { services: [{ name: 'odd', port: 8443, scheme: 'http' }] } });
  });

  it('is shared by rules that want the same, and not by others', () => {
    const names = objectsOf(
      converted('traefik', [
        nginxIngress({ affinity: 'cookie' }, { name: 'a', path: '/a' }),
        nginxIngress({ affinity: 'cookie', 'session-cookie-name': 'b' }, { name: 'b', path: '/b' }),
      ]),
    ).flatMap(({ kind, metadata }) => (kind === 'TraefikService' ? [metadata.name] : []));
    expect(names).toEqual(['a-web', 'b-web']);
  });
});

describe('patterns', () => {
  it('are anchored, as PathRegexp finds them anywhere', () => {
    expect(anchored('(?i)/a/.*')).toBe('(?i)^/a/.*$');
    expect(anchored('(?:/a|.*/b)')).toBe('^(?:/a|.*/b)$');
    expect(anchored('/a`b')).toBeNull();
    expect(anchored('a'.repeat(1023))).toBeNull();
  });

  it('name groups so that what follows is no part of their name', () => {
    expect(rewritePattern({ pattern: '/a(/|$)(.*)', replacement: '/$2x' })?.policies?.[0]?.spec).toEqual({
      replacePathRegex: { regex: '^/a(/|$)(.*)$', replacement: '/\u0024{2}x' },
    });
    expect(rewritePattern({ pattern: '/a', replacement: '/$uri' })).toBeNull();
  });
});

describe.skipIf(!CRDS_PRESENT)('the published CRDs (skipped where ../shared/crds is absent)', () => {
  it('know every kind that is written', () => {
    const conversion = converted('traefik', [nginxIngress({ 'proxy-connect-timeout': '3', 'limit-rps': '1' })]);
    const own = objectsOf(conversion).filter(({ apiVersion }) => apiVersion.startsWith('traefik.io/'));
    expect(own.map(({ kind }) => kind)).toEqual(['Middleware', 'ServersTransport', 'TraefikService']);
    const crds = publishedCrds(conversion.options.release, 'traefik');
    for (const object of own)
      expect(checkObject(crds, JSON.parse(JSON.stringify(object)))).toMatchObject({ kind: 'checked', violations: [] });
  });
});

describe('hosts within broader ones', () => {
  it('are tried before their longer paths, except where a prefix is replaced', () => {
    const wildcard = nginxIngress({}, { name: 'any', host: '*.shop.test', path: '/app/long', service: 'tenant' });
    const paths = (annotations: Parameters<typeof nginxIngress>[0], path: string) =>
      converted('traefik', [nginxIngress(annotations, { host: 'a.shop.test', path }), wildcard]);
    const plain = paths({}, '/app');
    expect(JSON.stringify(objectsOf(plain).filter(({ metadata }) => metadata.name.includes('-first')))).toContain('"/app/long"');
    expect(codesOf(plain)).not.toContain('plan/broader-host-first');
    const rewritten = paths({ 'rewrite-target': '/$2', 'use-regex': 'true' }, '/app(/|$)(.*)');
    expect(codesOf(rewritten)).toContain('plan/broader-host-first');
  });
});
