import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  covers,
  gatewayPathValue,
  gatewayRegex,
  isRe2,
  literalHead,
  literalOf,
  matchesPath,
  normalisePath,
  samplePaths,
} from '../../../src/route/path/index.ts';
import { fullyMatchesRe2 } from '../../../src/route/path/regex/re2.ts';
import { paths, patterns, sampled } from './arbitraries.ts';

const insensitive = { caseInsensitive: true };

describe('literalOf', () => {
  it.each([
    ['/foo', { text: '/foo', loose: false }],
    ['/v1\\.2', { text: '/v1.2', loose: false }],
    ['/v1.2', { text: '/v1.2', loose: true }],
    ['/', { text: '/', loose: false }],
    ['/foo$', null],
    ['/foo+', null],
    ['/(foo)', null],
    ['/[f]', null],
    ['/(', null],
  ] as const)('%s', (pattern, expected) => {
    expect(literalOf(pattern)).toEqual(expected);
  });
});

describe('literalHead', () => {
  it.each([
    ['/foo', '/foo', '/'],
    ['/foo/bar', '/foo/bar', '/foo'],
    ['/foo(/|$)(.*)', '/foo', '/foo'],
    ['/foo/(.*)', '/foo/', '/foo'],
    ['/foo/[0-9]+/x', '/foo/', '/foo'],
    ['/api/(v1|v2)/x$', '/api/v', '/api'],
    ['/(a|b)/x', '/', '/'],
    ['/foo?', '/fo', '/'],
    ['/a/(X|x)/y', '/a/X', '/a'],
    ['/a|/b', '/', '/'],
    ['/admin(?=/)', '/admin', '/'],
    ['/admin/(?!x)', '/admin/', '/admin'],
    ['/foo//bar', '/foo/', '/foo'],
    ['/(?R)', '/', '/'],
    ['/(', '/', '/'],
  ])('%s', (pattern, text, prefix) => {
    expect(literalHead(pattern, { caseInsensitive: false })).toEqual({ text, prefix });
  });

  it('guards every spelling where case counts for nothing', () => {
    expect(literalHead('/1/admin(/|$)', insensitive)).toEqual({ text: '/1/admin', prefix: '/1' });
    expect(literalHead('/admin(/|$)', insensitive).prefix).toBe('/');
  });

  it('covers every match', () => {
    fc.assert(
      fc.property(patterns, fc.boolean(), fc.array(paths, { maxLength: 8 }), (pattern, caseInsensitive, some) => {
        const { text, prefix } = literalHead(pattern, { caseInsensitive });
        expect(gatewayPathValue(prefix)).not.toBeNull();
        for (const path of [...some, ...sampled(pattern)]) {
          if (matchesPath({ kind: 'regex', pattern, caseInsensitive }, path) !== true) continue;
          expect({ pattern, path, within: matchesPath({ kind: 'prefix', value: prefix }, path) }).toEqual({ pattern, path, within: true });
          expect(path.toLowerCase().startsWith(text.toLowerCase()) || `${path}/`.toLowerCase() === text.toLowerCase()).toBe(true);
        }
        expect(covers({ kind: 'prefix', value: prefix }, { kind: 'regex', pattern, caseInsensitive })).toBe(true);
      }),
      { numRuns: 1000, seed: 3 },
    );
  });
});

describe('gatewayRegex', () => {
  it.each([
    ['/foo', '(?i)/foo.*'],
    ['/123', '/123.*'],
    ['/foo$', '(?i)/foo'],
    ['/foo\\$', '(?i)/foo\\$.*'],
    ['/foo/.*', '(?i)/foo/.*'],
    ['/foo(/|$)(.*)', '(?i)/foo(/|$)(.*)'],
    ['/foo(/.*)?', '(?i)/foo(/.*)?.*'],
    ['/users/\\d+$', '(?i)/users/\\d+'],
    ['/[0-9]+/\\w$', '/[0-9]+/\\w'],
    ['^/foo', '(?i)/foo.*'],
    ['/a|/b$', '(?i)(?:/a.*|.*/b)'],
    ['/(?i)foo', '(?i)/foo.*'],
  ])('%s is %s', (pattern, value) => {
    expect(gatewayRegex(pattern, insensitive)).toEqual({ kind: 'regex', value });
  });

  it.each([
    ['/a(?=b)', 'not-re2'],
    ['/(a)\\1', 'not-re2'],
    ['/a++', 'not-re2'],
    ['/a{,3}', 'ambiguous'],
    ['/(', 'invalid'],
    ['^$', 'invalid'],
    ['/a b', 'encoded'],
    ['/a%20b', 'encoded'],
    [`/${'(a|b)'.repeat(300)}`, 'too-long'],
  ])('refuses %s', (pattern, reason) => {
    expect(gatewayRegex(pattern, insensitive)).toEqual({ kind: 'refused', reason });
  });

  it('takes as a whole what the location takes at its start', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          patterns,
          fc.tuple(patterns, patterns).map((both) => both.join('|')),
        ),
        fc.boolean(),
        fc.array(paths, { maxLength: 8 }),
        (pattern, caseInsensitive, some) => {
          const result = gatewayRegex(pattern, { caseInsensitive });
          if (result.kind === 'refused') return;
          for (const path of [...some, ...sampled(pattern)]) {
            const location = matchesPath({ kind: 'regex', pattern, caseInsensitive }, path);
            expect({ pattern, path, gateway: fullyMatchesRe2(result.value, path) }).toEqual({ pattern, path, gateway: location });
          }
        },
      ),
      { numRuns: 1000, seed: 3 },
    );
  });

  it('leaves the verdict to RE2', () => {
    expect(['/a(?=b)', '/\\1', '/a++', '/(?>a)', '/\\h', '/(?i)a', '/(?P<n>a)', '/[[:alpha:]]'].map(isRe2)).toEqual([
      false,
      false,
      false,
      false,
      false,
      true,
      true,
      true,
    ]);
  });
});

