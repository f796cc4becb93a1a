/**
 * Writes what most of every manifest consists of: maps, lists, and scalars that need no thought. Answers null where a key or a
 * text is anything else, and the library writes the object; both give the same bytes, and a test holds them against each
 * other. That takes a fraction of the time.
 */
export function plainYaml(value: object): string | null {
  const pieces: string[] = [];
  return !Array.isArray(value) && writeMap(value, '', pieces) ? pieces.join('') : null;
}

/** False: not for us. Otherwise ends with its line; the first line is not indented. */
function writeMap(map: object, indent: string, pieces: string[]): boolean {
  let isFirst = true;
  for (const [key, value] of Object.entries(map)) {
    if (value === undefined) continue;
    if (!PLAIN_KEY.test(key) || WORDS.test(key)) return false;
    pieces.push(isFirst ? '' : indent, key, ':');
    isFirst = false;
    if (!writeMember(value, indent, pieces)) return false;
  }
  return !isFirst;
}

/** What follows the colon. */
function writeMember(value: unknown, indent: string, pieces: string[]): boolean {
  if (typeof value !== 'object' || value === null) return writeScalar(value, ' ', pieces);
  const isList = Array.isArray(value);
  if (isList ? value.length === 0 : Object.keys(value).length === 0) {
    pieces.push(isList ? ' []\n' : ' {}\n');
    return true;
  }
  const inner = `${indent}  `;
  pieces.push('\n', inner);
  return isList ? writeList(value, inner, pieces) : writeMap(value, inner, pieces);
}

function writeList(list: readonly unknown[], indent: string, pieces: string[]): boolean {
  const inner = `${indent}  `;
  for (const [index, item] of list.entries()) {
    pieces.push(index === 0 ? '- ' : `${indent}- `);
    const isPlain =
      typeof item === 'object' && item !== null ? !Array.isArray(item) && writeMap(item, inner, pieces) : writeScalar(item, '', pieces);
    if (!isPlain) return false;
  }
  return true;
}

function writeScalar(value: unknown, before: string, pieces: string[]): boolean {
  const text = scalarText(value);
  if (text === null) return false;
  pieces.push(before, text, '\n');
  return true;
}

function scalarText(value: unknown): string | null {
  if (typeof value === 'string') {
    if (value.length > MAX_TEXT) return null;
    if (PLAIN.test(value)) return WORDS.test(value) ? null : value;
    return QUOTED.test(value) ? `"${value}"` : null;
  }
  if (typeof value === 'boolean') return String(value);
  return Number.isSafeInteger(value) && !Object.is(value, -0) ? String(value) : null;
}

/** Far below the length at which the library folds or turns to other forms. */
const MAX_TEXT = 500;
const PLAIN_KEY = /^[A-Za-z][\w./-]{0,99}$/;
/** Names, hosts, paths: nothing that any YAML takes for a number, a date or an indicator. */
const PLAIN = /^(?:[A-Za-z]|\/)[\w./-]*$/;
/** Hosts with a wildcard, and numbers that are text. */
const QUOTED = /^(?:\*\.[a-z][\w.-]*|[1-9]\d{0,9})$/;
/** The words of YAML 1.1. */
const WORDS = /^(?:y|n|yes|no|on|off|true|false|null)$/i;
