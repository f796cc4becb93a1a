import { dotChars } from './char-set.ts';
import { readClass } from './class.ts';
import { readEscape } from './escapes.ts';
import { readGroupOpening } from './group.ts';
import { readQuantifier } from './quantifier.ts';
import { anyText, emptyNode, type RegexNode, type RegexSyntax, sequenceOf } from './syntax.ts';

const MAX_LENGTH = 4096;
const MAX_DEPTH = 50;

type Reason = Extract<RegexSyntax, { kind: 'unparsed' }>['reason'];
type Step<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly reason: Reason };

interface Cursor {
  readonly source: string;
  at: number;
  depth: number;
  captures: number;
  opaque: boolean;
  ambiguous: boolean;
  readonly alternatives: string[];
}

const fail = (reason: Reason): { readonly ok: false; readonly reason: Reason } => ({ ok: false, reason });

/** A pattern is held against many paths, one after the other. */
const read = new Map<string, RegexSyntax>();
const MAX_KEPT = 1000;

/** Reads a path pattern as PCRE does. A leading `^` is dropped: locations carry one already. Never throws. */
export function parsePattern(pattern: string): RegexSyntax {
  const kept = read.get(pattern);
  if (kept !== undefined) return kept;
  if (read.size >= MAX_KEPT) read.clear();
  const fresh = parseFresh(pattern);
  read.set(pattern, fresh);
  return fresh;
}

function parseFresh(pattern: string): RegexSyntax {
  if (pattern.length > MAX_LENGTH) return { kind: 'unparsed', reason: 'too-complex' };
  // An inline flag counts for the whole pattern where only a slash, which has no case, stands before it.
  const [head, lead = ''] = /^\^*(\/?)\(\?i\)/.exec(pattern) ?? [];
  const source = head === undefined ? pattern.replace(/^\^+/, '') : lead + pattern.slice(head.length);
  const cursor: Cursor = { source, at: 0, depth: 0, captures: 0, opaque: false, ambiguous: false, alternatives: [] };
  const root = readAlternation(cursor);
  if (!root.ok) return { kind: 'unparsed', reason: root.reason };
  if (cursor.at < source.length) return { kind: 'unparsed', reason: 'invalid' };
  const { captures, opaque, ambiguous, alternatives } = cursor;
  return { kind: 'parsed', root: root.value, captures, insensitive: head !== undefined, opaque, ambiguous, alternatives };
}

function readAlternation(cursor: Cursor): Step<RegexNode> {
  const options: RegexNode[] = [];
  for (;;) {
    const from = cursor.at;
    const option = readSequence(cursor);
    if (!option.ok) return option;
    if (cursor.depth === 0) cursor.alternatives.push(cursor.source.slice(from, cursor.at));
    options.push(option.value);
    if (cursor.source[cursor.at] !== '|') break;
    cursor.at += 1;
  }
  const [only] = options;
  return { ok: true, value: options.length === 1 && only !== undefined ? only : { kind: 'alternation', options } };
}

function readSequence(cursor: Cursor): Step<RegexNode> {
  const items: RegexNode[] = [];
  while (cursor.at < cursor.source.length && !'|)'.includes(cursor.source.charAt(cursor.at))) {
    if (cursor.source.startsWith('\\Q', cursor.at)) {
      items.push(...readQuoted(cursor));
      const last = items.pop();
      if (last === undefined) continue;
      const repeated = readRepeats(cursor, last);
      if (!repeated.ok) return repeated;
      items.push(repeated.value);
      continue;
    }
    const atom = readAtom(cursor);
    if (!atom.ok) return atom;
    const repeated = readRepeats(cursor, atom.value);
    if (!repeated.ok) return repeated;
    items.push(repeated.value);
  }
  return { ok: true, value: sequenceOf(items) };
}

function readQuoted(cursor: Cursor): readonly RegexNode[] {
  const end = cursor.source.indexOf('\\E', cursor.at + 2);
  const text = cursor.source.slice(cursor.at + 2, end === -1 ? undefined : end);
  cursor.at = end === -1 ? cursor.source.length : end + 2;
  return [...text].map((char) => ({ kind: 'char', char }));
}

