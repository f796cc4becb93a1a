import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluateBefore, tableEvaluator } from '../../../src/prove/before/evaluate.ts';
import type { Redirect, RoutingTable } from '../../../src/route/table.ts';
import { lineOf } from '../gateway-objects.ts';
import { requestOf } from '../requests.ts';
import { backend, host, PASSWORD, rule, table } from '../routing-table.ts';

const ask = (routes: RoutingTable, url: string, more = {}) => lineOf(evaluateBefore(routes, requestOf(url, more)).answer);

describe('the host that takes a request', () => {
  const hosts = table(
    host('a.test', [rule('/', 'precise')]),
    host('*.test', [rule('/', 'one')]),
    host('*.deep.test', [rule('/', 'deep')], { wildcard: 'any-depth' }),
    host('', [rule('/', 'any')]),
  );
  it.each([
    ['a.test', 'precise'],
    ['b.test', 'one'],
    ['a.b.test', 'any'],
    ['x.deep.test', 'deep'],
    ['x.y.deep.test', 'deep'],
    ['deep.test', 'one'],
    ['test', 'any'],
    ['elsewhere.invalid', 'any'],
  ])('%s: %s', (name, service) => {
    expect(ask(hosts, `http://${name}/`)).toBe(`${service}:80 /`);
  });

  it('nobody, when no host is for any', () => {
    expect(ask(table(host('a.test', [rule('/', 's')])), 'http://b.test/')).toBe('unreachable');
  });

  it('its paths never fall to a broader host', () => {
    expect(ask(table(host('a.test', [rule('/x', 's')]), host('', [rule('/', 'any')])), 'http://a.test/y')).toBe('404');
  });

  const label = fc.constantFrom('a', 'b');
  const name = fc.array(label, { minLength: 1, maxLength: 4 }).map((labels) => labels.join('.'));
  const names = fc.uniqueArray(
    fc.tuple(name, fc.boolean()).map(([text, isWildcard]) => (isWildcard ? `*.${text}` : text)),
    { maxLength: 6 },
  );

  it('is the longest of those that take it', () => {
    fc.assert(
      fc.property(names, name, (hosts_, asked) => {
        const found = tableEvaluator(table(...hosts_.map((each) => host(each, [])))).hostFor(asked)?.host ?? null;
        const takes = (each: string) =>
          each === asked || (each.startsWith('*.') && asked.replace(/^[^.]+\./, '') === each.slice(2) && asked.includes('.'));
        const expected = hosts_.includes(asked) ? asked : (hosts_.filter(takes).sort((a, b) => b.length - a.length)[0] ?? null);
        expect(found).toBe(expected);
      }),
      { seed: 7 },
    );
  });
});

describe('the rules of a host', () => {
  it('in their order, not by length', () => {
    expect(ask(table(host('a.test', [rule('/', 'first'), rule('/x', 'second')])), 'http://a.test/x')).toBe('first:80 /x');
  });

  it('by every condition', () => {
    const routes = table(
      host('a.test', [
        rule('/', 'all', {
          match: {
            methods: ['POST'],
            headers: [{ name: 'X-A', value: '1', kind: 'exact' }],
            cookies: [{ name: 'c', value: '^(1|2)$', kind: 'regex' }],
            queryParams: [{ name: 'q', value: '1', kind: 'exact' }],
          },
        }),
        rule('/', 'inside', { match: { sourceRanges: ['10.0.0.0/8'] } }),
        rule('/', 'other'),
      ]),
    );
    const request = { headers: { 'x-a': '1' }, cookies: { c: '2' } };
    expect(ask(routes, 'POST http://a.test/?q=1', request)).toBe('all:80 /');
    expect(ask(routes, 'GET http://a.test/?q=1', request)).toBe('other:80 /');
    expect(ask(routes, 'POST http://a.test/?q=2', request)).toBe('other:80 /');
    expect(ask(routes, 'POST http://a.test/?q=1', { ...request, cookies: { c: '3' } })).toBe('other:80 /');
    expect(ask(routes, 'POST http://a.test/?q=1', { ...request, headers: {} })).toBe('other:80 /');
  });

  it('by scheme and port', () => {
    const routes = table(
      host('a.test', [rule('/', 'secure', { scheme: 'https' }), rule('/', 'clear', { scheme: 'http' })], {
        ports: [
          { scheme: 'http', port: 8080 },
          { scheme: 'https', port: 443 },
        ],
      }),
    );
    expect(ask(routes, 'https://a.test/')).toBe('secure:80 /');
    expect(ask(routes, 'http://a.test:8080/')).toBe('clear:80 /');
    expect(ask(routes, 'http://a.test/')).toBe('unreachable');
  });

  it('are not asked for what nginx refuses or for a pattern nobody can evaluate', () => {
    const routes = table(host('a.test', [rule('~/a(?!b)', 'pattern'), rule('/', 's')]));
    expect(ask(routes, 'http://a.test/%zz')).toBe('400');
    expect(ask(routes, 'http://a.test/../x')).toBe('400');
    expect(ask(routes, 'http://a.test/ac')).toBe('undecidable');
  });

  it('the path is compared decoded and merged, and sent as it came', () => {
    const routes = table(host('a.test', [rule('/admin', 'admin'), rule('/', 's')]));
    expect(ask(routes, 'http://a.test/%61dmin//x')).toBe('admin:80 /%61dmin//x');
    expect(ask(routes, 'http://a.test/admin%2Fx')).toBe('admin:80 /admin%2Fx');
  });
});

