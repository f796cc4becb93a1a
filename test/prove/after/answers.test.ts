import { describe, expect, it } from 'vitest';
import type { HTTPRouteFilter, RequestRedirect } from '../../../src/gateway/types.ts';
import { ask, gateway, grant, http, https, route, rule } from '../gateway-objects.ts';

const gw = gateway([http(''), https(''), http(':8080', { name: 'odd' })]);

describe('backends', () => {
  it('a rule without any is a guard: it answers 500', () => {
    expect(ask([gw, route('r', [], [rule('/admin', ''), rule('/', 's')])], 'http://a.test/admin/x')).toEqual(['500']);
    expect(ask([gw, route('r', [], [rule('/admin', '', { backendRefs: [] }), rule('/', 's')])], 'http://a.test/admin')).toEqual(['500']);
  });

  it('share by weight, 1 by default; 0 takes no part', () => {
    const weighted = rule('/', '', {
      backendRefs: [
        { name: 'a', port: 80, weight: 90 },
        { name: 'b', port: 80, weight: 10 },
        { name: 'c', port: 80, weight: 0 },
        { name: 'd', port: 80 },
      ],
    });
    expect(ask([gw, route('r', [], [weighted])], 'http://a.test/')).toEqual(['a:80 / 90/101 | b:80 / 10/101 | d:80 / 1/101']);
    expect(ask([gw, route('r', [], [rule('/', '', { backendRefs: [{ name: 'a', port: 80, weight: 0 }] })])], 'http://a.test/')).toEqual([
      '500',
    ]);
  });

  it('the share of one that may not be used is an error', () => {
    const half = rule('/', '', {
      backendRefs: [
        { name: 'a', port: 80 },
        { name: 'b', namespace: 'other', port: 80 },
      ],
    });
    expect(ask([gw, route('r', [], [half])], 'http://a.test/')).toEqual(['a:80 / 1/2 | error 500 (no grant) / 1/2']);
  });

  it('of other kinds are named with their kind', () => {
    expect(ask([gw, route('r', [], [rule('/', '', { backendRefs: [{ kind: 'Bucket', name: 'a' }] })])], 'http://a.test/')).toEqual([
      'Bucket team/a /',
    ]);
  });

  it('no rule and no match: 404', () => {
    expect(ask([gw, route('r', [], [rule('/x', 's')])], 'http://a.test/y')).toEqual(['404']);
  });

  it('conditions: method, headers in any case, cookies by the Cookie header, query', () => {
    const conditions = route(
      'r',
      [],
      [
        rule('/', 'post', { match: { method: 'POST' } }),
        rule('/', 'canary', { match: { headers: [{ name: 'X-Canary', value: 'always' }] } }),
        rule('/', 'cookie', { match: { headers: [{ name: 'Cookie', type: 'RegularExpression', value: '^(.*;\\s*)?c=1(;.*)?$' }] } }),
        rule('/', 'query', { match: { queryParams: [{ name: 'v', value: '2' }] } }),
        rule('/', 'plain'),
      ],
    );
    const answer = (url: string, more = {}) => ask([gw, conditions], url, more);
    expect(answer('POST http://a.test/')).toEqual(['post:80 /']);
    expect(answer('http://a.test/', { headers: { 'x-canary': 'always' } })).toEqual(['canary:80 /']);
    expect(answer('http://a.test/', { headers: { 'x-canary': 'Always' } })).toEqual(['plain:80 /']);
    expect(answer('http://a.test/', { cookies: { a: '0', c: '1' } })).toEqual(['cookie:80 /']);
    expect(answer('http://a.test/', { cookies: { c: '12' } })).toEqual(['plain:80 /']);
    expect(answer('http://a.test/?v=2')).toEqual(['query:80 /']);
    expect(answer('HEAD http://a.test/')).toEqual(['plain:80 /']);
  });
});

describe('rewrites', () => {
  const rewrite = (urlRewrite: Extract<HTTPRouteFilter, { type: 'URLRewrite' }>['urlRewrite']) => [
    gw,
    route('r', [], [rule('/foo', 's', { filters: [{ type: 'URLRewrite', urlRewrite }] })]),
  ];
  it.each([
    [{ path: { type: 'ReplacePrefixMatch', replacePrefixMatch: '/' } }, '/foo/bar', 's:80 /bar'],
    [{ path: { type: 'ReplaceFullPath', replaceFullPath: '/x' } }, '/foo/bar', 's:80 /x'],
    [{ hostname: 'inner.test' }, '/foo//bar', 's:80 /foo//bar host inner.test'],
  ] as const)('%j on %s: %s', (urlRewrite, path, answer) => {
    expect(ask(rewrite(urlRewrite), `http://a.test${path}`)).toEqual([answer]);
  });
});

