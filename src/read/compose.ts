import { Composer, CST, Lexer, type Node, Parser, type YAMLError } from 'yaml';
import type { Located } from './located.ts';
import { quickYaml } from './quick/quick-yaml.ts';
import type { Chunk } from './split.ts';
import { type Issue, MAX_ALIASED_VALUES, MAX_DEPTH, MAX_SCALAR, yamlValue } from './yaml-value.ts';

export interface Composed {
  /** null for a document that does not parse. */
  readonly node: Located | null;
  readonly issues: readonly (Issue | SyntaxIssue)[];
}

export interface SyntaxIssue {
  readonly kind: 'syntax';
  readonly at: number;
  readonly reason: string;
}

/** Words and signs of one document that the library may be given. It takes a few hundred bytes for each. */
export const MAX_LEXEMES = 7_000_000;

/**
 * Parses one piece of a file, YAML or JSON (which is YAML). More than one document comes out of it when `...` ends one.
 *
 * @param lexemes how much the library may be given: `MAX_LEXEMES`, or less where there is little memory
 */
export function compose(chunk: Chunk, lexemes: number): readonly Composed[] {
  const quick = quickYaml(chunk);
  const composed = quick === null ? composeFully(chunk, lexemes) : [{ node: quick, issues: [] }];
  if (chunk.text.length <= MAX_SCALAR) return composed;
  return composed.map(({ node, issues }) => ({ node, issues: [...issues, ...(node === null ? [] : largeScalars(node))] }));
}

function largeScalars(node: Located): readonly Issue[] {
  switch (node.kind) {
    case 'scalar':
      return node.end - node.at > MAX_SCALAR ? [{ kind: 'too-large', at: node.at, limit: MAX_SCALAR }] : [];
    case 'list':
      return node.items.flatMap(largeScalars);
    case 'map':
      return [...node.members.values()].flatMap((member) => largeScalars(member.node));
    default:
      return node satisfies never;
  }
}

/** With the library, which knows all of YAML and says what is wrong. */
export function composeFully(chunk: Chunk, lexemes: number = MAX_LEXEMES): readonly Composed[] {
  const documents: Composed[] = [];
  try {
    for (const document of new Composer(OPTIONS).compose(tokens(chunk, lexemes))) {
      const error = document.errors[0];
      if (error !== undefined) documents.push({ node: null, issues: [syntaxIssue(error, chunk.start)] });
      else documents.push(yamlValue(document.contents as Node | null, chunk.start));
    }
  } catch (error) {
    if (error instanceof Refused) return [{ node: null, issues: [error.issue] }];
    // The library goes down a function call with every level.
    if (!(error instanceof RangeError)) throw error;
    return [{ node: null, issues: [{ kind: 'too-deep', at: chunk.start }] }];
  }
  return documents;
}

/** Not worth composing: the whole document is given up. */
class Refused {
  readonly issue: Issue;
  constructor(issue: Issue) {
    this.issue = issue;
  }
}

/** The parser's tokens, as long as the document stays within what memory bears. Nothing of it is composed before. */
function* tokens({ text, start }: Chunk, lexemes: number): Generator<CST.Token> {
  const parser = new Parser();
  let [count, aliases] = [0, 0];
  for (const lexeme of new Lexer().lex(text)) {
    const at = start + parser.offset;
    count += 1;
    if (lexeme.startsWith('*') && CST.tokenType(lexeme) === 'alias') aliases += 1;
    if (aliases > MAX_ALIASED_VALUES) throw new Refused({ kind: 'too-many-aliases', at });
    if (count > lexemes) throw new Refused({ kind: 'too-complex', at: start, limit: lexemes });
    // A comment may be as long as it likes.
    if (lexeme.length > MAX_SCALAR && !lexeme.startsWith('#')) throw new Refused({ kind: 'too-large', at, limit: MAX_SCALAR });
    yield* parser.next(lexeme);
    // A collection within a collection is one token on the stack, or two.
    if (parser.stack.length > 2 * MAX_DEPTH) throw new Refused({ kind: 'too-deep', at });
  }
  yield* parser.end();
}

/**
 * Scalars come as text, so that `plainScalar` decides as kubectl does; repeated keys are found while converting, in
 * linear time.
 */
const OPTIONS = { schema: 'failsafe', uniqueKeys: false, prettyErrors: false, logLevel: 'silent' } as const;

function syntaxIssue(error: YAMLError, base: number): Issue | SyntaxIssue {
  // Where the stack ends differs from machine to machine, so the beginning of the document stands for the place.
  if (error.code === 'RESOURCE_EXHAUSTION') return { kind: 'too-deep', at: base };
  return { kind: 'syntax', at: base + error.pos[0], reason: error.message.replace(/[\s.]+$/, '') };
}
