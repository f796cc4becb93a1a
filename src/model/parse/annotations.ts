import type { Finding } from '../../ledger/finding.ts';
import type { Entry, IngressRef, ObjectRef } from '../entry.ts';
import { isObject, type Json, member } from '../json.ts';
import type { Position } from '../position.ts';
import type { SourceDocument } from '../source.ts';
import { findObject } from './findings.ts';
import { inPieces } from './pieces.ts';
import { typeName } from './readers.ts';

/** How the entries of one object are made. */
export interface Owner {
  readonly object: ObjectRef;
  readonly ingress: IngressRef | null;
  /** What stands before the name in the public key: nothing for an Ingress. */
  readonly prefix: string;
}

export function ownerOf(object: ObjectRef): Owner {
  const name = object.namespace === '' ? object.name : `${object.namespace}/${object.name}`;
  return { object, ingress: null, prefix: `${object.kind} ${name} ` };
}

export function entryOf(owner: Owner, kind: Entry['kind'], name: string, value: string, at: Position): Entry {
  return { object: owner.object, ingress: owner.ingress, kind, name, key: owner.prefix + name, value, at };
}

/**
 * One entry for each annotation, at its key. A value that is no text is reported and not converted to any: its entry has
 * what the file says and is marked.
 */
export function readAnnotations(document: SourceDocument, owner: Owner, report: (finding: Finding) => void): readonly Entry[] {
  const annotations = member(document.value['metadata'], 'annotations') ?? null;
  const path = ['metadata', 'annotations'];
  if (!isObject(annotations)) {
    const args = { field: path.join('.'), expected: 'a map', found: typeName(annotations) };
    if (annotations !== null) report(findObject['wrong-type'](args, { at: document.locate(path, 'key'), ingress: owner.ingress }));
    return [];
  }
  return Object.entries(annotations).map(([name, value]) => {
    const at = document.locate([...path, name], 'key');
    const text = annotationText(value);
    if (text !== null) {
      return inPieces(entryOf(owner, 'annotation', name, text, at), document.pieces([...path, name]));
    }
    const written = document.written([...path, name]) ?? JSON.stringify(value);
    const args = { annotation: name, written, type: typeName(value).replace(/^a /, '') };
    report(findObject['unquoted-annotation'](args, { at, ingress: owner.ingress }));
    return { ...entryOf(owner, 'annotation', name, written, at), malformed: true };
  });
}

/** Null is what Go reads as an empty text, and what an annotation without a value comes to. */
export function annotationText(value: Json): string | null {
  if (value === null) return '';
  return typeof value === 'string' ? value : null;
}
