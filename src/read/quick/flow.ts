import { type Located, type LocatedScalar, listAt, type Member, mapAt } from '../located.ts';
import { MAX_DEPTH } from '../yaml-value.ts';
import { afterLine, type Cursor, UNUSUAL } from './cursor.ts';
import { plainInFlow, quoted } from './scalars.ts';

/** A map or list in brackets, JSON's included. Lines after the first have to be indented deeper than `parent`. */
export function flowNode(cursor: Cursor, parent: number, depth: number): Located {
  if (depth > MAX_DEPTH) throw UNUSUAL;
  switch (cursor.text.charAt(cursor.pos)) {
    case '{':
      return flowMap(cursor, parent, depth);
    case '[':
      return flowList(cursor, parent, depth);
    default:
      return flowScalar(cursor);
  }
}

function flowScalar(cursor: Cursor): LocatedScalar {
  const first = cursor.text.charAt(cursor.pos);
  return first === '"' || first === "'" ? quoted(cursor) : plainInFlow(cursor);
}

function flowMap(cursor: Cursor, parent: number, depth: number): Located {
  const { text, base, pos: start } = cursor;
  const members = new Map<string, Member>();
  cursor.pos += 1;
  skip(cursor, parent);
  while (text.charAt(cursor.pos) !== '}') {
    const keyAt = base + cursor.pos;
    const name = flowKey(cursor);
    if (members.has(name)) throw UNUSUAL;
    skip(cursor, parent);
    members.set(name, { keyAt, node: flowNode(cursor, parent, depth + 1) });
    toNext(cursor, parent, '}');
  }
  cursor.pos += 1;
  return mapAt(members, base + start, base + cursor.pos);
}

function flowKey(cursor: Cursor): string {
  const start = cursor.pos;
  const isQuoted = /["']/.test(cursor.text.charAt(start));
  const { value, written } = flowScalar(cursor);
  while (cursor.text.charAt(cursor.pos) === ' ') cursor.pos += 1;
  const isKey = cursor.text.charAt(cursor.pos) === ':' && (isQuoted || /[ \n]/.test(cursor.text.charAt(cursor.pos + 1)));
  if (!isKey || written === '<<' || cursor.pos - start > MAX_KEY) throw UNUSUAL;
  cursor.pos += 1;
  return value === null ? 'null' : String(value);
}

/** YAML takes no longer ones without `?`. */
export const MAX_KEY = 1000;

function flowList(cursor: Cursor, parent: number, depth: number): Located {
  const { text, base, pos: start } = cursor;
  const items: Located[] = [];
  cursor.pos += 1;
  skip(cursor, parent);
  while (text.charAt(cursor.pos) !== ']') {
    items.push(flowNode(cursor, parent, depth + 1));
    toNext(cursor, parent, ']');
  }
  cursor.pos += 1;
  return listAt(items, base + start, base + cursor.pos);
}

/** Over the comma, or up to the bracket that ends the collection. */
function toNext(cursor: Cursor, parent: number, end: string): void {
  skip(cursor, parent);
  const next = cursor.text.charAt(cursor.pos);
  if (next === end) return;
  if (next !== ',') throw UNUSUAL;
  cursor.pos += 1;
  skip(cursor, parent);
}

/** Over spaces, line ends and comments. Tabs pass where nothing is indented. */
function skip(cursor: Cursor, parent: number): void {
  const { text } = cursor;
  let lineStart = -1;
  for (;;) {
    const code = text.charCodeAt(cursor.pos);
    if (code === 32 || (code === 9 && parent < 0)) cursor.pos += 1;
    else if (code === 10 || (code === 35 && /\s/.test(text.charAt(cursor.pos - 1)))) {
      cursor.pos = code === 10 ? cursor.pos + 1 : afterLine(text, cursor.pos);
      lineStart = cursor.pos;
    } else break;
  }
  if (lineStart >= 0 && cursor.pos - lineStart <= parent) throw UNUSUAL;
}
