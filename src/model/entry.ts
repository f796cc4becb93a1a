import type { Position } from './position.ts';
import type { TextPiece } from './text-piece.ts';

/** Names one object of the input or the output. `namespace` is '' for cluster-scoped kinds. */
export interface ObjectRef {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/** Names an Ingress and where it stands: two files may define the same namespace/name. */
export interface IngressRef extends ObjectRef {
  readonly kind: 'Ingress';
  readonly at: Position;
}

/**
 * One setting of the input: an annotation, a leaf of an Ingress's spec, a field of a satellite object.
 * Every entry that exists ends in exactly one outcome of the ledger. Compared by identity.
 */
export interface Entry {
  /** The object that holds the setting. */
  readonly object: ObjectRef;
  /** The Ingress it serves; null for settings of the whole controller. */
  readonly ingress: IngressRef | null;
  /** `directive`: one statement of an annotation whose value is configuration of its own. */
  readonly kind: 'annotation' | 'field' | 'directive';
  /**
   * Full annotation name or field path (`spec.rules[0].http.paths[1].path`), as in `key`, without the object prefix that
   * satellites get; of a directive the annotation and the directive's name.
   */
  readonly name: string;
  /** Public key: `name` for Ingresses, `Kind namespace/name ` + `name` for satellites and Services. */
  readonly key: string;
  /** The value as text; JSON for anything that is not a scalar. */
  readonly value: string;
  readonly at: Position;
  /**
   * Present on an annotation or ConfigMap value that the API server refuses, being no text. `value` is what the file says;
   * nothing may be concluded from it.
   */
  readonly malformed?: true;
  /** Of a text that takes several lines of its file: where the pieces of the value stand. */
  readonly pieces?: readonly TextPiece[];
}
