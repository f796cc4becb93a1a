import { CST } from 'yaml';
import { type LocatedScalar, scalarAt } from '../located.ts';
import { plainScalar } from '../plain-scalar.ts';
import { MAX_SCALAR } from '../yaml-value.ts';
import { afterLine, type Cursor, UNUSUAL } from './cursor.ts';

/** A quoted scalar within one line, with escapes that JSON has too. */
export function quoted(cursor: Cursor): LocatedScalar {
  const { text, pos, base } = cursor;
  const isDouble = text.charAt(pos) === '"';
  const end = isDouble ? doubleEnd(text, pos + 1) : singleEnd(text, pos + 1);
  cursor.pos = end;
  if (end - pos > MAX_SCALAR) return tooLarge(base + pos, base + end);
  const inner = text.slice(pos + 1, end - 1);
  if (inner.includes('\n')) throw UNUSUAL;
  const value = isDouble ? unescaped(inner) : inner.includes("'") ? inner.replaceAll("''", "'") : inner;
  return scalarAt(value, value, base + pos, base + end);
}

/** Its value is not worth the memory: whoever sees its length refuses the object. */
function tooLarge(at: number, end: number): LocatedScalar {
  return scalarAt('', '', at, end);
}

/** Behind the closing quote. No pattern looks for it: those run out of stack on texts of many megabytes. */
function doubleEnd(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 1)) {
    let backslashes = 0;
    while (text.charAt(at - 1 - backslashes) === '\\') backslashes += 1;
    if (backslashes % 2 === 0) return at + 1;
  }
  throw UNUSUAL;
}

function singleEnd(text: string, from: number): number {
  let at = text.indexOf("'", from);
  while (at >= 0 && text.charAt(at + 1) === "'") at = text.indexOf("'", at + 2);
  if (at < 0) throw UNUSUAL;
  return at + 1;
}

function unescaped(inner: string): string {
  return inner.includes('\\') ? inner.replace(ESCAPE, (_, code: string) => escaped(code)) : inner;
}

function escaped(code: string): string {
  const known = ESCAPES.get(code);
  if (known !== undefined) return known;
  // Surrogates are for the library, which knows what to do with half a pair.
  if (!/^u[0-9a-fA-F]{4}$/.test(code) || /^u[dD][89a-fA-F]/.test(code)) throw UNUSUAL;
  return String.fromCharCode(Number.parseInt(code.slice(1), 16));
}

const ESCAPE = /\\(u.{4}|.)/g;
const ESCAPES = new Map([
  ['"', '"'],
  ['\\', '\\'],
  ['/', '/'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
]);

/** Indicators with which no plain scalar begins, and some with which few do. */
const NO_PLAIN_START = /[?:,[\]{}#&*!|>'"%@`\s]/;

/** A plain scalar in a block, to the end of its line or to a comment. */
export function plainInBlock(cursor: Cursor): LocatedScalar {
  const { text, pos } = cursor;
  if (NO_PLAIN_START.test(text.charAt(pos))) throw UNUSUAL;
  const newline = text.indexOf('\n', pos);
  let written = text.slice(pos, newline < 0 ? text.length : newline);
  if (written.includes(' #')) written = written.slice(0, written.indexOf(' #'));
  written = withoutTrailingSpaces(written);
  if (written.includes('\t') || (written.includes(':') && /:(?:\s|$)/.test(written)) || /^-(?:\s|$)/.test(written)) throw UNUSUAL;
  return plainAt(cursor, written);
}

/** A plain scalar in a flow collection, up to what ends it there; what follows is for the caller to judge. */
export function plainInFlow(cursor: Cursor): LocatedScalar {
  FLOW_PLAIN.lastIndex = cursor.pos;
  const [found] = FLOW_PLAIN.exec(cursor.text) ?? [];
  if (found === undefined) throw UNUSUAL;
  return plainAt(cursor, withoutTrailingSpaces(found));
}

const FLOW_PLAIN = /(?:[^?:,[\]{}#&*!|>'"%@`\s-]|-(?=[^,[\]{}\s]))(?:[^:,[\]{}\s#]|:(?=[^,[\]{}\s])|(?<=[^\s])#| (?!#))*/y;

function plainAt(cursor: Cursor, written: string): LocatedScalar {
  const { pos, base } = cursor;
  cursor.pos = pos + written.length;
  return scalarAt(plainScalar(written), written, base + pos, base + cursor.pos);
}

function withoutTrailingSpaces(text: string): string {
  let end = text.length;
  while (text.charCodeAt(end - 1) === 32) end -= 1;
  return end === text.length ? text : text.slice(0, end);
}

const HEADER = /[|>][-+]?(?= *(?:\n| #))/y;

/** A block scalar without an indentation indicator; the library folds and chomps. Ends at the beginning of a line. */
export function blockScalar(cursor: Cursor, parent: number): LocatedScalar {
  const { text, pos, base } = cursor;
  HEADER.lastIndex = pos;
  const [header] = HEADER.exec(text) ?? [];
  if (header === undefined) throw UNUSUAL;
  const start = afterLine(text, pos);
  const { last, next } = contentEnd(text, start, parent);
  // Empty lines behind it are part of it where they are kept.
  const end = header.endsWith('+') ? next : last;
  cursor.pos = next;
  if (end - pos > MAX_SCALAR) return tooLarge(base + pos, base + end);
  const props: CST.SourceToken[] = [{ type: 'block-scalar-header', offset: pos, indent: parent, source: header }];
  props.push({ type: 'space', offset: pos + header.length, indent: parent, source: text.slice(pos + header.length, start) });
  const resolved = CST.resolveAsScalar(
    { type: 'block-scalar', offset: pos, indent: parent, props, source: text.slice(start, end) },
    false,
    unusual,
  );
  return scalarAt(resolved.value, resolved.value, base + pos, base + end);
}

/** All lines deeper than `parent`, the first of which sets the indentation of the scalar: the end of the last, and what follows. */
function contentEnd(text: string, start: number, parent: number): { readonly last: number; readonly next: number } {
  let indent = -1;
  let last = start;
  let at = start;
  while (at < text.length) {
    let column = 0;
    while (text.charCodeAt(at + column) === 32) column += 1;
    const next = text.charAt(at + column);
    if (next !== '\n' && next !== '') {
      if (next === '\t' && column <= Math.max(indent, parent)) throw UNUSUAL;
      if (column <= parent) break;
      if (indent < 0) indent = column;
      if (column < indent) throw UNUSUAL;
      last = afterLine(text, at);
    }
    at = afterLine(text, at);
  }
  if (indent < 0) throw UNUSUAL;
  return { last, next: at };
}

function unusual(): never {
  throw UNUSUAL;
}
