import { Composer, type Node, Parser, type YAMLError } from 'yaml';
import type { Located } from './located.ts';
import { quickYaml } from './quick/quick-yaml.ts';
import type { Chunk } from './split.ts';
import { type Issue, MAX_SCALAR, yamlValue } from './yaml-value.ts';

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

/** Parses one piece of a file, YAML or JSON (which is YAML). More than one document comes out of it when `...` ends one. */
export function compose(chunk: Chunk): readonly Composed[] {
  const quick = quickYaml(chunk);
  const composed = quick === null ? composeFully(chunk) : [{ node: quick, issues: [] }];
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
export function composeFully(chunk: Chunk): readonly Composed[] {
  const documents: Composed[] = [];
  try {
    for (const document of new Composer(OPTIONS).compose(new Parser().parse(chunk.text))) {
      const error = document.errors[0];
      if (error !== undefined) documents.push({ node: null, issues: [syntaxIssue(error, chunk.start)] });
      else documents.push(yamlValue(document.contents as Node | null, chunk.start));
    }
  } catch (error) {
    // The library goes down a function call with every level.
    if (!(error instanceof RangeError)) throw error;
    return [{ node: null, issues: [{ kind: 'too-deep', at: chunk.start }] }];
  }
  return documents;
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