function readRepeats(cursor: Cursor, body: RegexNode): Step<RegexNode> {
  const quantifier = readQuantifier(cursor.source, cursor.at);
  if (quantifier === null) return { ok: true, value: body };
  cursor.at += quantifier.length;
  if (body.kind === 'start' || body.kind === 'end') return fail('unsupported');
  if (quantifier.kind === 'ambiguous') {
    cursor.opaque = true;
    cursor.ambiguous = true;
    return { ok: true, value: { kind: 'opaque', atMost: anyText } };
  }
  if (readQuantifier(cursor.source, cursor.at) !== null) return fail('invalid');
  const { min, max, mode } = quantifier;
  if (max !== null && max < min) return fail('invalid');
  const repeat: RegexNode = { kind: 'repeat', body, min, max, lazy: mode === 'lazy' };
  if (mode !== 'possessive') return { ok: true, value: repeat };
  cursor.opaque = true;
  return { ok: true, value: { kind: 'opaque', atMost: repeat } };
}

function readAtom(cursor: Cursor): Step<RegexNode> {
  if (readQuantifier(cursor.source, cursor.at) !== null) return fail('invalid');
  const char = String.fromCodePoint(cursor.source.codePointAt(cursor.at) ?? 0);
  switch (char) {
    case '(':
      return readGroup(cursor);
    case '[': {
      const read = readClass(cursor.source, cursor.at);
      if (read === null) return fail('invalid');
      cursor.at += read.length;
      if (read.node.kind === 'opaque') cursor.opaque = true;
      if (read.ambiguous) cursor.ambiguous = true;
      return { ok: true, value: read.node };
    }
    case '\\':
      return readEscaped(cursor);
    default:
      cursor.at += char.length;
  }
  if (char === '.') return { ok: true, value: { kind: 'set', ranges: dotChars, negated: false, dot: true } };
  if (char === '^') return { ok: true, value: { kind: 'start' } };
  if (char === '$') return { ok: true, value: { kind: 'end' } };
  return { ok: true, value: { kind: 'char', char } };
}

function readEscaped(cursor: Cursor): Step<RegexNode> {
  const escape = readEscape(cursor.source, cursor.at);
  if (escape === null) return fail('invalid');
  cursor.at += escape.length;
  if (escape.kind === 'char') return { ok: true, value: { kind: 'char', char: String.fromCodePoint(escape.codePoint) } };
  if (escape.kind === 'class') return { ok: true, value: { kind: 'set', ranges: escape.set, negated: false, dot: false } };
  if (escape.letter === 'A') return { ok: true, value: { kind: 'start' } };
  if (escape.letter === 'z' || escape.letter === 'Z') return { ok: true, value: { kind: 'end' } };
  if (escape.letter === 'E') return { ok: true, value: emptyNode };
  cursor.opaque = true;
  if (escape.letter === 'v') cursor.ambiguous = true;
  return { ok: true, value: { kind: 'opaque', atMost: 'bBKG'.includes(escape.letter) ? emptyNode : anyText } };
}

function readGroup(cursor: Cursor): Step<RegexNode> {
  const opening = readGroupOpening(cursor.source, cursor.at);
  if (opening.kind === 'refused') return fail(opening.reason);
  cursor.at += opening.length;
  if (opening.kind === 'comment') {
    cursor.opaque = true;
    return { ok: true, value: { kind: 'opaque', atMost: emptyNode } };
  }
  if (cursor.depth >= MAX_DEPTH) return fail('too-complex');
  const capture = opening.kind === 'capturing' ? ++cursor.captures : null;
  cursor.depth += 1;
  const body = readAlternation(cursor);
  cursor.depth -= 1;
  if (!body.ok) return body;
  if (cursor.source[cursor.at] !== ')') return fail('invalid');
  cursor.at += 1;
  if (opening.kind === 'capturing' || opening.kind === 'plain') return { ok: true, value: { kind: 'group', capture, body: body.value } };
  cursor.opaque = true;
  return {
    ok: true,
    value: { kind: 'opaque', atMost: opening.kind === 'atomic' ? { kind: 'group', capture, body: body.value } : emptyNode },
  };
}
