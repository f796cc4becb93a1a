import type { Position } from './position.ts';

/** From `offset` of the value on, up to the next piece, the value stands in the file as it is, beginning at `at`. */
export interface TextPiece {
  readonly offset: number;
  readonly at: Position;
}

/** Where a character of an entry's value stands; the entry's own place where that is not known. */
export function placeWithin(entry: { readonly at: Position; readonly pieces?: readonly TextPiece[] }, offset: number): Position {
  const piece = entry.pieces?.findLast((each) => each.offset <= offset);
  return piece === undefined ? entry.at : { ...piece.at, column: piece.at.column + offset - piece.offset };
}
