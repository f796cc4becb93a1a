import { type Located, listAt, type Member, mapAt, scalarAt } from '../located.ts';
import { plainScalar } from '../plain-scalar.ts';
import type { Chunk } from '../split.ts';
import { MAX_DEPTH } from '../yaml-value.ts';
import { afterLine, atDash, atLineEnd, type Cursor, skipSpaces, toContent, toNextLine, UNUSUAL } from './cursor.ts';
import { flowNode, MAX_KEY } from './flow.ts';
import { blockScalar, plainInBlock, quoted } from './scalars.ts';

/**
 * Reads the YAML that manifests are written in: block and flow collections, scalars within one line, block scalars,
 * comments, JSON. It answers null for everything else, be it right (anchors, tags, scalars over several lines, `?`) or
 * wrong, and the full parser reads the document. Where it does answer, both agree; a test holds them against each other.
 * It takes a fraction of the time, which makes up most of a large conversion.
 */
export function quickYaml({ text, start }: Chunk): Located | null {
  // The end of a document, wherever it stands.
  if (text.startsWith('...') || text.includes('\n...')) return null;
  const cursor: Cursor = { text, base: start, pos: 0, column: -1 };
  try {
    if (text.startsWith('---')) {
      cursor.pos = 3;
      if (!atLineEnd(cursor)) return null;
      cursor.pos = afterLine(text, cursor.pos);
    }
    toContent(cursor);
    if (cursor.column < 0) return null;
    const node = blockNode(cursor, { column: cursor.column, parent: -1, depth: 0 });
    return cursor.column < 0 ? node : null;
  } catch (error) {
    // Patterns run out of stack on a scalar of many megabytes.
    if (error === UNUSUAL || error instanceof RangeError) return null;
    throw error;
  }
}

interface Context {
  readonly column: number;
  /** Indentation of what the node belongs to. */
  readonly parent: number;
  readonly depth: number;
}

function blockNode(cursor: Cursor, { column, parent, depth }: Context): Located {
  if (depth > MAX_DEPTH) throw UNUSUAL;
  if (atDash(cursor)) return sequence(cursor, column, depth);
  const key = keyHere(cursor);
  return key === null ? inlineValue(cursor, parent, depth) : mapping(cursor, column, depth, key);
}

function mapping(cursor: Cursor, column: number, depth: number, first: Key): Located {
  const { base, pos: start } = cursor;
  const members = new Map<string, Member>();
  for (let key: Key | null = first; key !== null; key = cursor.column === column ? keyHere(cursor) : null) {
    if (members.has(key.name)) throw UNUSUAL;
    const keyAt = base + cursor.pos;
    cursor.pos = key.after;
    members.set(key.name, { keyAt, node: memberValue(cursor, column, depth + 1) });
  }
  if (cursor.column >= column) throw UNUSUAL;
  return mapAt(members, base + start, base + cursor.pos);
}

function memberValue(cursor: Cursor, column: number, depth: number): Located {
  if (!atLineEnd(cursor)) return inlineValue(cursor, column, depth);
  const nothing = emptyHere(cursor);
  cursor.pos = afterLine(cursor.text, cursor.pos);
  toContent(cursor);
  if (cursor.column > column) return blockNode(cursor, { column: cursor.column, parent: column, depth });
  return cursor.column === column && atDash(cursor) ? sequence(cursor, column, depth) : nothing;
}

function sequence(cursor: Cursor, column: number, depth: number): Located {
  const { base, pos: start } = cursor;
  if (depth > MAX_DEPTH) throw UNUSUAL;
  const items: Located[] = [];
  do {
    const dash = cursor.pos;
    cursor.pos += 1;
    if (atLineEnd(cursor)) {
      const nothing = emptyHere(cursor);
      cursor.pos = afterLine(cursor.text, cursor.pos);
      toContent(cursor);
      const isNested = cursor.column > column;
      items.push(isNested ? blockNode(cursor, { column: cursor.column, parent: column, depth: depth + 1 }) : nothing);
    } else {
      items.push(blockNode(cursor, { column: column + cursor.pos - dash, parent: column, depth: depth + 1 }));
    }
  } while (cursor.column === column && atDash(cursor));
  if (cursor.column > column) throw UNUSUAL;
  return listAt(items, base + start, base + cursor.pos);
}

function emptyHere({ base, pos }: Cursor): Located {
  return scalarAt(null, '', base + pos, base + pos);
}

interface Key {
  readonly name: string;
  /** Behind its colon. */
  readonly after: number;
}

const KEY = /(?:([A-Za-z0-9_./][\w./-]*)|"([^"\\\n]*)"|'([^'\n]*)'):(?=[ \n]|$)/y;

function keyHere({ text, pos }: Cursor): Key | null {
  KEY.lastIndex = pos;
  const [found, plain, double, single] = KEY.exec(text) ?? [];
  if (found === undefined) return null;
  if (found.length > MAX_KEY) throw UNUSUAL;
  return { name: plain === undefined ? (double ?? single ?? '') : plainName(plain), after: pos + found.length };
}

function plainName(written: string): string {
  const value = plainScalar(written);
  return value === null ? 'null' : String(value);
}

function inlineValue(cursor: Cursor, parent: number, depth: number): Located {
  if (depth > MAX_DEPTH) throw UNUSUAL;
  skipSpaces(cursor);
  const first = cursor.text.charAt(cursor.pos);
  if (first === '|' || first === '>') {
    const scalar = blockScalar(cursor, parent);
    toContent(cursor);
    return scalar;
  }
  const node = first === '{' || first === '[' ? flowNode(cursor, parent, depth) : scalarHere(cursor, first);
  toNextLine(cursor, parent);
  return node;
}

function scalarHere(cursor: Cursor, first: string): Located {
  return first === '"' || first === "'" ? quoted(cursor) : plainInBlock(cursor);
}
