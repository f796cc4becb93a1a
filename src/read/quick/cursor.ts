/** Where the quick reader stands in the text of one document. */
export interface Cursor {
  readonly text: string;
  /** Offset of the text in its file. */
  readonly base: number;
  pos: number;
  /** After a block node: the column of the next content, at which `pos` stands; -1 at the end. */
  column: number;
}

/** Thrown where the text is anything but the plain YAML that the quick reader knows: the full parser has to read it. */
export const UNUSUAL = new Error('not plain YAML');

const TAB = 9;
const LINE_END = 10;
const SPACE = 32;
const HASH = 35;
const DASH = 45;

/** From the beginning of a line to the next content, over empty lines and comments. */
export function toContent(cursor: Cursor): void {
  const { text } = cursor;
  for (let start = cursor.pos; ; ) {
    let at = start;
    while (text.charCodeAt(at) === SPACE) at += 1;
    const code = text.charCodeAt(at);
    if (code === LINE_END) start = at + 1;
    else if (code === HASH) start = afterLine(text, at);
    else if (code === TAB) throw UNUSUAL;
    else {
      cursor.pos = at;
      cursor.column = at >= text.length ? -1 : at - start;
      return;
    }
  }
}

/** After a value that ends in its line. What is indented deeper than `parent` would continue it, and is not for us. */
export function toNextLine(cursor: Cursor, parent: number): void {
  if (!atLineEnd(cursor)) throw UNUSUAL;
  cursor.pos = afterLine(cursor.text, cursor.pos);
  toContent(cursor);
  if (cursor.column > parent) throw UNUSUAL;
}

/** Passes over spaces; true when only a comment follows in the line, or nothing. */
export function atLineEnd(cursor: Cursor): boolean {
  const start = cursor.pos;
  skipSpaces(cursor);
  const code = cursor.text.charCodeAt(cursor.pos);
  return Number.isNaN(code) || code === LINE_END || (code === HASH && cursor.pos > start);
}

export function skipSpaces(cursor: Cursor): void {
  while (cursor.text.charCodeAt(cursor.pos) === SPACE) cursor.pos += 1;
}

export function afterLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end + 1;
}

/** `- `: an item of a block sequence. */
export function atDash({ text, pos }: Cursor): boolean {
  if (text.charCodeAt(pos) !== DASH) return false;
  const next = text.charCodeAt(pos + 1);
  return next === SPACE || next === LINE_END || Number.isNaN(next);
}
