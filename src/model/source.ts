import type { Json, JsonObject } from './json.ts';
import type { Position } from './position.ts';
import type { TextPiece } from './text-piece.ts';

/** One input file, decoded. `file` is the path as the user gave it, with `/`, or `<stdin>`. */
export interface SourceFile {
  readonly file: string;
  readonly text: string;
  /** One object of a cluster: places in it are told by field rather than by line. */
  readonly live?: true;
}

/** Field names and list positions from the root of an object. */
export type Path = readonly (string | number)[];

/** One Kubernetes object as it stands in a file; the items of a `List` are documents of their own. */
export interface SourceDocument {
  readonly file: string;
  readonly at: Position;
  readonly value: JsonObject;
  /**
   * Where a field stands: its key (of a list item, which has none, the item) or its value. A path that does not exist
   * answers with the deepest part of it that does.
   */
  locate(path: Path, what?: 'key' | 'value'): Position;
  /** A scalar as the file has it, without quotes (`yes`, `0600`); null where the path holds no scalar. */
  written(path: Path): string | null;
  /** The value at a path with everything in it; null where there is none. */
  tree(path: Path): SourceNode | null;
  /** Where the pieces of a text stand that takes several lines; empty for any other, and where the file's form of it does not tell. */
  pieces(path: Path): readonly TextPiece[];
}

/** A value of a document and those in it. */
export interface SourceNode {
  /** Field path inside the object, e.g. `spec.rules[0].host`. */
  readonly name: string;
  readonly value: Json;
  /** Of a scalar, as the file has it; null of any other. */
  readonly written: string | null;
  /** Of the key, or of the list item. */
  readonly at: Position;
  /** As `SourceDocument.pieces`. */
  readonly pieces: readonly TextPiece[];
  /** Members or items, in document order. */
  readonly children: readonly (readonly [string | number, SourceNode])[];
}

/** `networking.k8s.io` of `networking.k8s.io/v1`; '' for the core group. */
export function apiGroup(apiVersion: Json | undefined): string {
  if (typeof apiVersion !== 'string') return '';
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? '' : apiVersion.slice(0, slash);
}
