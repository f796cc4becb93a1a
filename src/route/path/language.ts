import type { PathMatch } from '../table.ts';
import { parsePattern } from './regex/parse.ts';
import { compileProgram, type Program } from './regex/program.ts';
import { anchored, anyText, literalNode, type RegexNode, sequenceOf } from './regex/syntax.ts';

/** The set of paths a match takes, as a program. */
export interface PathLanguage {
  readonly program: Program;
  /** The program may take more paths than the match does: parts of the pattern are not understood. */
  readonly widened: boolean;
  /** The controller merges slashes before it compares, so that `//` never occurs. */
  readonly mergedSlashes: boolean;
}

const singleChar: RegexNode = { kind: 'set', ranges: [[0, 0x10ffff]], negated: false, dot: false };
const slash: RegexNode = { kind: 'char', char: '/' };
const end: RegexNode = { kind: 'end' };
const everyPath = sequenceOf([slash, anyText]);

export function languageOf(match: PathMatch): PathLanguage {
  const { root, insensitive, widened } = rootOf(match);
  const program = compileProgram(root, insensitive);
  const mergedSlashes = match.kind !== 'glob';
  if (program !== null) return { program, widened, mergedSlashes };
  return { program: compileProgram(everyPath, false) ?? { entry: 0, instructions: [{ kind: 'match' }] }, widened: true, mergedSlashes };
}

function rootOf(match: PathMatch): { readonly root: RegexNode; readonly insensitive: boolean; readonly widened: boolean } {
  const exactly = (root: RegexNode) => ({ root, insensitive: false, widened: false });
  switch (match.kind) {
    case 'exact':
      return exactly(sequenceOf([literalNode(match.value), end]));
    case 'text-prefix':
      return exactly(sequenceOf([literalNode(match.value), anyText]));
    case 'prefix': {
      const below = match.value.endsWith('/') ? anyText : { kind: 'alternation' as const, options: [end, sequenceOf([slash, anyText])] };
      return exactly(sequenceOf([literalNode(match.value), below]));
    }
    case 'glob':
      return exactly(sequenceOf([...[...match.value].map(globNode), end]));
    case 'regex': {
      const parsed = parsePattern(match.pattern);
      if (parsed.kind === 'unparsed') return { root: everyPath, insensitive: false, widened: true };
      const root = sequenceOf([anchored(parsed.root), anyText]);
      return { root, insensitive: match.caseInsensitive || parsed.insensitive, widened: parsed.opaque };
    }
    default:
      return match satisfies never;
  }
}

function globNode(char: string): RegexNode {
  if (char === '*') return anyText;
  return char === '?' ? singleChar : { kind: 'char', char };
}
