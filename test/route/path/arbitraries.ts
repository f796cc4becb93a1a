import fc from 'fast-check';
import { normalisePath, samplePaths } from '../../../src/route/path/index.ts';

const heads = ['/foo', '/', '/foo/', '/a.b', '/(a|b)', '/[ab]x', '/(api/', '/(foo|foobar)', '/Foo', '/v1', '/a/b', '/(?:foo|bar)?'];
const parts = [
  '(/|$)',
  '(.*)',
  '/(.*)',
  '(/.*)?',
  '((?:/.*)?)',
  '/?',
  '(a|b)',
  '[ab]',
  '.*',
  '.+',
  '(.+)',
  '$',
  '(?:x|y)?',
  '([^/]*)',
  '[^/]+',
  'x*',
  'x+',
  'b{2}',
  '(/bar)?',
  '(.*?)',
  '(.*?)$',
  '/*',
  '/+',
  '/',
  'bar',
  '(/b|)',
  '(|/b)',
  '(/|)',
  'b??',
  '(a*)',
  '[a-z]*',
  '\\.',
  '.c',
  '(/[ab]+)*',
  '((a)|b)',
  '(?:/|$)',
  'x|/y',
];

/** Patterns as people write them, and the twists that trip an analysis. */
export const patterns: fc.Arbitrary<string> = fc
  .tuple(fc.constantFrom(...heads), fc.array(fc.constantFrom(...parts), { maxLength: 3 }))
  .map(([head, rest]) => head + (head.split('(').length > head.split(')').length ? '.*)' : '') + rest.join(''));

const words = ['foo', 'Foo', 'bar', 'a', 'b', 'A', 'x', 'y', 'v1', 'api', 'c', '.', 'a.b', 'axb', '/', '/', 'bb', '-', '9'];

/** Normalised request paths over the same words. */
export const paths: fc.Arbitrary<string> = fc
  .array(fc.constantFrom(...words), { maxLength: 7 })
  .map((pieces) => normalisePath(`/${pieces.join('')}`) ?? '/');

/** The samples of a pattern, as the controller sees them. */
export function sampled(pattern: string): readonly string[] {
  return samplePaths({ kind: 'regex', pattern, caseInsensitive: true }).flatMap((raw) => normalisePath(raw) ?? []);
}
