import { describe, expect, test } from 'vitest';
import { file, ingress } from './ingress-text.ts';
import { ask, codesOf, endsOf, linesOf, routed } from './routed.ts';

describe('part 4: several Ingresses, same host and path', () => {
  test('ImplementationSpecific and no type count as Prefix; Exact is another path', () => {
    const result = routed(
      file(
        ingress('c', { created: '2020-01-01T00:00:00Z', rules: { 'a.test': ['/x prefix'] } }),
        ingress('b', { created: '2021-01-01T00:00:00Z', rules: { 'a.test': ['/x specific ImplementationSpecific', '/x exact Exact'] } }),
      ),
    );
    expect(linesOf(result, 'a.test')).toEqual(['exact /x -> exact:80', 'prefix /x -> prefix:80', 'prefix / -> 404']);
    expect(codesOf(result)).toEqual([]);
  });

  test('twice in one Ingress: the first, without a question', () => {
    const result = routed(ingress('a', { rules: { 'a.test': ['/x one', '/x two'] } }));
    expect(ask(result, 'http://a.test/x')).toBe('one:80 /x');
    expect(codesOf(result)).toEqual([]);
  });

  test('a resource backend leaves the path to others', () => {
    const result = routed(
      file(ingress('b', { rules: { 'a.test': ['/x resource:assets'] } }), ingress('a', { rules: { 'a.test': ['/x two'] } })),
    );
    expect(ask(result, 'http://a.test/x')).toBe('two:80 /x');
    expect(codesOf(result)).toContain('nginx/location/resource-backend');
  });

  test('locations that nginx refuses to have twice', () => {
    const slashes = routed(ingress('a', { rules: { 'a.test': ['/p one', '/p/ two'] } }));
    expect(codesOf(slashes)).toEqual(['nginx/conflict/duplicate-location']);
    expect(linesOf(slashes, 'a.test')).toEqual(['prefix /p -> one:80', 'prefix / -> 404']);
    const third = routed(
      file(
        ingress('c', { rules: { 'a.test': ['/p one'] } }),
        ingress('b', { rules: { 'a.test': ['/p two Exact'] } }),
        ingress('a', { rules: { 'a.test': ['/p three Exact'] } }),
      ),
    );
    expect(codesOf(third)).toEqual(['nginx/conflict/duplicate-location']);
    expect(ask(third, 'http://a.test/p')).toBe('two:80 /p');
  });

  test('on a regex host both stay', () => {
    const result = routed(ingress('a', { annotations: { 'use-regex': 'true' }, rules: { 'a.test': ['/p one', '/p/ two'] } }));
    expect(codesOf(result)).toEqual([]);
    expect(linesOf(result, 'a.test')).toEqual(['regex /p/ -> two:80', 'regex /p -> one:80', 'regex / -> 404']);
  });
});

describe('part 5: paths without regex', () => {
  const NONE = '404';
  test.each([
    ['/foo one', '/foo', 'one:80 /foo'],
    ['/foo one', '/foo/', 'one:80 /foo/'],
    ['/foo one', '/foo/x', 'one:80 /foo/x'],
    ['/foo one', '/foobar', NONE],
    ['/foo one', '/FOO', NONE],
    ['/foo/ one', '/foo/', 'one:80 /foo/'],
    ['/foo/ one', '/foo/x', 'one:80 /foo/x'],
    ['/foo/ one', '/foo', '301 http://a.test/foo/'],
    ['/foo/ one Exact', '/foo', '301 http://a.test/foo/'],
    ['/foo/ one Exact', '/foo/x', NONE],
    ['/foo one Exact', '/foo/', NONE],
    ['/foo one Exact', '/foo', 'one:80 /foo'],
    ['/ one', '/anything', 'one:80 /anything'],
    ['/foo one', '//foo//x', 'one:80 //foo//x'],
    ['/foo one', '/%66oo/x', 'one:80 /%66oo/x'],
    ['/foo one', '/foo%2Fx', 'one:80 /foo%2Fx'],
  ])('%s, request %s: %s', (path, request, expected) => {
    expect(ask(routed(ingress('a', { rules: { 'a.test': [path] } })), `http://a.test${request}`)).toBe(expected);
  });

  test('the redirect to the slash keeps the query, ignores a root, and comes before HTTPS', () => {
    const result = routed(ingress('a', { rules: { 'a.test': ['/foo/ one', '/ root'] }, tls: ['cert: a.test'] }));
    expect(ask(result, 'http://a.test/foo?x=1')).toBe('301 http://a.test/foo/?x=1');
    expect(ask(result, 'http://a.test/foo/')).toBe('308 https://a.test/foo/');
  });

  test('it is not given where something serves the path exactly, and once for both types', () => {
    expect(linesOf(routed(ingress('a', { rules: { 'a.test': ['/foo/ one', '/foo two Exact', '/ root'] } })), 'a.test')).toEqual([
      'exact /foo -> two:80',
      'prefix /foo/ -> one:80',
      'prefix / -> root:80',
    ]);
    expect(linesOf(routed(ingress('a', { rules: { 'a.test': ['/foo/ one', '/foo/ two Exact', '/ root'] } })), 'a.test')).toEqual([
      'exact /foo/ -> two:80',
      'exact /foo -> 301 (scheme)://(host)/foo/?(query)',
      'prefix /foo/ -> one:80',
      'prefix / -> root:80',
    ]);
  });

  test('exact before prefix, then the longest', () => {
    const result = routed(ingress('a', { rules: { 'a.test': ['/ root', '/a/b deep', '/a one', '/a exact Exact'] } }));
    expect(linesOf(result, 'a.test')).toEqual([
      'exact /a -> exact:80',
      'prefix /a/b -> deep:80',
      'prefix /a -> one:80',
      'prefix / -> root:80',
    ]);
  });

  test('a pattern without anything that makes it one is said to be letters; a path without slash is never asked for', () => {
    const result = routed(ingress('a', { rules: { 'a.test': ['/foo(.*) one ImplementationSpecific', 'bar two ImplementationSpecific'] } }));
    expect(codesOf(result)).toEqual(['nginx/location/literal-pattern', 'nginx/location/never-matched']);
    expect(linesOf(result, 'a.test')).toEqual(['prefix /foo(.*) -> one:80', 'prefix / -> 404']);
    expect(endsOf(result, 'spec.rules[0].http.paths[1].backend.service.name')).toEqual(['inert nginx/location/never-matched']);
  });
});
