import { type CharSet, charSet, complement } from './char-set.ts';

const DIGIT: CharSet = [[0x30, 0x39]];
const UPPER: CharSet = [[0x41, 0x5a]];
const LOWER: CharSet = [[0x61, 0x7a]];
const WORD = charSet([...DIGIT, ...UPPER, ...LOWER, [0x5f, 0x5f]]);
/** With the vertical tab, as PCRE since 8.34; RE2 leaves it out, which no path shows. */
const SPACE: CharSet = [
  [0x09, 0x0d],
  [0x20, 0x20],
];

const CLASS_ESCAPES: Readonly<Record<string, CharSet>> = {
  d: DIGIT,
  w: WORD,
  s: SPACE,
  D: complement(DIGIT),
  W: complement(WORD),
  S: complement(SPACE),
};

const POSIX_CLASSES: Readonly<Record<string, CharSet>> = {
  alpha: charSet([...UPPER, ...LOWER]),
  digit: DIGIT,
  alnum: charSet([...DIGIT, ...UPPER, ...LOWER]),
  upper: UPPER,
  lower: LOWER,
  word: WORD,
  space: SPACE,
  blank: [
    [0x09, 0x09],
    [0x20, 0x20],
  ],
  xdigit: charSet([...DIGIT, [0x41, 0x46], [0x61, 0x66]]),
  punct: [
    [0x21, 0x2f],
    [0x3a, 0x40],
    [0x5b, 0x60],
    [0x7b, 0x7e],
  ],
};

const CONTROL_ESCAPES: Readonly<Record<string, number>> = { t: 0x09, n: 0x0a, r: 0x0d, f: 0x0c, a: 0x07, e: 0x1b };

export type Escape =
  | { readonly kind: 'char'; readonly codePoint: number; readonly length: number }
  | { readonly kind: 'class'; readonly set: CharSet; readonly length: number }
  /** A letter or digit that means something we do not model. */
  | { readonly kind: 'other'; readonly letter: string; readonly length: number };

/** The escape whose backslash is at `at`; null when nothing follows it. `length` counts the backslash. */
export function readEscape(source: string, at: number): Escape | null {
  const codePoint = source.codePointAt(at + 1);
  if (codePoint === undefined) return null;
  const letter = String.fromCodePoint(codePoint);
  const length = 1 + letter.length;
  if (!/[0-9A-Za-z]/.test(letter)) return { kind: 'char', codePoint, length };
  const control = Object.hasOwn(CONTROL_ESCAPES, letter) ? CONTROL_ESCAPES[letter] : undefined;
  if (control !== undefined) return { kind: 'char', codePoint: control, length };
  const set = Object.hasOwn(CLASS_ESCAPES, letter) ? CLASS_ESCAPES[letter] : undefined;
  if (set !== undefined) return { kind: 'class', set, length };
  if (letter === 'x') return readHex(source, at) ?? { kind: 'other', letter, length };
  return { kind: 'other', letter, length };
}

function readHex(source: string, at: number): Escape | null {
  const [whole, braced, plain] = /^\\x(?:\{([0-9A-Fa-f]{1,6})\}|([0-9A-Fa-f]{2}))/.exec(source.slice(at, at + 12)) ?? [];
  const digits = braced ?? plain;
  if (whole === undefined || digits === undefined) return null;
  const codePoint = Number.parseInt(digits, 16);
  return codePoint > 0x10ffff ? null : { kind: 'char', codePoint, length: whole.length };
}

/** `[:alpha:]` and `[:^alpha:]` inside a class; null when `at` holds none, `set` null when the name is unknown. */
export function readPosixClass(source: string, at: number): { readonly set: CharSet | null; readonly length: number } | null {
  const [whole, negation, name] = /^\[:(\^?)([a-z]+):\]/.exec(source.slice(at, at + 16)) ?? [];
  if (whole === undefined || name === undefined) return null;
  const set = Object.hasOwn(POSIX_CLASSES, name) ? (POSIX_CLASSES[name] ?? null) : null;
  return { set: set !== null && negation === '^' ? complement(set) : set, length: whole.length };
}
