import fc from 'fast-check';

/** Characters that end lines, start escape sequences, turn the direction of text, or are markup somewhere. */
const HOSTILE = [
  ...'\u0000\t\n\r\u001b\u007f\u0085\u009b\u061c\u200e\u200f\u2028\u2029\u202e\u2066\u2069\ufeff\ufffe:,%#*_`[]()<>&|!~-+="\'{}\\/ .',
];

/** Text in which such characters are common. */
export const hostileText = fc.string({
  unit: fc.oneof(fc.constantFrom(...HOSTILE), fc.constantFrom('a', 'B', '0'), fc.string({ unit: 'binary', minLength: 1, maxLength: 1 })),
});
