/**
 * Breaks a sentence at spaces into lines of at most `width` columns; words that are longer stay whole. The first line begins
 * with `first`, the others with `indent`. Null leaves the sentence in one line.
 */
export function wrap(text: string, width: number | null, first: string, indent: string): readonly string[] {
  if (width === null) return [first + text];
  const lines: string[] = [];
  let line = first;
  let isEmpty = true;
  for (const word of text.split(' ')) {
    if (!isEmpty && line.length + 1 + word.length > width) {
      lines.push(line);
      line = indent;
      isEmpty = true;
    }
    line += isEmpty ? word : ` ${word}`;
    isEmpty = false;
  }
  return [...lines, line];
}
