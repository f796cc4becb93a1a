import { endOfLua } from './lua.ts';
import { readWord } from './word.ts';

/** One directive of nginx's configuration: `if ($a = b) { … }` has the name `if`, three words and a block. */
export interface ParsedDirective {
  readonly name: string;
  readonly args: readonly string[];
  readonly block: readonly ParsedDirective[] | null;
  /** Offset of its name in the text. */
  readonly at: number;
  /** Its words as they are written, in one line, without its block. */
  readonly written: string;
}

export interface ParsedSnippet {
  readonly directives: readonly ParsedDirective[];
  /** The first thing for which nginx refuses the text as it stands. */
  readonly problem: { readonly reason: string; readonly at: number } | null;
}

interface Draft extends ParsedDirective {
  readonly block: Draft[] | null;
}

/** Deeper blocks are read as part of the one at this depth. */
const DEEPEST = 40;

/**
 * The directives of a snippet, as nginx reads them: words, quotes, `${variable}`, comments, and the Lua text of
 * `…_by_lua_block`. What is not closed ends with the text.
 */
export function parseNginx(text: string): ParsedSnippet {
  const root: Draft[] = [];
  const open = [root];
  let problem: ParsedSnippet['problem'] = null;
  let words: string[] = [];
  let start = 0;
  let position = 0;
  const refuse = (reason: string, at: number) => {
    problem ??= { reason, at };
  };
  const finish = (end: number, block: Draft[] | null) => {
    const [name, ...args] = words;
    words = [];
    if (name === undefined) return;
    const written = text.slice(start, end).replace(/\s+/g, ' ').trim();
    open.at(-1)?.push({ name, args, block, at: start, written });
  };
  while (position < text.length) {
    const char = text.charAt(position);
    if (/\s/.test(char)) position += 1;
    else if (char === '#') position = endOfLine(text, position);
    else if (char === ';' || char === '{') {
      if (words.length === 0) refuse(`unexpected "${char}"`, position);
      if (char === ';') finish(position, null);
      else if (/_by_lua_block$/.test(words[0] ?? '')) {
        finish(position, []);
        position = endOfLua(text, position + 1) - 1;
      } else if (open.length >= DEEPEST) {
        refuse('blocks are nested too deeply', position);
        finish(position, null);
        open.push(open.at(-1) ?? root);
      } else {
        const block: Draft[] = [];
        finish(position, block);
        open.push(block);
      }
      position += 1;
    } else if (char === '}') {
      if (words.length > 0 || open.length === 1) refuse('unexpected "}"', position);
      finish(position, null);
      if (open.length > 1) open.pop();
      position += 1;
    } else {
      if (words.length === 0) start = position;
      const word = readWord(text, position);
      if (word.problem !== null) refuse(word.problem, position);
      words.push(word.text);
      position = word.end;
    }
  }
  if (words.length > 0) refuse('";" is missing at the end', start);
  else if (open.length > 1) refuse('"}" is missing at the end', text.trimEnd().length);
  finish(text.length, null);
  return { directives: root, problem };
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end + 1;
}
