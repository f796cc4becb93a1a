/** Sorted, disjoint, inclusive ranges of code points. */
export type CharSet = readonly (readonly [low: number, high: number])[];

const LAST_CODE_POINT = 0x10ffff;

export const LINE_FEED = 0x0a;
export const SLASH = 0x2f;

export const everyChar: CharSet = [[0, LAST_CODE_POINT]];

/** What `.` takes without the `s` flag. */
export const dotChars: CharSet = [
  [0, LINE_FEED - 1],
  [LINE_FEED + 1, LAST_CODE_POINT],
];

export function charSet(ranges: CharSet): CharSet {
  const sorted = [...ranges].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const merged: [number, number][] = [];
  for (const [low, high] of sorted) {
    const last = merged.at(-1);
    if (last !== undefined && low <= last[1] + 1) last[1] = Math.max(last[1], high);
    else merged.push([low, high]);
  }
  return merged;
}

export function complement(set: CharSet): CharSet {
  const out: [number, number][] = [];
  let next = 0;
  for (const [low, high] of charSet(set)) {
    if (low > next) out.push([next, low - 1]);
    next = high + 1;
  }
  if (next <= LAST_CODE_POINT) out.push([next, LAST_CODE_POINT]);
  return out;
}

/** Adds the other case of ASCII letters: PCRE folds nothing else while UTF mode is off, which is how NGINX compiles locations. */
export function foldCase(set: CharSet): CharSet {
  const [only] = set;
  if (only !== undefined && set.length === 1 && only[0] === only[1]) return bothCases(only[0], set);
  const added: [number, number][] = [];
  for (const [low, high] of set) {
    addShifted(added, Math.max(low, 0x41), Math.min(high, 0x5a), 0x20);
    addShifted(added, Math.max(low, 0x61), Math.min(high, 0x7a), -0x20);
  }
  return added.length === 0 ? set : charSet([...set, ...added]);
}

/** Of one character, which most of a pattern is. */
function bothCases(codePoint: number, set: CharSet): CharSet {
  const isUpper = codePoint >= 0x41 && codePoint <= 0x5a;
  if (!isUpper && !(codePoint >= 0x61 && codePoint <= 0x7a)) return set;
  const upper = isUpper ? codePoint : codePoint - 0x20;
  return [
    [upper, upper],
    [upper + 0x20, upper + 0x20],
  ];
}

function addShifted(into: [number, number][], low: number, high: number, by: number): void {
  if (low <= high) into.push([low + by, high + by]);
}

export function contains(set: CharSet, codePoint: number): boolean {
  return set.some(([low, high]) => low <= codePoint && codePoint <= high);
}

export function sizeOf(set: CharSet): number {
  return set.reduce((sum, [low, high]) => sum + high - low + 1, 0);
}

/** The members as strings, for sets known to be small. */
export function membersOf(set: CharSet): readonly string[] {
  return set.flatMap(([low, high]) => Array.from({ length: high - low + 1 }, (_, i) => String.fromCodePoint(low + i)));
}

/** True when the set takes every character that a request path can hold (a line feed aside). */
export function takesEverything(set: CharSet): boolean {
  return sizeOf(set) >= sizeOf(dotChars) && !complement(set).some(([low, high]) => low !== LINE_FEED || high !== LINE_FEED);
}
