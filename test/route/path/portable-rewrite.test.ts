import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isDeclared, matchesPath, type PathDifference, portableRewrite, rewrittenPath } from '../../../src/route/path/index.ts';
import { paths, patterns, sampled } from './arbitraries.ts';
import { gatewayChoice, gatewayRewrite } from './gateway-oracle.ts';

const insensitive = { caseInsensitive: true };

function shape(pattern: string, target: string): readonly string[] | string {
  const result = portableRewrite(pattern, target, insensitive);
  if (result.kind !== 'portable') return result.reason;
  return result.rules.map((rule) => {
    const rewrite = rule.rewrite.kind === 'none' ? 'none' : `${rule.rewrite.kind} ${rule.rewrite.path}`;
    return [`${rule.type} ${rule.value}`, rewrite, ...rule.differences.filter((d) => d.kind !== 'case').map(told)].join(' · ');
  });
}

function told(difference: PathDifference): string {
  if (difference.kind !== 'rewrite')
    return `${difference.kind} ${difference.lost === null ? '+' : '-'}${difference.lost ?? difference.gained}`;
  return `${difference.path}: ${difference.before ?? '500'} => ${difference.after}`;
}

describe('portableRewrite, the table of shapes', () => {
  it.each([
    ['/', '/', ['PathPrefix / · none']],
    ['/foo', '/foo', ['PathPrefix /foo · full /foo · boundary -/foobar']],
    ['/foo/', '/foo/', ['PathPrefix /foo/ · none · bare-prefix +/foo']],
    ['/foo', '/', ['PathPrefix /foo · full / · boundary -/foobar']],
    ['/foo', '/bar', ['PathPrefix /foo · full /bar · boundary -/foobar']],
    ['/', '/bar', ['PathPrefix / · full /bar']],
    ['/.*', '/index.html', ['PathPrefix / · full /index.html']],
    ['/(.*)', '/$1', ['PathPrefix / · none']],
    ['/(api/.*)', '/$1', ['PathPrefix /api/ · none · bare-prefix +/api']],
    ['/foo(/|$)(.*)', '/$2', ['PathPrefix /foo · prefix /']],
    ['/foo(/|$)(.*)', '/bar/$2', ['PathPrefix /foo · prefix /bar · /foo: /bar/ => /bar']],
    ['/foo(/|$)(.*)', '/bar$1$2', ['PathPrefix /foo · prefix /bar']],
    ['/foo(/.*)?', '/bar$1', ['PathPrefix /foo · prefix /bar · boundary -/foobar']],
    ['/foo((?:/.*)?)', '/bar$1', ['PathPrefix /foo · prefix /bar · boundary -/foobar']],
    ['/foo/(.*)', '/$1', ['PathPrefix /foo/ · prefix / · bare-prefix +/foo']],
    ['/foo/(.*)', '/bar/$1', ['PathPrefix /foo/ · prefix /bar · bare-prefix +/foo']],
    ['/foo/(.*)', '/foo/$1', ['PathPrefix /foo/ · none · bare-prefix +/foo']],
    ['/foo/?(.*)', '/$1', ['PathPrefix /foo · prefix / · boundary -/foobar']],
    ['/foo(.*)', '/$1', ['PathPrefix /foo · prefix / · boundary -/foobar · /foo/: // => / · /foo/x: //x => /x']],
    ['/foo(.*)', '$1', ['PathPrefix /foo · prefix / · boundary -/foobar · /foo: 500 => /']],
    ['/foo(.*)', '/bar$1', ['PathPrefix /foo · prefix /bar · boundary -/foobar']],
    ['/(.*)', '/app/$1', ['PathPrefix / · prefix /app · /: /app/ => /app']],
    ['/(a|b)(/|$)(.*)', '/$3', ['PathPrefix /a · prefix /', 'PathPrefix /b · prefix /']],
    ['/(a|b)/(.*)', '/svc/$1/$2', ['PathPrefix /a/ · prefix /svc/a · bare-prefix +/a', 'PathPrefix /b/ · prefix /svc/b · bare-prefix +/b']],
    ['/foo$', '/bar', ['Exact /foo · full /bar']],
    ['/foo/?$', '/bar', ['Exact /foo/ · full /bar', 'Exact /foo · full /bar']],
    ['/foo(/|$)(.*)', '/', ['PathPrefix /foo · full /']],
    ['/foo/(.+)', '/bar', ['PathPrefix /foo/ · full /bar · bare-prefix +/foo · empty-rest +/foo/']],
    // One Ingress applies its target to every path: `/static` has no groups.
    ['/static', '/$2', ['PathPrefix /static · full / · boundary -/staticbar']],
    ['/v([0-9]+)/(.*)', '/$2', 'pattern'],
    ['/v([0-9]+)/(.*)', '/api/v$1/$2', 'pattern'],
    ['/users/([0-9]+)/x', '/x/$1', 'pattern'],
    ['/foo(?!bar)(.*)', '/$1', 'pattern'],
    ['/(a)(b)/(.*)', '/$3/$1', 'captures'],
    ['/foo/((.*))', '/$1/$2', 'captures'],
    ['/foo(/|$)(.*)', '/bar$2', 'captures'],
    ['/foo/([^/]+)', '/$1', 'captures'],
    ['/foo(.*)', '/$host/$1', 'variable'],
    ['/foo(.*)', '$uri', 'variable'],
    ['/foo(.*)', '/$0', 'variable'],
    ['/foo(/|$)(.*)', '$3', 'empty-path'],
    ['/foo(.*)', '/$1?x=1', 'invalid-target'],
    ['/foo(.*)', '/%20$1', 'invalid-target'],
    ['/foo(.*)', '/a b', 'invalid-target'],
    ['/foo(.*)', '', 'empty-target'],
    // The greedy tail gives its last slash back to the group behind it: `/foo/x/` becomes `/`.
    ['/foo(/.*)?/(.*)', '/$2', 'captures'],
    ['/foo(/.*)?/(.*)', '/bar', ['PathPrefix /foo/ · full /bar · bare-prefix +/foo']],
    [
      '/(foo|foobar)(/b|)',
      '/$2',
      [
        'PathPrefix /foo/b · full //b · /foo/B: //B => / · /foo/bbar: //b => /',
        'PathPrefix /foo · full / · boundary -/foox',
        'PathPrefix /foobar · full / · boundary -/foobarbar',
      ],
    ],
    [
      '/foo(/b|)(/|)',
      '$2/',
      ['PathPrefix /foo · full // · boundary -/foobar · /foo: / => // · /foo/b: / => // · /foo/B: / => // · /foo/bbar: / => //'],
    ],
    ['/foo(/bar)?(/|$)', '$2/', ['PathPrefix /foo · full // · /foo: / => // · /foo/bar: / => // · /foo/Bar: / => //']],
    ['/(api/.*)', '//$1', ['PathPrefix /api/ · prefix /api · bare-prefix +/api · /api/: //api/ => /api/ · /api/x: //api/x => /api/x']],
    // Alternatives for different depths keep a rule each.
    [
      '/foo(/deep|)/(.*)',
      '/$2',
      [
        'PathPrefix /foo/deep · prefix / · /foo/deep: /deep => / · /foo/Deep/: / => /Deep/',
        'PathPrefix /foo/ · prefix / · bare-prefix +/foo',
      ],
    ],
    ['/foo/(.*)', '$1', ['PathPrefix /foo/ · prefix / · bare-prefix +/foo · /foo/: 500 => / · /foo/x: x => /x']],
    ['/foo bar(/|$)(.*)', '/$2', ['PathPrefix /foo%20bar · prefix /']],
    ['/x(/a b)(/.*)?$', '$1$2', ['PathPrefix /x/a%20b · prefix /a%20b']],
  ] as const)('%s to %s', (pattern, target, expected) => {
    expect(shape(pattern, target)).toEqual(expected);
  });

  it.each([
    ['/foo(/|$)(.*)', 'https://other.test/$2', { scheme: 'https', host: 'other.test', port: null }, 'PathPrefix /foo · prefix /'],
    ['/foo(/|$)(.*)', 'http://other.test:8080/$2', { scheme: 'http', host: 'other.test', port: 8080 }, 'PathPrefix /foo · prefix /'],
    ['/(.*)', 'https://other.test/$1', { scheme: 'https', host: 'other.test', port: null }, 'PathPrefix / · none'],
    [
      '/foo(.*)',
      'https://other.test$1',
      { scheme: 'https', host: 'other.test', port: null },
      'PathPrefix /foo · prefix / · boundary -/foobar',
    ],
    ['/foo', 'https://Other.test', { scheme: 'https', host: 'other.test', port: null }, 'PathPrefix /foo · full / · boundary -/foobar'],
    ['/(.*)', 'https://$host/$1', { scheme: 'https', host: null, port: null }, 'PathPrefix / · none'],
    ['/(.*)', '$scheme://b.test/$1', { scheme: null, host: 'b.test', port: null }, 'PathPrefix / · none'],
  ] as const)('redirects %s to %s', (pattern, target, redirect, rule) => {
    expect(portableRewrite(pattern, target, insensitive)).toMatchObject({ kind: 'portable', redirect });
    expect(shape(pattern, target)).toEqual([rule]);
  });

  it.each([
    ['/foo/(.*)', 'https://other.test$1', 'origin'],
    ['/(.*)', 'https://$1.test/', 'origin'],
    ['/(.*)', 'https://a.test/$request_uri', 'variable'],
  ] as const)('does not take %s to %s for a redirect with a fixed host', (pattern, target, reason) => {
    expect(portableRewrite(pattern, target, insensitive)).toEqual({ kind: 'not-portable', reason });
  });
});

