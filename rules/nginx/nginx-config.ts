/** One directive of nginx's configuration: `if ($a = b) { … }` has the name `if`, two or more arguments and a block. */
export interface Directive {
  readonly name: string;
  readonly args: readonly string[];
  readonly block: readonly Directive[] | null;
}

/** Deeper blocks are read as part of the one at this depth. */
const DEEPEST = 40;

/**
 * The directives of a snippet, as nginx reads them: words, quotes, `${variable}`, comments, and the Lua text of
 * `…_by_lua_block`. What is not closed ends with the text.
 */
export function parseNginx(text: string): readonly Directive[] {
  const root: Directive[] = [];
  const open = [root];
  let words: string[] = [];
  let position = 0;
  const finish = (block: Directive[] | null) => {
    const [name, ...args] = words;
    words = [];
    if (name !== undefined) open.at(-1)?.push({ name, args, block });
  };
  while (position < text.length) {
    const char = text[position] ?? '';
    if (/\s/.test(char)) position += 1;
    else if (char === '#') position = endOfLine(text, position);
    else if (char === ';') {
      finish(null);
      position += 1;
    } else if (char === '{' && /_by_lua_block$/.test(words[0] ?? '')) {
      position = endOfLua(text, position + 1);
      finish([]);
    } else if (char === '{') {
      const isDeep = open.length >= DEEPEST;
      const block: Directive[] = isDeep ? (open.at(-1) ?? root) : [];
      finish(isDeep ? null : block);
      open.push(block);
      position += 1;
    } else if (char === '}') {
      finish(null);
      if (open.length > 1) open.pop();
      position += 1;
    } else {
      const [word, end] = readWord(text, position);
      words.push(word);
      position = end;
    }
  }
  finish(null);
  return root;
}

/** A word, quoted or not, and where it ends. */
function readWord(text: string, start: number): readonly [string, number] {
  const quote = text[start] === '"' || text[start] === "'" ? text[start] : null;
  let word = '';
  let position = quote === null ? start : start + 1;
  while (position < text.length) {
    const char = text[position] ?? '';
    if (char === '\\' && position + 1 < text.length) {
      word += char + (text[position + 1] ?? '');
      position += 2;
      continue;
    }
    if (quote !== null && char === quote) return [word, position + 1];
    if (quote === null && char === '$' && text[position + 1] === '{') {
      const end = text.indexOf('}', position);
      const stop = end < 0 ? text.length : end + 1;
      word += text.slice(position, stop);
      position = stop;
      continue;
    }
    if (quote === null && /[\s;{}]/.test(char)) break;
    word += char;
    position += 1;
  }
  return [word, position];
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end + 1;
}

/** Behind the brace that closes a Lua block. Braces in Lua's strings and comments do not count. */
function endOfLua(text: string, from: number): number {
  let depth = 1;
  const tokens = /--\[\[[\s\S]*?\]\]|--[^\n]*|\[\[[\s\S]*?\]\]|"(?:\\[\s\S]|[^"\\\n])*"|'(?:\\[\s\S]|[^'\\\n])*'|[{}]/g;
  tokens.lastIndex = from;
  for (let token = tokens.exec(text); token !== null; token = tokens.exec(text)) {
    if (token[0] === '{') depth += 1;
    if (token[0] === '}') depth -= 1;
    if (depth === 0) return tokens.lastIndex;
  }
  return text.length;
}
