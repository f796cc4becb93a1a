import type { Entry } from '../entry.ts';
import { appendSegment } from '../field-path.ts';
import { isObject, type Json } from '../json.ts';
import type { Position } from '../position.ts';
import type { Path, SourceDocument } from '../source.ts';
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
  let value: Json | undefined = document.value;
  for (const segment of path) value = isObject(value) && Object.hasOwn(value, segment) ? value[segment] : undefined;
  return value === undefined ? null : node(document, path, path.reduce<string>(appendSegment, ''), value, make);
}

/** Every leaf in it, in document order. */
export function entriesIn(tree: SettingNode | null | undefined): readonly Entry[] {
  if (!tree) return [];
  return tree.leaf === null ? [...tree.children.values()].flatMap(entriesIn) : [tree.leaf];
}

function node(document: SourceDocument, path: Path, name: string, value: Json, make: EntryMaker): SettingNode {
  const at = document.locate(path, 'key');
  const children = new Map<string | number, SettingNode>();
  const add = (segment: string | number, child: Json): void => {
    children.set(segment, node(document, [...path, segment], appendSegment(name, segment), child, make));
  };
  if (Array.isArray(value)) value.forEach((item, index) => add(index, item));
  else if (isObject(value)) for (const [key, item] of Object.entries(value)) add(key, item);
  const written = value === null ? null : document.written(path);
  const leaf = children.size === 0 ? inPieces(make(name, written ?? JSON.stringify(value), at), document, path) : null;
  return { name, value, written, at, leaf, children };
}