const targets = fc
  .array(fc.constantFrom('/', '/bar', '/bar/', '$1', '$2', '$3', '/$1', '/$2', '/foo', '/app', 'x'), { minLength: 1, maxLength: 3 })
  .map((pieces) => pieces.join(''));

/** nginx by another engine: the sources under test never run these patterns on a backtracking one. */
function nginxRewrite(pattern: string, target: string, path: string): string {
  const found = new RegExp(pattern, 'i').exec(path);
  if (found === null) throw new Error(`${pattern} is not found in ${path}`);
  return target.replace(/\$([1-9])/g, (_, digit: string) => found[Number(digit)] ?? '');
}

describe('portableRewrite against nginx', () => {
  it('tells every disagreement, and no other', () => {
    let portable = 0;
    fc.assert(
      fc.property(patterns, targets, fc.array(paths, { minLength: 6, maxLength: 6 }), (pattern, target, some) => {
        const result = portableRewrite(pattern, target, insensitive);
        if (result.kind !== 'portable' || (target === pattern && pattern.endsWith('/'))) return;
        portable += 1;
        const differences = result.rules.flatMap((rule) => rule.differences);
        const match = { kind: 'regex', pattern, caseInsensitive: true } as const;
        const sentBefore = (path: string) => (matchesPath(match, path) === true ? nginxRewrite(pattern, target, path) : null);
        const sentAfter = (path: string) => {
          const rule = gatewayChoice(result.rules, path);
          return rule === undefined ? null : gatewayRewrite(rule, path);
        };
        for (const path of [...some, ...sampled(pattern)]) {
          if (sentBefore(path) !== sentAfter(path))
            expect({ pattern, target, path, declared: isDeclared(differences, path) }).toEqual({ pattern, target, path, declared: true });
        }
        for (const d of differences) {
          if (d.kind !== 'rewrite') continue;
          expect({ pattern, target, path: d.path, before: sentBefore(d.path) || null }).toEqual({
            pattern,
            target,
            path: d.path,
            before: d.before,
          });
          // Implementations differ on the root alone.
          if (d.path !== '/')
            expect({ pattern, target, path: d.path, after: sentAfter(d.path) }).toEqual({ pattern, target, path: d.path, after: d.after });
        }
      }),
      { numRuns: 1500, seed: 3 },
    );
    expect(portable).toBeGreaterThan(500);
  });
});

