import { describe, expect, it } from 'vitest';
import { generateRequests } from '../../../src/prove/generate/requests.ts';
import { variantsOf } from '../../../src/prove/generate/variants.ts';
import { requestText } from '../../../src/prove/request.ts';
import * as after from '../gateway-objects.ts';
import { host, rule, table } from '../routing-table.ts';

const nothing = table();
const gw = after.gateway([after.http('')]);
const texts = (set: ReturnType<typeof generateRequests>) => set.requests.map(requestText);

describe('hosts', () => {
  const hostsOf = (set: ReturnType<typeof generateRequests>) => [...new Set(set.requests.map((request) => request.host))];

  it('every one that either side names, with names around it, and an unknown one', () => {
    const routes = table(host('a.example.com', [rule('/', 's')]), host('*.w.test', [rule('/', 's')]), host('', [rule('/', 's')]));
    const objects = [after.gateway([after.http('l.example.com')]), after.route('r', ['r.example.com'], [after.rule('/', 's')])];
    expect(hostsOf(generateRequests(routes, [after.gateway([after.http('l.example.com')])], objects))).toEqual([
      'a.example.com',
      'gateshift-sibling.example.com',
      'l.example.com',
      'one.w.test',
      'r.example.com',
      'sub.a.example.com',
      'sub.l.example.com',
      'sub.r.example.com',
      'two.one.w.test',
      'unknown-host.invalid',
      'w.test',
    ]);
  });

  it('routes of other Gateways are left aside', () => {
    const foreign = after.route('r', ['r.example.com'], [after.rule('/', 's')], { name: 'other' });
    expect(hostsOf(generateRequests(nothing, [gw], [gw, foreign]))).toEqual(['unknown-host.invalid']);
  });
});

describe('paths', () => {
  it('of both sides, at their borders', () => {
    const set = generateRequests(
      table(host('a.test', [rule('/foo', 's')])),
      [gw],
      [gw, after.route('r', ['a.test'], [after.rule('=/bar/x', 's')])],
    );
    const paths = new Set(set.requests.filter((request) => request.host === 'a.test').map((request) => request.path));
    for (const path of [
      '/foo',
      '/foo/',
      '/foo/x',
      '/foobar',
      '/FOO',
      '/foo//x',
      '/fo',
      '/bar/x',
      '/bar/x/',
      '/bar',
      '/',
      '/%66oo',
      '/BAR/x'.toUpperCase(),
    ])
      expect(paths).toContain(path);
    expect([...paths].some((path) => path.startsWith('/%62ar'))).toBe(true);
  });

  it('none is left out, however many there are', () => {
    const rules = Array.from({ length: 400 }, (_, index) =>
      rule(`/path-${index}`, 's', { match: { headers: [{ name: 'x-a', value: '1', kind: 'exact' }] } }),
    );
    const { requests, reduced } = generateRequests(table(host('a.test', rules)), [], []);
    const paths = new Set(requests.map((request) => request.path));
    for (const index of rules.keys()) expect(paths).toContain(`/path-${index}/`);
    expect(reduced).toBe(0);
  });

  it('of a broader host on one with routes of its own: at their borders only', () => {
    const routes = table(host('a.test', [rule('/own', 's')]), host('*.test', [rule('/broad/path', 's')]));
    const pathsOf = (name: string) =>
      generateRequests(routes, [], [])
        .requests.filter((request) => request.host === name)
        .map(({ path }) => path);
    expect(pathsOf('a.test')).toEqual(expect.arrayContaining(['/own', '/own/x', '/broad/path', '/broad/path/']));
    expect(pathsOf('a.test')).not.toContain('/broad/pathbar');
    expect(pathsOf('one.test')).toContain('/broad/pathbar');
  });

  it('where redirects lead', () => {
    const target = after.rule('=/', '', {
      filters: [{ type: 'RequestRedirect', requestRedirect: { path: { type: 'ReplaceFullPath', replaceFullPath: '/app' } } }],
    });
    expect(texts(generateRequests(nothing, [gw], [gw, after.route('r', ['a.test'], [target])]))).toContain('GET http://a.test/app');
  });
});