describe('matchesPath', () => {
  it.each([
    [{ kind: 'exact', value: '/a' }, '/a/', false],
    [{ kind: 'prefix', value: '/' }, '/x', true],
    [{ kind: 'prefix', value: '/a' }, '/a/b', true],
    [{ kind: 'prefix', value: '/a' }, '/ab', false],
    [{ kind: 'prefix', value: '/a/' }, '/a', false],
    [{ kind: 'text-prefix', value: '/a' }, '/ab', true],
    [{ kind: 'glob', value: '/a/*' }, '/a/', true],
    [{ kind: 'glob', value: '/a/*' }, '/a', false],
    [{ kind: 'glob', value: '/*/x?z' }, '/a/b/xyz', true],
    [{ kind: 'glob', value: '/a' }, '/ab', false],
    [{ kind: 'regex', pattern: '/a|/b', caseInsensitive: true }, '/x/B', true],
    [{ kind: 'regex', pattern: '/a', caseInsensitive: true }, '/x/a', false],
    [{ kind: 'regex', pattern: '/a', caseInsensitive: false }, '/A', false],
    [{ kind: 'regex', pattern: '/a(?=b)', caseInsensitive: true }, '/ab', 'unknown'],
    [{ kind: 'regex', pattern: '/a{,3}', caseInsensitive: true }, '/a', 'unknown'],
  ] as const)('%o on %s: %s', (match, path, expected) => {
    expect(matchesPath(match, path)).toBe(expected);
  });

  it('is quick on globs that invite backtracking', () => {
    expect(matchesPath({ kind: 'glob', value: `/${'*a'.repeat(40)}b` }, `/${'a'.repeat(4000)}`)).toBe(false);
  });
});

describe('normalisePath', () => {
  it.each([
    ['/foo', '/foo'],
    ['//foo//x', '/foo/x'],
    ['/%66oo/x', '/foo/x'],
    ['/foo%2Fx', '/foo/x'],
    ['/foo%2F%2fx/', '/foo/x/'],
    ['/a/./b/../c', '/a/c'],
    ['/a/%2e%2E/b', '/b'],
    ['/a/..', '/'],
    ['/a/b/..', '/a/'],
    ['/a/.', '/a/'],
    ['/a//../b', '/b'],
    ['/.well-known/...', '/.well-known/...'],
    ['/a%2520b', '/a%20b'],
    ['/a%3Fb', '/a?b'],
    ['/a?b=//c', '/a'],
    ['/caf%C3%A9', '/café'],
    ['/%E9', '/é'],
    ['/a+b', '/a+b'],
    ['/..', null],
    ['/a/../../b', null],
    ['/%zz', null],
    ['/a%2', null],
    ['/a%00', null],
    ['foo', null],
    ['', null],
  ])('%s', (raw, expected) => {
    expect(normalisePath(raw)).toBe(expected);
  });
});

describe('samplePaths', () => {
  it('tries the borders of a prefix', () => {
    expect(samplePaths({ kind: 'prefix', value: '/foo' })).toEqual(
      expect.arrayContaining(['/foo', '/foo/', '/foo/x', '/foobar', '/', '/FOO', '/foo//x', '/%66oo']),
    );
  });

  it('is the same every time, never empty, and made of request paths', () => {
    fc.assert(
      fc.property(fc.oneof(patterns, fc.string()), (pattern) => {
        const match = { kind: 'regex', pattern, caseInsensitive: true } as const;
        const samples = samplePaths(match);
        expect(samples).toEqual(samplePaths(match));
        expect(samples.every((path) => /^\/[\x21-\x7e]*$/.test(path))).toBe(true);
        expect(samples.length).toBeGreaterThan(0);
      }),
      { numRuns: 500, seed: 3 },
    );
  });

  it.each(['/foo(/|$)(.*)', '/users/([0-9]+)/x', '/(a|b)/v[12]\\.html$', '/[a-z]{3}/x+', '/foo/?$', '/.*\\.php$'])(
    'is inside and outside of %s',
    (pattern) => {
      const taken = sampled(pattern).map((path) => matchesPath({ kind: 'regex', pattern, caseInsensitive: true }, path));
      expect(new Set(taken)).toEqual(new Set([true, false]));
    },
  );
});
