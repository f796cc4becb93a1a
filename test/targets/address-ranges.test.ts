import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AddressRange, EVERY_ADDRESS, parseRange, rangeText, without } from '../../src/targets/address-ranges.ts';

const range = fc
  .record({ wide: fc.boolean(), value: fc.bigInt({ min: 0n, max: (1n << 128n) - 1n }), bits: fc.nat(128) })
  .map(({ wide, value, bits }): AddressRange => {
    const width = wide ? 128 : 32;
    const kept = wide ? bits : bits % 33;
    const shift = BigInt(width - kept);
    return { width, first: ((value & ((1n << BigInt(width)) - 1n)) >> shift) << shift, bits: kept };
  });

const size = (ranges: readonly AddressRange[], width: number) =>
  ranges.filter((each) => each.width === width).reduce((sum, { bits }) => sum + (1n << BigInt(width - bits)), 0n);

const takes = ({ width, first, bits }: AddressRange, address: bigint) => address >> BigInt(width - bits) === first >> BigInt(width - bits);

describe('address ranges', () => {
  it('are read as they are written', () => {
    void fc.assert(
      fc.property(range, (each) => {
        expect(parseRange(rangeText(each))).toEqual(each);
      }),
      { seed: 7 },
    );
  });

  it.each([
    ['10.0.0.7', '10.0.0.7/32'],
    ['10.1.2.3/8', '10.0.0.0/8'],
    ['::1', '::1/128'],
    ['2001:DB8::/32', '2001:db8::/32'],
    ['::ffff:10.0.0.1', '::ffff:a00:1/128'],
    ['1:0:0:2:0:0:0:3', '1:0:0:2::3/128'],
  ])('%s is %s', (text, written) => {
    const read = parseRange(text);
    expect(read === null ? null : rangeText(read)).toBe(written);
  });

  it.each(['', 'a.test', '10.0.0', '10.0.0.256', '010.0.0.1', '10.0.0.0/33', '::/129', '1::2::3', '1:2:3:4:5:6:7', ':::', '10.0.0.1/'])(
    '"%s" is none',
    (text) => {
      expect(parseRange(text)).toBeNull();
    },
  );

  it('without others have exactly the addresses that are in none of them', () => {
    void fc.assert(
      fc.property(fc.array(range, { maxLength: 4 }), fc.bigInt({ min: 0n, max: (1n << 128n) - 1n }), (taken, address) => {
        const left = without(EVERY_ADDRESS, taken);
        for (const width of [32, 128] as const) {
          const one = address & ((1n << BigInt(width)) - 1n);
          const isIn = (ranges: readonly AddressRange[]) => ranges.some((each) => each.width === width && takes(each, one));
          expect(isIn(left)).toBe(!isIn(taken));
        }
        const [only] = taken;
        if (taken.length === 1 && only !== undefined)
          expect(size(left, only.width) + size(taken, only.width)).toBe(1n << BigInt(only.width));
      }),
      { seed: 7 },
    );
  });
});
