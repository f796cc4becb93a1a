import type { Entry } from '../entry.ts';
import type { Path, SourceDocument } from '../source.ts';

/** An entry with the places of the lines of its text, where the file shows them. */
export function inPieces(entry: Entry, document: SourceDocument, path: Path): Entry {
  const pieces = document.pieces(path);
  return pieces.length === 0 ? entry : { ...entry, pieces };
}
