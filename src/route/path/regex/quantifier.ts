export type Quantifier =
  | {
      readonly kind: 'counted';
      readonly min: number;
      /** null = without end. */
      readonly max: number | null;
      readonly mode: 'greedy' | 'lazy' | 'possessive';
      readonly length: number;
    }
  /** `{,3}`: text to RE2 and to PCRE before 10.43, a count to newer ones. */
  | { readonly kind: 'ambiguous'; readonly length: number };

const QUANTIFIER = /^(?:([*+?])|\{(\d{1,5})(?:(,)(\d{1,5})?)?\})([+?]?)/;

/** The quantifier at `at`; null when there is none (a brace that counts nothing is text). */
export function readQuantifier(source: string, at: number): Quantifier | null {
  // Asked for behind each character of a pattern.
  if (!'*+?{'.includes(source.charAt(at) || 'none')) return null;
  const rest = source.slice(at, at + 20);
  const [ambiguous] = /^\{\s*,\s*\d+\s*\}[+?]?/.exec(rest) ?? [];
  if (ambiguous !== undefined) return { kind: 'ambiguous', length: ambiguous.length };
  const [whole, sign, low, comma, high, suffix] = QUANTIFIER.exec(rest) ?? [];
  if (whole === undefined) return null;
  const mode = suffix === '?' ? 'lazy' : suffix === '+' ? 'possessive' : 'greedy';
  const length = whole.length;
  if (sign !== undefined) return { kind: 'counted', min: sign === '+' ? 1 : 0, max: sign === '?' ? 1 : null, mode, length };
  const min = Number(low);
  return { kind: 'counted', min, max: comma === undefined ? min : high === undefined ? null : Number(high), mode, length };
}
