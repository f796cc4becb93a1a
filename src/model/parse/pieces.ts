import type { Entry } from '../entry.ts';
import type { TextPiece } from '../text-piece.ts';

/** An entry with the places of the lines of its text, where the file shows them. */
export function inPieces(entry: Entry, pieces: readonly TextPiece[]): Entry {
  return pieces.length === 0 ? entry : { ...entry, pieces };
}
