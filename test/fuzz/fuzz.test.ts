import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decode } from '../../src/read/decode.ts';
import { TARGET_NAMES } from '../../src/targets/index.ts';
import { bytes, estates } from './estates.ts';
import { brokenPromises } from './promises.ts';

const use = fc.record({
  target: fc.constantFrom(...TARGET_NAMES),
  release: fc.record({ version: fc.constantFrom('1.4', '1.5', '1.6'), channel: fc.constantFrom('standard', 'experimental') }),
});

// A long run, with other seeds and the official CRDs: npm run fuzz.
it('every promise holds for estates of all vendors, on every target', { timeout: 300_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(estates, use, async (files, options) => {
      expect(await brokenPromises(files, options, null)).toEqual([]);
    }),
    { numRuns: 60, seed: 11 },
  );
});

it('no bytes bring it down', { timeout: 300_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(bytes, use, async (input, options) => {
      expect(await brokenPromises([{ file: 'in.yaml', text: decode(input) }], options, null)).toEqual([]);
    }),
    { numRuns: 100, seed: 11 },
  );
});
