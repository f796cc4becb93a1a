/** Lower case of ASCII letters alone, one unit for one unit: what NGINX folds in a location. */
export function lowerAscii(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

export function upperAscii(text: string): string {
  return text.replace(/[a-z]+/g, (letters) => letters.toUpperCase());
}

/** The same text in another case; null when it has no letters. */
export function otherCase(text: string): string | null {
  const upper = upperAscii(text);
  if (upper !== text) return upper;
  const lower = lowerAscii(text);
  return lower === text ? null : lower;
}
