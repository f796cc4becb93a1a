import { type Codec, oneOf } from '../../src/rule/codec.ts';

/**
 * `ValidateRegex` of the controller: most validators look at the value without its blanks, and the value is then used
 * trimmed. `$` of Go matches at the very end only, so a value with a line break at its end is invalid.
 */
export function matching(name: string, pattern: RegExp, reason: string, blanks: 'ignored' | 'count' = 'ignored'): Codec<string> {
  return {
    name,
    parse(value) {
      const looked = blanks === 'ignored' ? value.replaceAll(' ', '') : value;
      return pattern.test(looked) ? { ok: true, value: value.trim() } : { ok: false, reason };
    },
  };
}

/** `BasicCharsRegex`: names of Secrets, ConfigMaps, cookies. */
export const basicText = matching('text', /^[-._~A-Za-z0-9/:]*$/, 'which has characters other than letters, digits and - . _ ~ / :');

/** `URLIsValidRegex`. `$` is not among its characters. */
export const plainUrl = matching(
  'URL',
  /^[-._~A-Za-z0-9/:,?&=]*$/,
  'which has characters other than letters, digits and - . _ ~ / : , ? & =',
);

/** `URLWithNginxVariableRegex`. */
export const variableUrl = matching(
  'URL with variables',
  /^[-._~A-Za-z0-9/:, ?&=$]*$/,
  'which has characters other than letters, digits and - . _ ~ / : , ? & = $',
);

/** `NGINXVariable`. */
export const variables = matching(
  'nginx variables',
  /^[-A-Za-z0-9_${}]*$/,
  'which has characters other than letters, digits and - _ $ { }',
);

/** `ValidateServerName`: blanks inside are not allowed. */
export const serverName = matching(
  'server name',
  /^[ \t\r\n]*[-._~A-Za-z0-9/:^$[\](){}*+?|&=\\]*[ \t\r\n]*$/,
  'which has characters other than those of names and regular expressions',
  'count',
);

/** `ValidateOptions` with blanks at the ends cut off. */
export function option<const T extends readonly string[]>(...values: T): Codec<T[number]> {
  const exact = oneOf(...values);
  return { name: exact.name, parse: (value) => exact.parse(value.trim()) };
}

export const onOff = option('on', 'off');

/** A whole number of seconds. nginx refuses negative ones, and with them the controller's whole configuration. */
export const seconds: Codec<number> = {
  name: 'seconds',
  parse(value) {
    if (!/^[+-]?[0-9]+$/.test(value)) return { ok: false, reason: 'not a number of seconds without unit' };
    const number = Number(value);
    if (number < 0) return { ok: false, reason: 'negative, which nginx refuses' };
    return Number.isSafeInteger(number * 1000) ? { ok: true, value: number } : { ok: false, reason: 'out of range' };
  },
};

/** A size in bytes; null where the controller accepts the value and then leaves the directive out. */
export type Size = number | null;

/** Sizes of nginx: digits, and k, m or g. The validator also takes `b`, which is then not written. */
export const offset = sizes('kmg');

/** Sizes that are no offsets know k and m only: `1g` passes the validator and is then not written. */
export const size = sizes('km');

function sizes(units: string): Codec<Size> {
  return {
    name: `size (${[...units].join(', ')})`,
    parse(value) {
      const [, digits, unit = ''] = /^([0-9]+)([bkmg]?)$/i.exec(value.replaceAll(' ', '')) ?? [];
      if (digits === undefined) return { ok: false, reason: 'not a size such as 8m' };
      const lower = unit.toLowerCase();
      if (lower !== '' && !units.includes(lower)) return { ok: true, value: null };
      const bytes = Number(digits) * (FACTORS[lower] ?? 1);
      return Number.isSafeInteger(bytes) ? { ok: true, value: bytes } : { ok: false, reason: 'out of range' };
    },
  };
}

const FACTORS: Readonly<Record<string, number>> = { '': 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3 };
