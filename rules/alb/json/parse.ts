/** A JSON value with the offset it begins at. */
export type JsonNode =
  | { readonly kind: 'object'; readonly at: number; readonly members: readonly JsonMember[] }
  | { readonly kind: 'array'; readonly at: number; readonly items: readonly JsonNode[] }
  | { readonly kind: 'string'; readonly at: number; readonly value: string }
  /** `text` as written: whether it is an integer can be seen. */
  | { readonly kind: 'number'; readonly at: number; readonly value: number; readonly text: string }
  | { readonly kind: 'boolean'; readonly at: number; readonly value: boolean }
  | { readonly kind: 'null'; readonly at: number };

export interface JsonMember {
  readonly key: string;
  readonly at: number;
  readonly value: JsonNode;
}

/** `at` is an offset into the text; `problem` completes "cannot be read: …". */
export interface JsonProblem {
  readonly at: number;
  readonly problem: string;
}

export type JsonText = { readonly ok: true; readonly root: JsonNode } | ({ readonly ok: false } & JsonProblem);

/** Deeper nesting is no setting of a controller. */
const DEEPEST = 50;

/** Strict JSON (RFC 8259), as Go's encoding/json takes it, with the place of the first error. */
export function parseJson(text: string): JsonText {
  const [root, end, problem] = value(text, skip(text, 0), 0);
  if (root === null) return { ok: false, at: end, problem };
  const rest = skip(text, end);
  return rest < text.length ? { ok: false, at: rest, problem: `${shown(text, rest)} after the end of the value` } : { ok: true, root };
}

/** Node and the offset after it; or null, the offset of the error, and the error. */
type Step = readonly [JsonNode, number, ''] | readonly [null, number, string];

function value(text: string, at: number, depth: number): Step {
  if (depth > DEEPEST) return [null, at, 'nested too deeply'];
  switch (text.charAt(at)) {
    case '{':
      return object(text, at, depth);
    case '[':
      return array(text, at, depth);
    case '"': {
      const [found, end, problem] = string(text, at);
      return found === null ? [null, end, problem] : [{ kind: 'string', at, value: found }, end, ''];
    }
    case '':
      return [null, at, 'it ends where a value is expected'];
    default:
      return scalar(text, at);
  }
}

function object(text: string, at: number, depth: number): Step {
  const members: JsonMember[] = [];
  let next = skip(text, at + 1);
  if (text.charAt(next) === '}') return [{ kind: 'object', at, members }, next + 1, ''];
  for (;;) {
    if (text.charAt(next) !== '"') return [null, next, `${shown(text, next)} where a member's name in quotes is expected`];
    const [key, afterKey, problem] = string(text, next);
    if (key === null) return [null, afterKey, problem];
    const colon = skip(text, afterKey);
    if (text.charAt(colon) !== ':') return [null, colon, `${shown(text, colon)} where a colon is expected after "${key}"`];
    const [child, afterChild, wrong] = value(text, skip(text, colon + 1), depth + 1);
    if (child === null) return [null, afterChild, wrong];
    members.push({ key, at: next, value: child });
    const separator = skip(text, afterChild);
    if (text.charAt(separator) === '}') return [{ kind: 'object', at, members }, separator + 1, ''];
    if (text.charAt(separator) !== ',') return [null, separator, `${shown(text, separator)} where a comma or } is expected`];
    next = skip(text, separator + 1);
  }
}

function array(text: string, at: number, depth: number): Step {
  const items: JsonNode[] = [];
  let next = skip(text, at + 1);
  if (text.charAt(next) === ']') return [{ kind: 'array', at, items }, next + 1, ''];
  for (;;) {
    const [child, after, problem] = value(text, next, depth + 1);
    if (child === null) return [null, after, problem];
    items.push(child);
    const separator = skip(text, after);
    if (text.charAt(separator) === ']') return [{ kind: 'array', at, items }, separator + 1, ''];
    if (text.charAt(separator) !== ',') return [null, separator, `${shown(text, separator)} where a comma or ] is expected`];
    next = skip(text, separator + 1);
  }
}

const STRING = /"(?:[^"\\\p{Cc}]|\\["\\/bfnrt]|\\u[0-9A-Fa-f]{4})*"/uy;

function string(text: string, at: number): readonly [string, number, ''] | readonly [null, number, string] {
  STRING.lastIndex = at;
  const [found] = STRING.exec(text) ?? [];
  if (found === undefined) return [null, at, 'a text that does not end, or has a character or escape that JSON does not allow'];
  const decoded: unknown = JSON.parse(found);
  return [typeof decoded === 'string' ? decoded : '', at + found.length, ''];
}

const SCALAR = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

function scalar(text: string, at: number): Step {
  SCALAR.lastIndex = at;
  const [found] = SCALAR.exec(text) ?? [];
  if (found === undefined) return [null, at, `${shown(text, at)} where a value is expected`];
  const end = at + found.length;
  if (found === 'null') return [{ kind: 'null', at }, end, ''];
  if (found === 'true' || found === 'false') return [{ kind: 'boolean', at, value: found === 'true' }, end, ''];
  return [{ kind: 'number', at, value: Number(found), text: found }, end, ''];
}

function skip(text: string, at: number): number {
  let next = at;
  while (/[ \t\r\n]/.test(text.charAt(next))) next += 1;
  return next;
}

function shown(text: string, at: number): string {
  return at >= text.length ? 'the end' : `"${text.slice(at, at + 12)}"`;
}
