import type { PathMatch } from '../table.ts';
import { caseVariants } from './ascii-case.ts';
import { literalHead } from './literal.ts';
import { contains, membersOf, sizeOf } from './regex/char-set.ts';
import { parsePattern } from './regex/parse.ts';
import { type RegexNode, setOf } from './regex/syntax.ts';

const MAX_SAMPLES = 80;
const MAX_PER_NODE = 12;
const MAX_TEXT = 300;

/**
 * Request paths, as a client would send them, on which a match is worth trying: at its borders, just inside and just outside. Always the
 * same ones, in the same order.
 */
export function samplePaths(match: PathMatch): readonly string[] {
  const texts = textsOf(match);
  const samples = [...texts.map(asRequested), '/', ...texts.flatMap(around)];
  return [...new Set(samples.filter((path) => path.startsWith('/')))].slice(0, MAX_SAMPLES);
}

/** Texts that the match takes, or nearly. */
function textsOf(match: PathMatch): readonly string[] {
  switch (match.kind) {
    case 'exact':
    case 'prefix':
    case 'text-prefix':
      return [match.value];
    case 'glob':
      return [
        ['', ''],
        ['x', 'x'],
        ['x/y', 'z'],
      ].map(([star = '', mark = '']) => match.value.replaceAll('*', star).replaceAll('?', mark));
    case 'regex': {
      const parsed = parsePattern(match.pattern);
      const found = parsed.kind === 'parsed' ? samplesOf(parsed.root) : [];
      return [...new Set([...found, literalHead(match.pattern, { caseInsensitive: false }).text])]
        .sort((a, b) => a.length - b.length)
        .slice(0, MAX_PER_NODE);
    }
    default:
      return match satisfies never;
  }
}

function around(text: string): readonly string[] {
  const bare = text.replace(/\/+$/, '');
  const [upper] = caseVariants(text);
  const letter = /[A-Za-z]/.exec(bare)?.[0];
  return [
    text,
    `${bare}/`,
    ...(bare === '' ? [] : [bare]),
    `${bare}/x`,
    ...(bare === '' ? [] : [`${bare}bar`]),
    bare.slice(0, Math.max(1, bare.lastIndexOf('/'))),
    ...(upper === undefined ? [] : [upper, `${upper.replace(/\/+$/, '')}/x`]),
    `${bare}//x`,
    ...(bare.length > 2 ? [bare.slice(0, -1)] : []),
    ...(letter === undefined ? [] : [bare.replace(letter, `%${letter.charCodeAt(0).toString(16)}`)]),
    `${bare}/a%2Fb`,
  ].map(asRequested);
}

/** Escapes what cannot stand in a request line; what is escaped already stays. */
function asRequested(path: string): string {
  return path.replace(/\p{Surrogate}/gu, '').replace(/[^!$&-;=@-Z_a-z~%]/gu, (char) => encodeURIComponent(char));
}

/** A few texts for each node, changing one part at a time. */
function samplesOf(node: RegexNode): readonly string[] {
  switch (node.kind) {
    case 'empty':
    case 'start':
    case 'end':
      return [''];
    case 'char':
      return [node.char];
    case 'set': {
      const set = setOf(node, false);
      const readable = [...'xa1b-A0_.'].filter((char) => contains(set, char.charCodeAt(0)));
      const [first] = membersOf(set.slice(0, 1).map(([low]) => [low, low] as const));
      const all = sizeOf(set) <= 3 ? membersOf(set) : readable.slice(0, 2);
      return all.length > 0 ? all : first === undefined ? [] : [first];
    }
    case 'sequence':
      return inSequence(node.items.map(samplesOf));
    case 'alternation':
      return cut(node.options.flatMap(samplesOf));
    case 'group':
      return samplesOf(node.body);
    case 'repeat': {
      const body = samplesOf(node.body);
      const [first = ''] = body;
      const rounds = [node.min, node.min + 1, node.min + 2].filter((count) => node.max === null || count <= node.max);
      return cut([
        ...rounds.map((count) => first.repeat(Math.min(count, MAX_TEXT))),
        ...(node.max === 0 ? [] : body.slice(1).map((text) => text.repeat(Math.min(Math.max(1, node.min), MAX_TEXT)))),
      ]);
    }
    case 'opaque':
      return samplesOf(node.atMost);
    default:
      return node satisfies never;
  }
}

function inSequence(parts: readonly (readonly string[])[]): readonly string[] {
  const plain = parts.map(([first = '']) => first);
  const out = [plain.join('')];
  for (const [i, part] of parts.entries()) for (const other of part.slice(1)) out.push(plain.with(i, other).join(''));
  return cut(out);
}

function cut(texts: readonly string[]): readonly string[] {
  return [...new Set(texts.map((text) => text.slice(0, MAX_TEXT)))].slice(0, MAX_PER_NODE);
}
