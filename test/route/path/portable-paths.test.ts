import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isDeclared, matchesPath, portablePaths } from '../../../src/route/path/index.ts';
import { paths, patterns, sampled } from './arbitraries.ts';
import { gatewayMatches } from './gateway-oracle.ts';

const insensitive = { caseInsensitive: true };

function shape(pattern: string): readonly (readonly [string, readonly string[]])[] | null {
  return (
    portablePaths(pattern, insensitive)?.map((path) => [`${path.type} ${path.value}`, path.differences.map((d) => d.kind)] as const) ?? null
  );
}

describe('portablePaths', () => {
  it.each([
    ['/', [['PathPrefix /', []]]],
    ['/(.*)', [['PathPrefix /', []]]],
    ['/.*', [['PathPrefix /', []]]],
    ['/*', [['PathPrefix /', []]]],
    ['/123', [['PathPrefix /123', ['boundary']]]],
    ['/foo', [['PathPrefix /foo', ['case', 'boundary']]]],
    ['/foo(/|$)(.*)', [['PathPrefix /foo', ['case']]]],
    ['/foo(?:/|$)', [['PathPrefix /foo', ['case']]]],
    ['/foo/.*', [['PathPrefix /foo/', ['case', 'bare-prefix']]]],
    ['/foo/(.*)', [['PathPrefix /foo/', ['case', 'bare-prefix']]]],
    ['/foo/', [['PathPrefix /foo/', ['case', 'bare-prefix']]]],
    ['/foo/?(.*)', [['PathPrefix /foo', ['case', 'boundary']]]],
    ['/foo(.*)', [['PathPrefix /foo', ['case', 'boundary']]]],
    ['/foo(/.*)?', [['PathPrefix /foo', ['case', 'boundary']]]],
    ['/foo(/.*)?$', [['PathPrefix /foo', ['case']]]],
    ['/foo/(.+)', [['PathPrefix /foo/', ['case', 'bare-prefix', 'empty-rest']]]],
    ['/foo/[^/]+', [['PathPrefix /foo/', ['case', 'bare-prefix', 'empty-rest']]]],
    ['/foo/*', [['PathPrefix /foo', ['case', 'boundary']]]],
    ['/foo$', [['Exact /foo', ['case']]]],
    [
      '/foo/?$',
      [
        ['Exact /foo/', ['case']],
        ['Exact /foo', ['case']],
      ],
    ],
    ['/$', [['Exact /', []]]],
    [
      '/(a|b)(/|$)(.*)',
      [
        ['PathPrefix /a', ['case']],
        ['PathPrefix /b', ['case']],
      ],
    ],
    [
      '/v[12]/',
      [
        ['PathPrefix /v1/', ['case', 'bare-prefix']],
        ['PathPrefix /v2/', ['case', 'bare-prefix']],
      ],
    ],
    [
      '/status*',
      [
        ['PathPrefix /status', ['case', 'boundary']],
        ['PathPrefix /statu', ['case', 'boundary']],
      ],
    ],
    ['/v1.2/', [['PathPrefix /v1.2/', ['case', 'any-character', 'bare-prefix']]]],
    ['/v1\\.2/', [['PathPrefix /v1.2/', ['case', 'bare-prefix']]]],
    ['/foo bar$', [['Exact /foo%20bar', ['case']]]],
    ['/a%20$', [['Exact /a%2520', ['case']]]],
  ] as const)('%s', (pattern, expected) => {
    expect(shape(pattern)).toEqual(expected);
  });

  it.each([
    '/users/([0-9]+)/x',
    '/v([0-9]+)/(.*)',
    '/[a-z]{3}',
    '/.*\\.php$',
    '/a(?=b)',
    '/(a)\\1',
    '/a++',
    '/goo+gle',
    '/a|/b',
    '/report-(.*)',
    '/foo/.',
    '/foo//bar',
    '/(',
    'foo',
  ])('leaves %s a regular expression', (pattern) => {
    expect(shape(pattern)).toBeNull();
  });

  it('has no case difference for patterns that keep case', () => {
    expect(portablePaths('/foo(/|$)', { caseInsensitive: false })?.[0]?.differences).toEqual([]);
  });

  it('tells every disagreement with the pattern, and no other', () => {
    fc.assert(
      fc.property(patterns, fc.array(paths, { minLength: 8, maxLength: 8 }), fc.boolean(), (pattern, some, caseInsensitive) => {
        const portable = portablePaths(pattern, { caseInsensitive });
        if (portable === null) return;
        const nginx = (path: string) => matchesPath({ kind: 'regex', pattern, caseInsensitive }, path);
        const gateway = (path: string) => portable.some((candidate) => gatewayMatches(candidate, path));
        const differences = portable.flatMap((candidate) => candidate.differences);
        const examples = differences.flatMap((d) => d.lost ?? d.gained ?? []);
        for (const path of [...some, ...sampled(pattern), ...examples]) {
          if (nginx(path) !== gateway(path))
            expect({ pattern, path, declared: isDeclared(differences, path) }).toEqual({ pattern, path, declared: true });
        }
        for (const d of differences) {
          if (d.lost !== null)
            expect({ pattern, d, nginx: nginx(d.lost), gateway: gateway(d.lost) }).toMatchObject({ nginx: true, gateway: false });
          if (d.gained !== null)
            expect({ pattern, d, nginx: nginx(d.gained), gateway: gateway(d.gained) }).toMatchObject({ nginx: false, gateway: true });
        }
      }),
      { numRuns: 1500, seed: 3 },
    );
  });

  it('does not declare what is alike', () => {
    const all = (pattern: string) => portablePaths(pattern, insensitive)?.flatMap((path) => path.differences) ?? [];
    expect(['/foo', '/foo/', '/foo/x', '/fo', '/x', '/foo/BAR'].filter((path) => isDeclared(all('/foo'), path))).toEqual([]);
    expect(['/foo/x', '/foo/', '/foobar'].filter((path) => isDeclared(all('/foo/(.*)'), path))).toEqual([]);
    expect(isDeclared(all('/foo/(.*)'), '/foo')).toBe(true);
  });
});
