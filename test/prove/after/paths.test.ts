import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { modifyPath, normalise, pathTakes } from '../../../src/prove/after/paths.ts';
import { pathOf } from '../gateway-objects.ts';

describe('matching', () => {
  it.each([
    ['/foo', '/foo', true],
    ['/foo', '/foo/', true],
    ['/foo', '/foo/bar', true],
    ['/foo', '/foobar', false],
    ['/foo', '/Foo', false],
    ['/foo', '/', false],
    ['/foo/', '/foo', true],
    ['/foo/', '/foo/', true],
    ['/foo/', '/foo/bar', true],
    ['/foo/', '/foobar', false],
    ['/', '/', true],
    ['/', '/anything', true],
    ['=/foo', '/foo', true],
    ['=/foo', '/foo/', false],
    ['=/foo/', '/foo', false],
    ['=/foo', '/FOO', false],
    ['~/a.c', '/abc', true],
    ['~/a.c', '/abcd', false],
    ['~/a.c.*', '/abcd', true],
    ['~(?i)/abc', '/ABC', true],
    ['~/a(?=b)', '/ab', 'undecidable'],
  ] as const)('%s on %s: %s', (match, path, taken) => {
    expect(pathTakes(pathOf(match), path)).toBe(taken);
  });

  it('no path at all takes everything', () => {
    expect(pathTakes(undefined, '/x')).toBe(true);
  });
});

/** The table of the HTTPRoute reference. */
const REPLACED = [
  ['/foo/bar', '/foo', '/xyz', '/xyz/bar'],
  ['/foo/bar', '/foo', '/xyz/', '/xyz/bar'],
  ['/foo/bar', '/foo/', '/xyz', '/xyz/bar'],
  ['/foo/bar', '/foo/', '/xyz/', '/xyz/bar'],
  ['/foo', '/foo', '/xyz', '/xyz'],
  ['/foo/', '/foo', '/xyz', '/xyz/'],
  ['/foo/bar', '/foo', '', '/bar'],
  ['/foo/', '/foo', '', '/'],
  ['/foo', '/foo', '', '/'],
  ['/foo/', '/foo', '/', '/'],
  ['/foo', '/foo', '/', '/'],
  ['/foo/bar', '/foo', '/', '/bar'],
] as const;

describe('modifiers', () => {
  it.each(REPLACED)('%s under %s replaced by "%s" is %s', (path, prefix, replacement, result) => {
    expect(modifyPath({ type: 'ReplacePrefixMatch', replacePrefixMatch: replacement }, pathOf(prefix), path)).toBe(result);
  });

  it('the default prefix counts', () => {
    expect(modifyPath({ type: 'ReplacePrefixMatch', replacePrefixMatch: '/app' }, undefined, '/x')).toBe('/app/x');
  });

  it('a full path replaces whatever there was', () => {
    expect(modifyPath({ type: 'ReplaceFullPath', replaceFullPath: '/v2' }, pathOf('/a'), '/a/b/c')).toBe('/v2');
    expect(modifyPath(undefined, pathOf('/a'), '/a/b/c')).toBe('/a/b/c');
  });

  const segment = fc.stringMatching(/^[a-z0-9._-]{1,4}$/);
  const segments = fc.array(segment, { maxLength: 4 });
  const slash = fc.constantFrom('', '/');

  it('is element-wise for any path: the elements of the replacement, then those behind the prefix', () => {
    fc.assert(
      fc.property(segments, segments, segments, slash, slash, slash, (prefix, rest, replacement, a, b, c) => {
        const path = `/${[...prefix, ...rest].join('/')}${prefix.length + rest.length > 0 ? a : ''}`;
        const match = pathOf(prefix.length === 0 ? '/' : `/${prefix.join('/')}${b}`);
        const modifier = {
          type: 'ReplacePrefixMatch',
          replacePrefixMatch: replacement.length === 0 ? c : `/${replacement.join('/')}${c}`,
        } as const;
        expect(pathTakes(match, path)).toBe(true);
        const result = modifyPath(modifier, match, path);
        expect(result.split('/').filter((element) => element !== '')).toEqual([...replacement, ...rest]);
        expect(result).toMatch(/^\//);
        expect(result).not.toMatch(/\/\//);
        if (rest.length > 0) expect(result.endsWith('/')).toBe(path.endsWith('/'));
      }),
      { seed: 7 },
    );
  });

  it('a prefix takes itself, its children and nothing that only begins like it', () => {
    fc.assert(
      fc.property(segments, segment, segment, slash, (prefix, child, tail, end) => {
        const bare = prefix.map((element) => `/${element}`).join('');
        const match = pathOf(`${bare}${end}` === '' ? '/' : `${bare}${end}`);
        expect(pathTakes(match, `${bare}/`)).toBe(true);
        expect(pathTakes(match, `${bare}/${child}`)).toBe(true);
        if (bare !== '') {
          expect(pathTakes(match, bare)).toBe(true);
          expect(pathTakes(match, `${bare}${tail}`)).toBe(false);
        }
      }),
      { seed: 7 },
    );
  });
});

describe('the path that is compared', () => {
  it.each([
    ['/a//b', '/a/b'],
    ['//a', '/a'],
    ['/%61', '/a'],
    ['/a%2Fb', '/a%2Fb'],
    ['/a%20b', '/a%20b'],
    ['/a/./b', '/a/b'],
    ['/a/../b', '/b'],
    ['/a/%2e%2e/b', '/b'],
    ['/../b', '/b'],
    ['/a/..', '/'],
    ['/a/b/..', '/a/'],
    ['/.well-known/x', '/.well-known/x'],
    ['/a/', '/a/'],
    ['/', '/'],
  ])('%s as %s', (path, compared) => {
    expect(normalise(path)).toBe(compared);
  });

  it('is its own normal form', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^(\/[a.%2eF/]{0,5}){1,4}$/), (path) => {
        expect(normalise(normalise(path))).toBe(normalise(path));
      }),
      { seed: 7 },
    );
  });
});
