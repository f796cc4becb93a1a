/** Lower case of ASCII letters alone, one unit for one unit: what NGINX folds in a location. */
export function lowerAscii(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

function upperAscii(text: string): string {
  return text.replace(/[a-z]+/g, (letters) => letters.toUpperCase());
}

/** The same text in other cases: all upper, all lower, then with one letter swapped. Empty when it has no letters. */
export function caseVariants(text: string): readonly string[] {
  const swapped = text
    .split('')
    .map((char, i) => text.slice(0, i) + (upperAscii(char) === char ? lowerAscii(char) : upperAscii(char)) + text.slice(i + 1));
  return [...new Set([upperAscii(text), lowerAscii(text), ...swapped])].filter((variant) => variant !== text);
}
