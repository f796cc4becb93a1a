import type { Finding } from '../ledger/finding.ts';
import { roleOf } from '../model/parse/kinds.ts';
import type { SourceDocument, SourceFile } from '../model/source.ts';
import { type Composed, compose, MAX_LEXEMES } from './compose.ts';
import { findDocument } from './findings.ts';
import { helmValues } from './helm-values.ts';
import { issueFinding, isWithin } from './issue-finding.ts';
import { lineStarts, type Placing, positionAt } from './lines.ts';
import type { LocatedMap } from './located.ts';
import { apiVersionOf, kindOf, MAX_ANNOTATIONS, objectsIn, tooManyAnnotations, withoutSecretValues } from './objects.ts';
import { mayHoldSecret, mayMatter } from './prefilter.ts';
import { sourceDocument } from './source-document.ts';
import { type Chunk, splitDocuments } from './split.ts';

export interface ReadDocuments {
  /** The objects that matter to the conversion, in the order of the file. */
  readonly documents: readonly SourceDocument[];
  /** Number of documents and list items that were passed over: other kinds, no Kubernetes object, unreadable. */
  readonly skipped: number;
  readonly findings: readonly Finding[];
}

/** Reads every object of a file. What is wrong with one costs the others nothing. */
export function readDocuments(source: SourceFile, lexemes: number = MAX_LEXEMES): ReadDocuments {
  const starts = lineStarts(source.text);
  const place: Placing = (offset) => positionAt(source.file, starts, offset);
  return joined(splitDocuments(source.text).map((chunk) => readChunk(source, chunk, { place, lexemes })));
}

function joined(parts: readonly ReadDocuments[]): ReadDocuments {
  return {
    documents: parts.flatMap((part) => part.documents),
    skipped: parts.reduce((total, part) => total + part.skipped, 0),
    findings: parts.flatMap((part) => part.findings),
  };
}

interface ChunkContext {
  readonly place: Placing;
  readonly lexemes: number;
}

function readChunk(source: SourceFile, chunk: Chunk, { place, lexemes }: ChunkContext): ReadDocuments {
  if (!mayMatter(chunk.text)) return { documents: [], skipped: 1, findings: [] };
  const forbidden = FORBIDDEN.exec(chunk.text);
  if (forbidden !== null) {
    const character =
      forbidden[0] === '\0' ? 'a NUL character or a byte that is not UTF-8' : `the control character ${codePoint(forbidden[0])}`;
    const at = mayHoldSecret(chunk.text) ? chunk.start : chunk.start + forbidden.index;
    return { documents: [], skipped: 1, findings: [findDocument['invalid-character']({ character }, { at: place(at) })] };
  }
  return joined(compose(chunk, lexemes).map((composed) => readComposed(source, chunk, composed, place)));
}

/** Everything YAML excludes from a stream (YAML 1.2 §5.1). Bytes that are not UTF-8 arrive here as NUL. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the purpose
const FORBIDDEN = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]/;

function codePoint(character: string): string {
  return `U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
}

function readComposed(source: SourceFile, chunk: Chunk, { node, issues: found }: Composed, place: Placing): ReadDocuments {
  const objects = node === null ? [] : (helmValues(node, source.file) ?? objectsIn(node));
  const issues = [...found, ...objects.flatMap(annotationIssue)];
  const findings = issues.map((issue) => issueFinding(issue, { chunk, objects, place }));
  if (node?.kind === 'list') {
    const count = node.items.filter((item) => objectsIn(item).length > 0).length;
    if (count > 0) findings.push(findDocument['top-level-list']({ count }, { at: place(node.at) }));
  }
  const documents = objects
    .filter((object) => roleOf(kindOf(object), apiVersionOf(object)) !== null && !isSpoiled(object, objects, issues))
    .map((object) => (kindOf(object) === 'Secret' ? withoutSecretValues(object) : object))
    .map((object) => sourceDocument(source, object, place));
  return { documents, skipped: Math.max(objects.length, 1) - documents.length, findings };
}

function annotationIssue(object: LocatedMap): Composed['issues'] {
  const at = tooManyAnnotations(object);
  return at === null ? [] : [{ kind: 'too-large', at, limit: MAX_ANNOTATIONS }];
}

/** An object is lost when something in it cannot be read, or something around it that may be part of it. */
function isSpoiled(object: LocatedMap, objects: readonly LocatedMap[], issues: Composed['issues']): boolean {
  return issues
    .filter((issue) => issue.kind !== 'duplicate-key')
    .some((issue) => isWithin(object, issue.at) || !objects.some((other) => isWithin(other, issue.at)));
}
