import { describe, expect, test } from 'vitest';
import { file, ingress } from './ingress-text.ts';
import { ask, codesOf, endsOf, hostOf, linesOf, routed } from './routed.ts';

const one = (target: string, ...paths: string[]) =>
  routed(ingress('a', { annotations: { 'rewrite-target': target }, rules: { 'a.test': paths } }));

describe('part 6.1: when a host is a regex host', () => {
  test.each([
    ['/', '/ one', 'prefix / -> one:80'],
    ['/foo', '/foo one Exact', 'exact /foo -> one:80'],
    ['/foo/', '/foo/ one', 'exact /foo -> 301 (scheme)://(host)/foo/?(query)'],
    ['/bar?x=1', '/foo one', 'prefix /foo -> one:80'],
  ])('target %s of %s leaves it plain', (target, path, first) => {
    // The implicit root of the host would be rewritten as well.
    const result = routed(
      file(
        ingress('b', { rules: { 'a.test': ['/ root'] } }),
        ingress('a', { annotations: { 'rewrite-target': target }, rules: { 'a.test': [path] } }),
      ),
    );
    expect(linesOf(result, 'a.test').some((line) => line.startsWith('regex'))).toBe(false);
    if (path !== '/ one') expect(linesOf(result, 'a.test')).toContain(first);
  });

  test('a target that equals an undivided prefix is a rewrite of what is below it', () => {
    const result = one('/foo', '/foo one', '/ root');
    expect(linesOf(result, 'a.test')).toEqual(['regex /foo/ -> one:80 as /foo', 'regex /foo -> one:80', 'regex / -> root:80 as /foo']);
    expect(ask(result, 'http://a.test/foo/x')).toBe('one:80 /foo');
    expect(ask(result, 'http://a.test/foobar')).toBe('one:80 /foobar');
  });

  test('the implicit root counts', () => {
    expect(linesOf(one('/', '/foo one Exact'), 'a.test')).toEqual(['regex /foo -> one:80 as /', 'regex / -> 404']);
    expect(linesOf(one('/foo', '/foo one Exact'), 'a.test')).toEqual(['regex /foo -> one:80', 'regex / -> 404']);
  });

  test('canaries do not', () => {
    const result = routed(
      file(
        ingress('a', { rules: { 'a.test': ['/x one'] } }),
        ingress('b', {
          annotations: { canary: 'true', 'canary-weight': '5', 'use-regex': 'true', 'rewrite-target': '/y' },
          rules: { 'a.test': ['/x two'] },
        }),
      ),
    );
    expect(linesOf(result, 'a.test')).toEqual(['prefix /x -> one:80*95 two:80*5', 'prefix / -> 404']);
    expect(endsOf(result, 'rewrite-target')).toEqual(['inert nginx/canary/annotation-ignored']);
  });

  const mixed = routed(
    file(
      ingress('a', { annotations: { 'use-regex': 'true' }, rules: { 'a.test': ['/r/[0-9]+ regex ImplementationSpecific'] } }),
      ingress('b', { rules: { 'a.test': ['/exact exact Exact', '/pre pre'] } }),
    ),
  );
  test.each([
    ['/exact', 'exact:80 /exact'],
    ['/exactly', 'exact:80 /exactly'],
    ['/EXACT/x', 'exact:80 /EXACT/x'],
    ['/pre', 'pre:80 /pre'],
    ['/prefix', 'pre:80 /prefix'],
    ['/r/12/x', 'regex:80 /r/12/x'],
    ['/r/x', '404'],
  ])('all paths of the host, of whatever Ingress: %s', (path, expected) => expect(ask(mixed, `http://a.test${path}`)).toBe(expected));

  test('the cause is named at the paths of other Ingresses', () => {
    const found = mixed.findings.filter(({ code }) => code === 'nginx/location/regex-elsewhere');
    expect(found.map(({ args }) => args['path'])).toEqual(['/exact', '/pre']);
    expect(String(found[0]?.args['cause'])).toContain('use-regex of default/a');
  });

  test('the longest pattern text is tried first, not the longest match', () => {
    const result = routed(
      ingress('a', { annotations: { 'use-regex': 'true' }, rules: { 'a.test': ['/api/foo foo', '/api/[a-z]{3} any'] } }),
    );
    expect(ask(result, 'http://a.test/api/foo')).toBe('any:80 /api/foo');
  });

  test('of two paths with the same text only the first is reached, and that is the implicit root before an exact one', () => {
    const root = one('/path', '/ one Exact');
    expect(linesOf(root, 'a.test')).toEqual(['regex / -> 404']);
    expect(codesOf(root)).toEqual(['nginx/location/never-reached']);
    expect(endsOf(root, 'spec.rules[0].http.paths[0].path')).toEqual(['inert nginx/location/never-reached']);
    const both = routed(
      ingress('a', { annotations: { 'use-regex': 'true' }, rules: { 'a.test': ['/foo one Exact', '/foo two', '/ root'] } }),
    );
    expect(linesOf(both, 'a.test')).toEqual(['regex /foo -> one:80', 'regex / -> root:80']);
    const plain = routed(
      file(
        ingress('b', { rules: { 'a.test': ['/foo two', '/foo one Exact'] } }),
        ingress('a', { annotations: { 'use-regex': 'true' }, rules: { 'a.test': ['/ root'] } }),
      ),
    );
    expect(ask(plain, 'http://a.test/foo/x')).toBe('two:80 /foo/x');
    expect(ask(plain, 'http://a.test/foo')).toBe('one:80 /foo');
  });

  test('no redirect to the slash on a regex host', () => {
    expect(
      ask(routed(ingress('a', { annotations: { 'use-regex': 'true' }, rules: { 'a.test': ['/foo/ one'] } })), 'http://a.test/foo'),
    ).toBe('404');
  });

  test('a rejected target changes nothing', () => {
    const result = one('/bar?x=1', '/foo one');
    expect(ask(result, 'http://a.test/foo/x')).toBe('one:80 /foo/x');
    expect(codesOf(result)).toEqual(['nginx/rewrite-target/dropped']);
    expect(endsOf(result, 'rewrite-target')).toEqual(['inert nginx/rewrite-target/dropped']);
  });
});