describe('rewrittenPath', () => {
  it('fills groups as a backtracking engine does', () => {
    fc.assert(
      fc.property(patterns, targets, paths, (pattern, target, path) => {
        const result = rewrittenPath(pattern, target, insensitive, path);
        if (result === 'unknown') return;
        const found = new RegExp(pattern, 'i').test(path);
        expect(result).toBe(found ? nginxRewrite(pattern, target, path) : null);
      }),
      { numRuns: 1500, seed: 3 },
    );
  });

  it.each([
    ['/foo(/|$)(.*)', '/$2', '/Foo/Bar', '/Bar'],
    ['/v([0-9]+)/(.*)', '/api/v$1/$2', '/v12/x', '/api/v12/x'],
    ['/a', '/b', '/x', null],
    ['/(a)(?=b)', '/$1', '/ab', 'unknown'],
    ['/(a)', '/$host', '/a', 'unknown'],
  ] as const)('%s to %s on %s', (pattern, target, path, expected) => {
    expect(rewrittenPath(pattern, target, insensitive, path)).toBe(expected);
  });

  it('is not stalled by a pattern that backtracks without end', () => {
    expect(rewrittenPath('/(?:a|aa)+(?:a|aa)+(?:a|aa)+(b)$', '/$1', insensitive, `/${'a'.repeat(3000)}`)).toBeNull();
  });
});
