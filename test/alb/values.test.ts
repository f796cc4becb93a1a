import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { keyValues } from '../../rules/alb/codecs.ts';

const pairs = (text: string) => {
  const parsed = keyValues.parse(text);
  return parsed.ok ? parsed.value.map(({ key, value }) => `${key}|${value}`) : parsed.reason;
};

describe('key=value lists', () => {
  test.each([
    ['b=2, a=1', ['a|1', 'b|2']],
    ['a=1,2,b=3', ['a|1,2', 'b|3']],
    ['policy=default-src self, img-src *,b=x', ['b|x', 'policy|default-src self, img-src *']],
    ['a=x\\=y\\,z', ['a|x=y,z']],
    ['a=1,a=2', ['a|2']],
    ['a=', ['a|']],
    ['a=b=c', ['a|b=c']],
    ['a=1,', ['a|1']],
    ['novalue', 'with "novalue", which has no equals sign'],
  ])('%j', (text, expected) => {
    expect(pairs(text)).toEqual(expected);
  });

  it('reads what was written with escapes, whatever the characters', () => {
    const word = fc
      .string({ minLength: 1, maxLength: 8 })
      .map((text) => text.trim())
      .filter((text) => text !== '');
    void fc.assert(
      fc.property(fc.dictionary(word, word, { minKeys: 1, maxKeys: 4, noNullPrototype: true }), (map) => {
        const escaped = (text: string) => text.replace(/[\\,=]/g, '\\$&');
        const text = Object.entries(map)
          .map(([key, value]) => `${escaped(key)}=${escaped(value)}`)
          .join(',');
        const parsed = keyValues.parse(text);
        expect(parsed.ok && Object.fromEntries(parsed.value.map(({ key, value }) => [key, value]))).toEqual(map);
      }),
      { numRuns: 500, seed: 3 },
    );
  });
});
