import { RE2JS } from '@bufbuild/re2';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withoutCounts } from '../../../src/targets/nginx-gateway-fabric/counted-repeats.ts';

const atom = fc.constantFrom('a', '[ab]', '[^]a]', '[[:digit:]}]', '\\d', '(a|b)', '(?:ab)', '(?i:a)', '(a{2}b)', '.', '\\{');
const count = fc.constantFrom('', '{2}', '{1,3}', '{0,2}', '{0}', '{2,}', '{0,}', '*', '?');
const pattern = fc
  .array(
    fc.tuple(atom, count).map(([one, times]) => one + times),
    { minLength: 1, maxLength: 4 },
  )
  .map((parts) => parts.join(''));
const text = fc.array(fc.constantFrom('a', 'b', '1', '{', '}', 'A'), { maxLength: 8 }).map((chars) => chars.join(''));

describe('a pattern without counts', () => {
  it('takes what it took', () => {
    void fc.assert(
      fc.property(pattern, text, (counted, given) => {
        const plain = withoutCounts(counted, 1024);
        fc.pre(plain !== null);
        expect(RE2JS.compile(plain).matches(given)).toBe(RE2JS.compile(counted).matches(given));
        expect(plain).not.toMatch(/[{}]/);
      }),
      { numRuns: 2000, seed: 11 },
    );
  });

  it.each([
    ['/a{2}', '/aa'],
    ['/[0-9]{2,4}', '/[0-9][0-9](?:[0-9](?:[0-9])?)?'],
    ['/(v[0-9]{1}){1,}', '/(v[0-9])(v[0-9])*'],
    ['/a{1000}', null],
    ['/\\{', null],
  ])('%s is %s', (counted, plain) => {
    expect(withoutCounts(counted, 512)).toBe(plain);
  });
});
