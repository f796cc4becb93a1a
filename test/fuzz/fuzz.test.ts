import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decode } from '../../src/read/decode.ts';
import { bytes, estates } from './estates.ts';
import { FIXTURES, materials } from './materials.ts';
import { mixtures } from './mixtures.ts';
import { brokenPromises } from './promises.ts';
import { uses } from './uses.ts';

const from = materials([FIXTURES]);

// A long run, with other seeds and the official CRDs: npm run fuzz.
it.each([
  ['estates of all vendors', estates(from)],
  ['fixtures that meet in one estate and are changed', mixtures(from)],
])('every promise holds for %s, on every target', { timeout: 300_000 }, async (_, input) => {
  await fc.assert(
    fc.asyncProperty(input, uses(), async (files, use) => {
      expect(await brokenPromises(files, use, null)).toEqual([]);
    }),
    { numRuns: 50, seed: 11 },
  );
});

it('no bytes bring it down', { timeout: 300_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(bytes(mixtures(from)), uses(), async (input, use) => {
      expect(await brokenPromises([{ file: 'in.yaml', text: decode(input) }], use, null)).toEqual([]);
    }),
    { numRuns: 60, seed: 11 },
  );
});
