/** One word of nginx's configuration and where the text goes on behind it. */
export interface Word {
  /** Without quotes, escapes resolved as nginx does. */
  readonly text: string;
  readonly end: number;
  /** What nginx refuses about it; null where it is fine. */
  readonly problem: string | null;
}

/** Reads the word that begins at `start`, as `ngx_conf_read_token` does: only a blank, `;` and `{` end one that is not quoted. */
export function readWord(source: string, start: number): Word {
  const quote = source[start];
  return quote === '"' || quote === "'" ? quotedWord(source, start, quote) : bareWord(source, start);
}

function bareWord(source: string, start: number): Word {
  let position = start;
  while (position < source.length) {
    const char = source.charAt(position);
    if (char === '\\') position += 2;
    // `${name}`: the brace belongs to the variable.
    else if (char === '$' && source[position + 1] === '{') position += 2;
    else if (ENDS_WORD.test(char)) break;
    else position += 1;
  }
  const end = Math.min(position, source.length);
  return { text: unescaped(source.slice(start, end)), end, problem: null };
}

const ENDS_WORD = /[\s;{]/;

function quotedWord(source: string, start: number, quote: string): Word {
  let position = start + 1;
  while (position < source.length && source[position] !== quote) position += source[position] === '\\' ? 2 : 1;
  const text = unescaped(source.slice(start + 1, Math.min(position, source.length)));
  if (position >= source.length) return { text, end: source.length, problem: `a text in ${quote} is not closed` };
  const next = source.charAt(position + 1);
  const problem = next === '' || /[\s;{)]/.test(next) ? null : `unexpected "${next}" behind a text in quotes`;
  return { text, end: position + 1, problem };
}

function unescaped(text: string): string {
  return text.replace(/\\(["'\\tnr])/g, (_, char: string) => ESCAPES[char] ?? char);
}

const ESCAPES: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r' };