describe('redirects', () => {
  const redirect = (requestRedirect: RequestRedirect) => [
    gw,
    route('r', [], [rule('/foo', '', { filters: [{ type: 'RequestRedirect', requestRedirect }] })]),
  ];
  it.each<readonly [RequestRedirect, string, string]>([
    // Port: its own; else that of the scheme it names; else the listener's. 80 and 443 are left out where they are usual.
    [{ scheme: 'https' }, 'http://a.test/foo', '302 https://a.test/foo'],
    [{ scheme: 'https', statusCode: 308 }, 'http://a.test:8080/foo', '308 https://a.test/foo'],
    [{ scheme: 'https', port: 8443 }, 'http://a.test/foo', '302 https://a.test:8443/foo'],
    [{ scheme: 'https', port: 443 }, 'http://a.test/foo', '302 https://a.test/foo'],
    [{ scheme: 'https', port: 80 }, 'http://a.test/foo', '302 https://a.test:80/foo'],
    [{ scheme: 'http' }, 'https://a.test/foo', '302 http://a.test/foo'],
    [{ hostname: 'b.test' }, 'http://a.test/foo', '302 http://b.test/foo'],
    [{ hostname: 'b.test' }, 'http://a.test:8080/foo', '302 http://b.test:8080/foo'],
    [{ hostname: 'b.test' }, 'https://a.test/foo', '302 https://b.test/foo'],
    [{ port: 8443 }, 'https://a.test/foo', '302 https://a.test:8443/foo'],
    // Path and query: kept, unless the path is replaced.
    [{ statusCode: 301 }, 'http://a.test/foo/x?y=1', '301 http://a.test/foo/x?y=1'],
    [{ path: { type: 'ReplaceFullPath', replaceFullPath: '/bar' } }, 'http://a.test/foo/x?y=1', '302 http://a.test/bar?y=1'],
    [{ path: { type: 'ReplacePrefixMatch', replacePrefixMatch: '/bar' } }, 'http://a.test/foo/x', '302 http://a.test/bar/x'],
    [{ path: { type: 'ReplacePrefixMatch', replacePrefixMatch: '/' } }, 'http://a.test/foo', '302 http://a.test/'],
  ])('%j on %s: %s', (requestRedirect, url, answer) => {
    expect(ask(redirect(requestRedirect), url)).toEqual([answer]);
  });
});

describe('protections', () => {
  const auth: HTTPRouteFilter = {
    type: 'ExternalAuth',
    externalAuth: { protocol: 'HTTP', backendRef: { name: 'auth', namespace: 'sso', port: 80 } },
  };

  it('external authentication protects when its Service may be asked, and answers with an error when not', () => {
    const objects = [gw, route('r', [], [rule('/', 's', { filters: [auth] })])];
    expect(ask(objects, 'http://a.test/')).toEqual(['500']);
    const granted = grant('sso', { kind: 'HTTPRoute', namespace: 'team' }, { kind: 'Service', name: 'auth' });
    expect(ask([...objects, granted], 'http://a.test/')).toEqual(['s:80 / [externalAuth]']);
  });

  const web = route('r', [], [rule('/', 's')]);
  const validation = (mode?: 'AllowValidOnly' | 'AllowInsecureFallback', namespace = 'infra') => ({
    validation: { caCertificateRefs: [{ group: '', kind: 'ConfigMap', name: 'ca', namespace }], ...(mode === undefined ? {} : { mode }) },
  });

  it.each([
    ['default', { default: validation() }, 's:80 / [clientCertificate]'],
    ['a lenient mode lets everybody in', { default: validation('AllowInsecureFallback') }, 's:80 /'],
    ['none', { default: {} }, 's:80 /'],
    ['the port decides', { default: {}, perPort: [{ port: 443, tls: validation() }] }, 's:80 / [clientCertificate]'],
    ['also for less', { default: validation(), perPort: [{ port: 443, tls: {} }] }, 's:80 /'],
    ['another port does not', { default: {}, perPort: [{ port: 8443, tls: validation() }] }, 's:80 /'],
    ['an authority that may not be read', { default: validation('AllowValidOnly', 'other') }, 'unreachable'],
  ] as const)('client certificates: %s', (_, frontend, answer) => {
    const objects = [gateway([http(''), https('')], { tls: { frontend } }), web];
    expect(ask(objects, 'https://a.test/')).toEqual([answer]);
    expect(ask(objects, 'http://a.test/')).toEqual(['s:80 /']);
  });

  it('a filter of an implementation leaves the answer open', () => {
    const filter: HTTPRouteFilter = { type: 'ExtensionRef', extensionRef: { group: 'example.com', kind: 'Limit', name: 'x' } };
    expect(ask([gw, route('r', [], [rule('/', 's', { filters: [filter] })])], 'http://a.test/')).toEqual(['undecidable']);
  });
});
