import { lowerAscii } from './ascii-case.ts';
import { parsePattern } from './regex/parse.ts';
import { anchored, type RegexNode } from './regex/syntax.ts';

/** The text that all matches of a location pattern begin with, which is quick to tell. At least `/`. */
export function literalStart(pattern: string): string {
  const parsed = parsePattern(pattern);
  const head = parsed.kind === 'unparsed' ? '' : headOf(anchored(parsed.root)).text;
  // NGINX merges slashes: a text with two of them takes nothing.
  return head.startsWith('/') ? head.replace(/\/{2,}.*/s, '/') : '/';
}

/** `goesOn`: whatever follows in the pattern goes on right after the text. */
function headOf(node: RegexNode): { readonly text: string; readonly goesOn: boolean } {
  switch (node.kind) {
    case 'empty':
    case 'start':
      return { text: '', goesOn: true };
    case 'char':
      return { text: node.char, goesOn: true };
    case 'group':
      return headOf(node.body);
    case 'sequence': {
      let text = '';
      for (const item of node.items) {
        const head = headOf(item);
        text += head.text;
        if (!head.goesOn) return { text, goesOn: false };
      }
      return { text, goesOn: true };
    }
    case 'alternation': {
      const heads = node.options.map(headOf);
      const text = heads.map((head) => head.text).reduce(commonStart);
      return { text, goesOn: heads.every((head) => head.goesOn && head.text === text) };
    }
    case 'repeat': {
      if (node.min === 0) return { text: '', goesOn: false };
      const head = headOf(node.body);
      return { text: head.text, goesOn: head.goesOn && node.min === 1 && node.max === 1 };
    }
    case 'opaque': {
      const head = headOf(node.atMost);
      return { text: head.text, goesOn: head.goesOn };
    }
    case 'set':
    case 'end':
      return { text: '', goesOn: false };
    default:
      return node satisfies never;
  }
}

function commonStart(a: string, b: string): string {
  const [left, right] = [lowerAscii(a), lowerAscii(b)];
  let length = 0;
  while (length < left.length && left[length] === right[length]) length += 1;
  return a.slice(0, length);
}