describe('part 6.3: what a rewrite does', () => {
  test.each([
    ['/foo', '/', '/foo/x', 'one:80 /'],
    ['/foo', '/bar', '/foobar', 'one:80 /bar'],
    ['/foo(/|$)(.*)', '/$2', '/foo/x/y', 'one:80 /x/y'],
    ['/foo(/|$)(.*)', '/$2', '/foo', 'one:80 /'],
    ['/foo(/|$)(.*)', '/bar$1$2', '/foo/x', 'one:80 /bar/x'],
    ['/foo/(.*)', '/$1', '/foo/a%2Fb', 'one:80 /a/b'],
    ['/v([0-9]+)/(.*)', '/api/v$1/$2', '/v2/x', 'one:80 /api/v2/x'],
    ['/foo/(.*)', 'https://b.test/$1', '/foo/x', '302 https://b.test/x'],
    ['/foo', 'http://b.test:8080/y', '/foo/x', '302 http://b.test:8080/y'],
    ['/foo', '$scheme://b.test', '/foo/x', '302 http://b.test/'],
  ])('%s to %s: %s', (path, target, request, expected) => {
    expect(ask(one(target, `${path} one ImplementationSpecific`), `http://a.test${request}`)).toBe(expected);
  });

  test('a redirect of the rewrite comes before HTTPS', () => {
    const result = routed(
      ingress('a', {
        annotations: { 'rewrite-target': 'https://b.test/$1' },
        rules: { 'a.test': ['/foo/(.*) one ImplementationSpecific'] },
        tls: ['cert: a.test'],
      }),
    );
    expect(ask(result, 'http://a.test/foo/x')).toBe('302 https://b.test/x');
  });

  test('the entries stand in the rewrite; one that does nothing is said so', () => {
    expect(hostOf(one('/$1', '/foo/(.*) one ImplementationSpecific'), 'a.test').rules[0]?.action).toMatchObject({
      rewrite: { entries: [{ name: 'nginx.ingress.kubernetes.io/rewrite-target' }] },
    });
    expect(endsOf(one('/', '/ one'), 'rewrite-target')).toEqual(['inert nginx/rest/rewrite-to-itself']);
  });

  test('x-forwarded-prefix goes with rewritten paths alone', () => {
    const annotations = { 'rewrite-target': '/', 'x-forwarded-prefix': '/p' };
    const result = routed(ingress('a', { annotations, rules: { 'a.test': ['/ root', '/x one'] } }));
    expect(hostOf(result, 'a.test').rules.map(({ intents }) => intents.map(({ kind }) => kind))).toEqual([['requestHeaders'], []]);
    const alone = routed(ingress('a', { annotations: { 'x-forwarded-prefix': '/p' }, rules: { 'a.test': ['/x one'] } }));
    expect(endsOf(alone, 'x-forwarded-prefix')).toEqual(['inert nginx/rest/prefix-without-rewrite']);
    const groups = routed(
      ingress('a', { annotations: { 'rewrite-target': '/$1', 'x-forwarded-prefix': '/$1' }, rules: { 'a.test': ['/x/(.*) one'] } }),
    );
    expect(endsOf(groups, 'x-forwarded-prefix')).toEqual(['unmapped nginx/x-forwarded-prefix/groups']);
  });
});
