import type { Position } from '../model/position.ts';
import type { SourceFile } from '../model/source.ts';

/** The offsets at which the lines of a text begin, in four bytes each: a file may be nothing but line ends. */
export type LineStarts = Uint32Array;

export function lineStarts(text: string): LineStarts {
  let count = 1;
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) count += 1;
  const starts = new Uint32Array(count);
  let line = 1;
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) starts[line++] = end + 1;
  return starts;
}

/** Where an offset of a given file is. */
export type Placing = (offset: number) => Position;

/** Line and column, both from 1, of an offset. Columns count UTF-16 code units, as editors do. */
export function positionAt(file: string, starts: LineStarts, offset: number): Position {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { file, line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
}

/** Looks up a line, counted from 1, for a code frame; null where there is none to show. */
export type LineOf = (file: string, line: number) => string | null;

/**
 * Lines of the input, safe to print: control characters, which a terminal would obey, are replaced, and a line that
 * holds a whole Secret is not shown.
 */
export function sourceLines(files: readonly SourceFile[]): LineOf {
  const texts = new Map(files.map(({ file, text }) => [file, text]));
  const indexes = new Map<string, LineStarts>();
  return (file, line) => {
    const text = texts.get(file);
    if (text === undefined) return null;
    const starts = indexes.get(file) ?? lineStarts(text);
    indexes.set(file, starts);
    const start = starts[line - 1];
    if (start === undefined) return null;
    const shown = text.slice(start, (starts[line] ?? text.length + 1) - 1).replace(/\r$/, '');
    return holdsSecret(shown) ? null : shown.replace(CONTROL, '\uFFFD');
  };
}

/** A Secret in braces. Looked for behind the first of them, so that a line of nothing but braces takes no longer than any other. */
function holdsSecret(line: string): boolean {
  const brace = line.indexOf('{');
  return brace >= 0 && /\bkind["']?\s*:\s*["']?Secret(?:List)?\b/.test(line.slice(brace));
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the purpose
const CONTROL = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u2028\u2029\u202A-\u202E\u2066-\u2069]/g;
