import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { statusWords } from '../../src/intent/status-words.ts';

describe('statuses in a sentence', () => {
  it.each([
    [[], ''],
    [[404], '404'],
    [[503, 404, 404], '404, 503'],
    [[500, 501], '500, 501'],
    [[404, 502, 500, 501], '404, 500 to 502'],
  ])('%j', (statuses, words) => expect(statusWords(statuses)).toBe(words));

  it('are those that were given', () => {
    const read = (words: string) =>
      words.split(', ').flatMap((part) => {
        const [first = 0, last = first] = part.split(' to ').map(Number);
        return Array.from({ length: last - first + 1 }, (_, index) => first + index);
      });
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 300, max: 330 }), { minLength: 1 }), (statuses) => {
        expect(read(statusWords(statuses))).toEqual(statuses.toSorted((a, b) => a - b));
      }),
      { seed: 7 },
    );
  });
});
