import { describe, expect, it } from 'vitest';
import { plainScalar } from '../../src/read/plain-scalar.ts';

describe('plainScalar', () => {
  it.each(['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'])('takes %s for true', (word) => {
    expect(plainScalar(word)).toBe(true);
  });

  it.each(['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'])('takes %s for false', (word) => {
    expect(plainScalar(word)).toBe(false);
  });

  it.each(['', '~', 'null', 'Null', 'NULL'])('takes "%s" for null', (word) => {
    expect(plainScalar(word)).toBeNull();
  });

  it.each([
    ['0', 0],
    ['80', 80],
    ['+80', 80],
    ['-1', -1],
    ['-0', 0],
    ['0600', 384],
    ['0o17', 15],
    ['-017', -15],
    ['0x1F', 31],
    ['0b101', 5],
    ['1_000', 1000],
    // No octal number, so a decimal fraction to Go.
    ['080', 80],
    ['1.5', 1.5],
    ['.5', 0.5],
    ['5.', 5],
    ['1e3', 1000],
    ['-1.5E-2', -0.015],
  ])('takes %s for %d', (source, value) => {
    expect(plainScalar(source)).toBe(value);
  });

  it.each([
    'yEs',
    'TRue',
    'nULL',
    '1:30',
    '2024-01-01',
    '2001-12-14t21:59:43.10-05:00',
    '1.2.3',
    '10m',
    '0x',
    '0b12',
    '-',
    '.',
    '+',
    '.inf',
    '-.INF',
    '.nan',
    '<<',
    '1e999',
    '1,000',
  ])('leaves %s as text', (source) => {
    expect(plainScalar(source)).toBe(source);
  });
});