describe('ports', () => {
  it('80, 443 and those of either side', () => {
    const routes = table(host('a.test', [rule('/', 's')], { ports: [{ scheme: 'http', port: 8080 }] }));
    const gateway = after.gateway([after.https(':8443'), after.tls('b.test:9443')]);
    const urls = generateRequests(routes, [gateway], []).requests.map(({ scheme, port }) => `${scheme}:${port}`);
    expect([...new Set(urls)]).toEqual(['http:80', 'https:443', 'http:8080', 'https:8443', 'https:9443']);
  });
});

describe('conditions', () => {
  const conditional = table(
    host('a.test', [
      rule('/x', 's', {
        match: {
          headers: [{ name: 'X-Canary', value: 'always', kind: 'exact' }],
          cookies: [{ name: 'canary', value: 'always', kind: 'exact' }],
          queryParams: [{ name: 'v', value: '2', kind: 'exact' }],
          methods: ['POST'],
        },
      }),
      rule('/y', 's'),
    ]),
  );
  const found = texts(generateRequests(conditional, [], []));

  it('every value named and one that is not, alone and together', () => {
    for (const text of [
      'GET http://a.test/x',
      'GET http://a.test/x (x-canary: always)',
      'GET http://a.test/x (x-canary: gateshift-other)',
      'GET http://a.test/x (cookie canary=always)',
      'GET http://a.test/x (x-canary: always, cookie canary=gateshift-other)',
      'GET http://a.test/x?v=2',
      'POST http://a.test/x',
      'OPTIONS http://a.test/x',
      'POST http://a.test/x?v=2 (x-canary: always)',
    ])
      expect(found).toContain(text);
  });

  it('only on paths where they decide', () => {
    expect(found.filter((text) => text.startsWith('GET http://a.test/y'))).not.toHaveLength(0);
    expect(found.filter((text) => /\/y\b.*(canary|v=2)/.test(text))).toEqual([]);
  });

  it('of objects as well, cookies by the pattern on their header', () => {
    const rules = [
      after.rule('/x', 's', { match: { headers: [{ type: 'RegularExpression', name: 'Cookie', value: '^(.*;\\s*)?canary=yes(;.*)?$' }] } }),
      after.rule('/x', 's', { match: { headers: [{ type: 'RegularExpression', name: 'X-Team', value: '^(red|blue)$' }] } }),
      after.rule('/x', 's', { match: { method: 'PUT', queryParams: [{ name: 'beta', value: '1' }] } }),
    ];
    const objects = texts(generateRequests(nothing, [gw], [gw, after.route('r', ['a.test'], rules)]));
    for (const text of [
      'GET http://a.test/x (cookie canary=yes)',
      'GET http://a.test/x (x-team: red)',
      'GET http://a.test/x (x-team: blue)',
      'PUT http://a.test/x?beta=1',
    ])
      expect(objects).toContain(text);
  });

  it('a query goes along where something redirects', () => {
    const redirecting = table(host('a.test', [rule('/', 's', { httpsRedirect: { status: 308, port: 443, entries: [] } })]));
    expect(texts(generateRequests(redirecting, [], []))).toContain('GET http://a.test/?q=1');
  });

  it('are a full product while it is small, and pairs beyond, with what is left out counted', () => {
    const dimension = (name: string, count: number) =>
      Array.from({ length: count }, (_, index) => ({ headers: { [name]: String(index) } }));
    const small = variantsOf([dimension('a', 2), dimension('b', 2)]);
    expect(small).toMatchObject({ left: 0 });
    expect(small.variants).toHaveLength(9);
    const names = ['a', 'b', 'c', 'd'];
    const large = variantsOf(names.map((name) => dimension(name, 3)));
    expect(large.variants.length + large.left).toBe(4 ** 4);
    for (const [index, a] of names.entries())
      for (const b of names.slice(index + 1))
        for (const x of ['0', '1', '2'])
          for (const y of ['0', '1', '2']) expect(large.variants.some(({ headers }) => headers[a] === x && headers[b] === y)).toBe(true);
  });
});

it('the same requests every time', () => {
  const objects = [gw, after.route('r', ['b.test'], [after.rule('~/x.*', 's')])];
  const routes = table(host('a.test', [rule('~/foo(/|$)(.*)', 's')]));
  expect(texts(generateRequests(routes, [gw], objects))).toEqual(texts(generateRequests(routes, [gw], objects)));
});
