/**
 * What kubectl takes an unquoted scalar for. It reads YAML with go-yaml v2, which knows the words of YAML 1.1 and Go's
 * integer literals, but neither its times nor its base-60 numbers: `yes` is true, `0600` is 384, `1:30` is text.
 * Infinity and NaN stay text, since JSON has no form for them.
 */
export function plainScalar(source: string): null | boolean | number | string {
  const word = WORDS.get(source);
  if (word !== undefined) return word;
  if (!MAY_BE_NUMBER.test(source)) return source;
  const digits = source.startsWith('.') ? source : source.replaceAll('_', '');
  for (const [pattern, radix] of INTEGERS) {
    const [, sign, body] = pattern.exec(digits) ?? [];
    if (body === undefined) continue;
    const value = Number.parseInt(body, radix);
    return sign === '-' && value !== 0 ? -value : value;
  }
  return FLOAT.test(digits) && Number.isFinite(Number(digits)) ? Number(digits) : source;
}

const MAY_BE_NUMBER = /^[-+.0-9]/;
const INTEGERS: readonly (readonly [RegExp, number])[] = [
  [/^([-+]?)(0|[1-9][0-9]*)$/, 10],
  [/^([-+]?)0x([0-9a-f]+)$/i, 16],
  [/^([-+]?)0o?([0-7]+)$/i, 8],
  [/^([-+]?)0b([01]+)$/i, 2],
];
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;

const WORDS: ReadonlyMap<string, null | boolean> = new Map([
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, null] as const),
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'].map((word) => [word, true] as const),
  ...['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'].map((word) => [word, false] as const),
]);
