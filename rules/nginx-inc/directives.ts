/** One directive of nginx's configuration, with the directives of its block, and the line of the text it begins on, from 1. */
export interface Directive {
  readonly name: string;
  readonly args: readonly string[];
  readonly block: readonly Directive[] | null;
  readonly line: number;
}

/** Quoted words, variables in braces, comments, the marks of the language, and words, in which a backslash escapes. */
const TOKEN = /\s+|#[^\n]*|"(?:\\[\s\S]|[^"\\])*"?|'(?:\\[\s\S]|[^'\\])*'?|[;{}]|(?:\$\{[^}]*\}?|\\[\s\S]|[^\s;{}\\])+|\\/gy;

interface Open {
  readonly directives: Directive[];
  words: string[];
  line: number;
}

/** The directives of a snippet. What is not closed ends with the text; a brace too many is passed over. */
export function directivesOf(text: string): readonly Directive[] {
  const root: Open = { directives: [], words: [], line: 1 };
  const stack: Open[] = [root];
  let line = 1;
  for (const [token] of text.matchAll(TOKEN)) {
    const top = stack.at(-1) ?? root;
    if (token === ';') finish(top, null);
    else if (token === '{') {
      const block: Directive[] = [];
      finish(top, block);
      stack.push({ directives: block, words: [], line });
    } else if (token === '}') {
      finish(top, null);
      if (stack.length > 1) stack.pop();
    } else if (!/^[\s#]/.test(token)) {
      if (top.words.length === 0) top.line = line;
      top.words.push(unquoted(token));
    }
    line += token.split('\n').length - 1;
  }
  for (const open of stack) finish(open, null);
  return root.directives;
}

function finish(open: Open, block: Directive[] | null): void {
  const [name, ...args] = open.words;
  open.words = [];
  if (name !== undefined) open.directives.push({ name, args, block, line: open.line });
}

function unquoted(token: string): string {
  return /^(["']).*\1$/s.test(token) && token.length > 1 ? token.slice(1, -1) : token;
}
