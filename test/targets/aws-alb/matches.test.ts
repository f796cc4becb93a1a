import { RE2JS } from '@bufbuild/re2';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adaptMatch, globPath } from '../../../src/targets/aws-alb/matches.ts';
import { albPattern } from '../../../src/targets/aws-alb/pattern.ts';
import { adaptRedirect } from '../../../src/targets/aws-alb/redirects.ts';
import { respond } from '../../../src/targets/aws-alb/respond.ts';

const on = (host: string, isGlob = false) => ({ host, isGlob });
const place = { at: null, ingress: null };
const redirect = { query: { kind: 'keep' } } as const;

describe('matches of the load balancer', () => {
  it('are patterns anchored at both ends that take either case where asked', () => {
    expect(albPattern('(?i)/Foo[a-c_X]\\d.*')).toBe('^/[fF][oO][oO][a-cA-C_xX]\\d.*$');
    expect(albPattern('/a|b')).toBe('^/a|b$');
    const atom = fc.constantFrom('a', 'B', '/', '.', '[a-f]', '[^xY]', '\\d', '(?:ab|C)', 'z*', '-');
    void fc.assert(
      fc.property(
        fc.array(atom, { maxLength: 8 }),
        fc.array(fc.constantFrom('a', 'A', 'b', 'B', 'c', 'C', 'x', 'y', 'z', 'Z', '/', '-', '1'), { maxLength: 8 }),
        (atoms, chars) => {
          const [pattern, text] = [atoms.join(''), chars.join('')];
          expect(RE2JS.compile(albPattern(`(?i)${pattern}`)).matches(text)).toBe(RE2JS.compile(`(?i)${pattern}`).matches(text));
        },
      ),
      { numRuns: 500, seed: 3 },
    );
  });

  it.each([
    ['a wildcard in a prefix', { path: { type: 'PathPrefix', value: '/a*' } }],
    ['a wildcard in a literal path', { path: { type: 'Exact', value: '/a*' } }],
    ['a long pattern', { path: { type: 'RegularExpression', value: `/${'a'.repeat(127)}` } }],
    ['a long path', { path: { type: 'Exact', value: `/${'a'.repeat(128)}` } }],
    ['a prefix that is long with what is below it', { path: { type: 'PathPrefix', value: `/${'a'.repeat(126)}` } }],
    ['a pattern for a query', { queryParams: [{ type: 'RegularExpression', name: 'q', value: 'a+' }] }],
    ['six values', { path: { type: 'PathPrefix', value: '/a' }, method: 'GET', headers: ['a', 'b'].map((name) => ({ name, value: 'x' })) }],
  ] as const)('%s is refused', (_, match) => {
    expect(adaptMatch(match, on('a.test')).kind).toBe('refused');
  });

  it('a wildcard in a query is meant as a character', () => {
    const adapted = adaptMatch({ queryParams: [{ name: 'q', value: 'a*' }] }, on('a.test'));
    expect(adapted).toMatchObject({ kind: 'written', written: { queryParams: [{ name: 'q', value: 'a\\*' }] } });
  });

  it('count host, paths, method, headers and query', () => {
    const match = { path: { type: 'PathPrefix', value: '/a' }, method: 'GET', headers: [{ name: 'a', value: 'x' }] } as const;
    expect(adaptMatch(match, on('a.test'))).toEqual({ kind: 'written', written: match });
    expect(adaptMatch({ ...match, queryParams: [{ name: 'q', value: '1' }] }, on('')).kind).toBe('written');
  });

  it('write header values that hold wildcards or commas as patterns for nothing else', () => {
    expect(adaptMatch({ headers: [{ name: 'x', value: 'a,b*' }] }, on(''))).toMatchObject({
      written: { headers: [{ type: 'RegularExpression', name: 'x', value: '^a,b\\*$' }] },
    });
  });

  it('take globs as exact paths, but for the question mark', () => {
    expect(globPath('/foo*')).toEqual({ type: 'Exact', value: '/foo*' });
    expect(adaptMatch({ path: { type: 'Exact', value: '/foo*' } }, on('a.test', true)).kind).toBe('written');
    expect(['/a?c', '/*', 'x*', '/plain'].map(globPath)).toEqual([null, null, null, null]);
  });
});

describe('answers of the load balancer', () => {
  it.each([
    [
      { statusCode: 308, scheme: 'https' },
      { scheme: 'https', statusCode: 301 },
    ],
    [
      { statusCode: 307, hostname: 'b.test' },
      { hostname: 'b.test', statusCode: 302 },
    ],
    [
      { statusCode: 302, path: { type: 'ReplacePrefixMatch', replacePrefixMatch: '/new/a' } },
      { statusCode: 302, path: { type: 'ReplaceFullPath', replaceFullPath: '/new/#{path}' } },
    ],
  ] as const)('redirect %j as %j', (filter, written) => {
    expect(adaptRedirect(filter, { path: { type: 'PathPrefix', value: '/a' }, redirect, place, gatewayClass: null })).toMatchObject({
      kind: 'written',
      written: { filter: written },
    });
  });

  it.each([
    ['back to the same address', { statusCode: 301 }],
    ['with another prefix', { statusCode: 301, path: { type: 'ReplacePrefixMatch', replacePrefixMatch: '/b' } }],
    ['with a wildcard', { statusCode: 301, path: { type: 'ReplaceFullPath', replaceFullPath: '/b*' } }],
  ] as const)('do not redirect %s', (_, filter) => {
    expect(adaptRedirect(filter, { path: { type: 'PathPrefix', value: '/a' }, redirect, place, gatewayClass: null }).kind).toBe('refused');
  });

  it('have statuses, content types and bodies of certain kinds', () => {
    expect(respond({ status: 503, contentType: 'text/html; charset=utf-8', body: 'x' })).not.toBeNull();
    expect(respond({ status: 301, contentType: null, body: null })).toBeNull();
    expect(respond({ status: 200, contentType: 'image/png', body: null })).toBeNull();
    expect(respond({ status: 200, contentType: null, body: 'x'.repeat(1025) })).toBeNull();
  });
});
