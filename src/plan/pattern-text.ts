/** A text as a pattern for nothing but itself. */
export function literalPattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

/** `*` is any text and `?` one character, of the whole path. */
export function globPattern(glob: string): string {
  return `${glob
    .replace(/[\\^$.+()[\]{}|]/g, '\\$&')
    .replace(/\*/g, '.*')
    .replace(/\?/g, '.')}$`;
}
