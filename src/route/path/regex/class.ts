import { type CharSet, charSet } from './char-set.ts';
import { readEscape, readPosixClass } from './escapes.ts';
import { anyText, type RegexNode } from './syntax.ts';

interface ReadClass {
  readonly node: RegexNode;
  readonly ambiguous: boolean;
  readonly length: number;
}

interface Member {
  readonly set: CharSet | null;
  /** Set when it is one character, which may begin or end a range. */
  readonly codePoint: number | null;
  readonly ambiguous: boolean;
  readonly length: number;
}

/** The class whose bracket is at `at`; null when it is never closed or a range runs backwards. */
export function readClass(source: string, at: number): ReadClass | null {
  // PCRE refuses a POSIX name that stands outside a class; RE2 takes it for a set of its letters.
  if (readPosixClass(source, at) !== null) return null;
  let position = at + 1;
  const negated = source[position] === '^';
  if (negated) position += 1;
  const ranges: (readonly [number, number])[] = [];
  let understood = true;
  let ambiguous = false;
  for (let first = true; first || source[position] !== ']'; first = false) {
    const low = readMember(source, position);
    if (low === null) return null;
    position += low.length;
    ambiguous ||= low.ambiguous;
    if (low.set === null) understood = false;
    const high =
      low.codePoint !== null && source[position] === '-' && source[position + 1] !== ']' ? readMember(source, position + 1) : null;
    if (high === null || high.codePoint === null || low.codePoint === null) {
      ranges.push(...(low.set ?? []));
      continue;
    }
    if (high.codePoint < low.codePoint) return null;
    ranges.push([low.codePoint, high.codePoint]);
    position += 1 + high.length;
  }
  const node: RegexNode = understood ? { kind: 'set', ranges: charSet(ranges), negated, dot: false } : { kind: 'opaque', atMost: anyText };
  return { node, ambiguous, length: position + 1 - at };
}

function readMember(source: string, at: number): Member | null {
  const codePoint = source.codePointAt(at);
  if (codePoint === undefined) return null;
  const posix = readPosixClass(source, at);
  if (posix !== null) return { set: posix.set, codePoint: null, ambiguous: false, length: posix.length };
  if (source[at] !== '\\') return oneChar(codePoint, String.fromCodePoint(codePoint).length);
  const escape = readEscape(source, at);
  if (escape === null) return null;
  if (escape.kind === 'char') return oneChar(escape.codePoint, escape.length);
  if (escape.kind === 'class') return { set: escape.set, codePoint: null, ambiguous: false, length: escape.length };
  // Inside a class `\b` is the backspace.
  if (escape.letter === 'b') return oneChar(0x08, escape.length);
  return { set: null, codePoint: null, ambiguous: escape.letter === 'v', length: escape.length };
}

function oneChar(codePoint: number, length: number): Member {
  return { set: [[codePoint, codePoint]], codePoint, ambiguous: false, length };
}