describe('answers', () => {
  it('redirect to https before anything else', () => {
    const routes = table(
      host('a.test', [rule('/', 's', { httpsRedirect: { status: 308, port: 443, entries: [] }, intents: [PASSWORD] })]),
      host('b.test', [rule('/', 's', { httpsRedirect: { status: 308, port: 8443, entries: [] } })]),
    );
    expect(ask(routes, 'http://a.test/x?y=1')).toBe('308 https://a.test/x?y=1');
    expect(ask(routes, 'http://b.test/x')).toBe('308 https://b.test:8443/x');
    expect(ask(routes, 'https://a.test/x')).toBe('s:80 /x [basicAuth]');
  });

  const redirect = (more: Partial<Redirect>): Redirect => ({
    status: 302,
    scheme: null,
    host: null,
    port: null,
    path: { kind: 'keep' },
    query: { kind: 'keep' },
    entries: [],
    ...more,
  });
  it.each<readonly [Partial<Redirect>, string, string]>([
    [{}, 'http://a.test/foo/x?y=1', '302 http://a.test/foo/x?y=1'],
    [{ status: 301, scheme: 'https', host: 'b.test' }, 'http://a.test/foo', '301 https://b.test/foo'],
    [{ port: 8080 }, 'http://a.test/foo', '302 http://a.test:8080/foo'],
    [{ scheme: 'https', port: 443 }, 'http://a.test/foo', '302 https://a.test/foo'],
    [{ path: { kind: 'full', path: '/new' }, query: { kind: 'drop' } }, 'http://a.test/foo?y=1', '302 http://a.test/new'],
    [{ path: { kind: 'full', path: '/new' }, query: { kind: 'set', value: 'z=1' } }, 'http://a.test/foo?y=1', '302 http://a.test/new?z=1'],
    [{ path: { kind: 'prefix', path: '/new' } }, 'http://a.test/foo/x', '302 http://a.test/new/x'],
    [
      { path: { kind: 'regex', pattern: '/foo/(.*)', replacement: '/$1', caseInsensitive: false } },
      'http://a.test/foo/x/y',
      '302 http://a.test/x/y',
    ],
  ])('redirect %j on %s: %s', (more, url, answer) => {
    const routes = table(host('a.test', [rule('/foo', '', { action: { kind: 'redirect', redirect: redirect(more) } })]));
    expect(ask(routes, url)).toBe(answer);
  });

  it('rewrite the path by prefix, whole, or by pattern', () => {
    const rewritten = (rewrite: { kind: 'full' | 'prefix'; path: string; entries: [] }, path: string) =>
      ask(
        table(host('a.test', [rule('/foo', 's', { action: { kind: 'forward', backends: [backend('s')], rewrite } })])),
        `http://a.test${path}`,
      );
    expect(rewritten({ kind: 'prefix', path: '/', entries: [] }, '/foo/x')).toBe('s:80 /x');
    expect(rewritten({ kind: 'prefix', path: '/y/', entries: [] }, '/foo')).toBe('s:80 /y');
    expect(rewritten({ kind: 'full', path: '/y', entries: [] }, '/foo/x')).toBe('s:80 /y');
  });

  it('share by weight; without any it is 503', () => {
    const split = (...backends: ReturnType<typeof backend>[]) =>
      ask(table(host('a.test', [rule('/', '', { action: { kind: 'forward', backends, rewrite: null } })])), 'http://a.test/');
    expect(split(backend('a', 80), backend('b', 20), backend('c', 0))).toBe('a:80 / 80/100 | b:80 / 20/100');
    expect(split(backend('a', 0))).toBe('503');
  });

  it('pass TLS through', () => {
    const routes = table(host('a.test', [rule('/', 's')], { passthrough: { ...backend('t'), port: 443 } }));
    expect(ask(routes, 'https://a.test/')).toBe('tls to t:443');
    expect(ask(routes, 'http://a.test/')).toBe('s:80 /');
  });

  it('protections come from rule and host; a client certificate that is not asked for is none', () => {
    const certificate = (verify: 'required' | 'off') =>
      ({
        kind: 'clientCertificate',
        secret: { namespace: 'team', name: 'ca' },
        verify,
        depth: 1,
        errorPage: null,
        passToBackend: false,
        matchCommonName: null,
        entries: [],
      }) as const;
    const routes = (verify: 'required' | 'off') =>
      table(host('a.test', [rule('/', 's', { intents: [PASSWORD] })], { intents: [certificate(verify)] }));
    expect(ask(routes('required'), 'https://a.test/')).toBe('s:80 / [basicAuth] [clientCertificate]');
    expect(ask(routes('off'), 'https://a.test/')).toBe('s:80 / [basicAuth]');
  });
});
