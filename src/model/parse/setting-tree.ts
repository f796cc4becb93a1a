import type { Entry } from '../entry.ts';
import type { Json } from '../json.ts';
import type { Position } from '../position.ts';
import type { Path, SourceDocument, SourceNode } from '../source.ts';
import { inPieces } from './pieces.ts';

/** A value of an object with the entries for its leaves: what parsers walk, so that every setting has one entry. */
export interface SettingNode {
  /** Field path inside the object, e.g. `spec.rules[0].host`. */
  readonly name: string;
  readonly value: Json;
  /** Of a scalar, as the file has it. */
  readonly written: string | null;
  /** Of the key, or of the list item. */
  readonly at: Position;
  /** Set on scalars, on null and on empty maps and lists. */
  readonly leaf: Entry | null;
  /** Members or items, in document order. */
  readonly children: ReadonlyMap<string | number, SettingNode>;
}

/** Makes the entry of a leaf. `value` is the text as written; JSON for null, `{}` and `[]`. */
export type EntryMaker = (name: string, value: string, at: Position) => Entry;

/** The tree of the value at `path`; null where there is none. */
export function settingTree(document: SourceDocument, path: Path, make: EntryMaker): SettingNode | null {
  const found = document.tree(path);
  return found === null ? null : node(found, make);
}

/** Every leaf in it, in document order. */
export function entriesIn(tree: SettingNode | null | undefined): readonly Entry[] {
  const leaves: Entry[] = [];
  if (tree) collectLeaves(tree, leaves);
  return leaves;
}

function collectLeaves({ leaf, children }: SettingNode, into: Entry[]): void {
  if (leaf === null) for (const child of children.values()) collectLeaves(child, into);
  else into.push(leaf);
}

function node({ name, value, written, at, pieces, children }: SourceNode, make: EntryMaker): SettingNode {
  return {
    name,
    value,
    written: value === null ? null : written,
    at,
    leaf: children.length === 0 ? inPieces(make(name, value === null ? 'null' : (written ?? JSON.stringify(value)), at), pieces) : null,
    children: new Map(children.map(([segment, child]) => [segment, node(child, make)])),
  };
}
