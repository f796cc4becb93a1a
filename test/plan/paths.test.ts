import { describe, expect, it } from 'vitest';
import type { PathMatch, Rewrite } from '../../src/route/table.ts';
import type { Target } from '../../src/targets/contract.ts';
import { portable } from './portable-target.ts';
import { backend, codes, host, ingress, plan, rule, served, table } from './tables.ts';

const web = ingress();
const without: Target = { ...portable, regexPaths: 'none' };
const one = (rules: ReturnType<typeof rule>[], target: Target = portable) => plan(table([host('a.test', rules)]), { target });
const written = (path: PathMatch, target: Target = portable) =>
  served(one([rule(web, '/', { match: { path } })], target)).map((line) => line.replace(/^a\.test \[http\] (.*) → web$/, '$1'));
const rewriting = (rewrite: Rewrite) => ({ action: { kind: 'forward' as const, backends: [backend(web)], rewrite } });
const regexRewrite = (pattern: string, replacement: string): Rewrite => ({
  kind: 'regex',
  pattern,
  replacement,
  caseInsensitive: true,
  entries: [],
});

describe('paths', () => {
  it.each<[PathMatch, readonly string[]]>([
    [{ kind: 'exact', value: '/a b' }, ['=/a%20b']],
    [{ kind: 'prefix', value: '/ü' }, ['/%C3%BC']],
    [{ kind: 'text-prefix', value: '/foo' }, ['/foo']],
    [{ kind: 'glob', value: '/*' }, ['/']],
    [{ kind: 'glob', value: '/foo' }, ['=/foo']],
    [{ kind: 'glob', value: '/foo/*' }, ['/foo/', 'a.test [http] =/foo → error']],
    [{ kind: 'glob', value: '/a*z' }, ['~/a.*z']],
    [{ kind: 'glob', value: '/a?.z' }, ['~/a.\\.z']],
    [{ kind: 'regex', pattern: '/(a|b)', caseInsensitive: false }, ['/a', '/b']],
    [{ kind: 'regex', pattern: '/v[0-9]+', caseInsensitive: true }, ['~(?i)/v[0-9]+.*']],
  ])('%j', (path, expected) => {
    expect(written(path).map((line) => line.replace(' → web', ''))).toEqual(expected);
  });

  it('that are narrower than on the controller are told', () => {
    expect(codes(one([rule(web, '/', { match: { path: { kind: 'text-prefix', value: '/foo' } } })]))).toContain('plan/path-narrower');
    expect(codes(one([rule(web, '~/foo')]))).toContain('plan/path-narrower');
  });

  it('without form on the target are closed', () => {
    for (const path of ['~/v[0-9]+', '~/(?!x)', '/a//b', '=/a/../b']) {
      const made = one([rule(web, path), rule(web, '/zzz')], path === '~/v[0-9]+' ? without : portable);
      expect(codes(made)).toContain('plan/path-not-expressible');
      expect(served(made)).toHaveLength(2);
      expect(served(made)[0]).toMatch(/→ error$/);
    }
  });

  it('that overlap a true pattern are patterns as well, others are not', () => {
    expect(served(one([rule(web, '~/api/[a-z]+'), rule(web, '~/api'), rule(web, '~/img')]))).toEqual([
      'a.test [http] ~(?i)/api/[a-z]+.* → web',
      'a.test [http] ~(?i)/api.* → web',
      'a.test [http] /img → web',
    ]);
  });

  it('with alternatives that are rewritten each in its own way stay literal', () => {
    const rules = [rule(web, '~/[0-9]+'), rule(web, '~/(a|b)', rewriting(regexRewrite('/(a|b)', '/x/$1'))), rule(web, '~/')];
    expect(served(one(rules))).toContain('a.test [http] /a → {"path":{"type":"ReplaceFullPath","replaceFullPath":"/x/a"}} web');
    const overlapping = [rule(web, '~/[a-z0-9]+'), rule(web, '~/(a|b)', rewriting(regexRewrite('/(a|b)', '/x/$1')))];
    expect(served(one(overlapping))).toContain('a.test [http] /b → {"path":{"type":"ReplaceFullPath","replaceFullPath":"/x/b"}} web');
  });

  it('whose rewrite has no portable form are closed', () => {
    const made = one([rule(web, '~/v([0-9]+)/(.*)', rewriting(regexRewrite('/v([0-9]+)/(.*)', '/$2/$1'))), rule(web, '~/')]);
    expect(codes(made)).toContain('plan/rewrite-not-expressible');
    expect(served(made)[0]).toBe('a.test [http] ~(?i)/v([0-9]+)/(.*) → error');
  });

  it('that are replaced as a whole go with a pattern', () => {
    const made = one([rule(web, '~/v[0-9]+', rewriting(regexRewrite('/v[0-9]+', '/index.html')))]);
    expect(served(made)).toEqual([
      'a.test [http] ~(?i)/v[0-9]+.* → {"path":{"type":"ReplaceFullPath","replaceFullPath":"/index.html"}} web',
    ]);
  });
});

describe('guards', () => {
  const unresolved = { action: { kind: 'forward' as const, backends: [backend(web, 'web', { port: null })], rewrite: null } };
  const guard = (path: PathMatch, target: Target = portable) =>
    served(one([rule(web, '/', { ...unresolved, match: { path } }), rule(web, '=/elsewhere')], target))[0]?.replace(
      /^a\.test \[http\] (.*) → error$/,
      '$1',
    );

  it.each<[PathMatch, string, string]>([
    [{ kind: 'exact', value: '/foo' }, '=/foo', '=/foo'],
    [{ kind: 'prefix', value: '/foo' }, '/foo', '/foo'],
    [{ kind: 'glob', value: '/foo' }, '=/foo', '=/foo'],
    [{ kind: 'glob', value: '/foo/*' }, '/foo/', '/foo/'],
    [{ kind: 'glob', value: '/foo/a*' }, '~/foo/a.*', '/foo/a'],
    [{ kind: 'text-prefix', value: '/foo/a' }, '/foo/a', '/foo/a'],
    [{ kind: 'regex', pattern: '/foo/[0-9]', caseInsensitive: false }, '~/foo/[0-9].*', '/foo'],
    [{ kind: 'prefix', value: '/foo//bar' }, '/foo', '/foo'],
  ])('of %j are as narrow as the target lets them be', (path, expected, without_) => {
    expect(guard(path)).toBe(expected);
    expect(guard(path, without)).toBe(without_);
  });
});
