/**
 * Writes what most of every manifest consists of: maps, lists, and scalars that need no thought. Answers null where a key or a
 * text is anything else, and the library writes the object; both give the same bytes, and a test holds them against each
 * other. That takes a fraction of the time.
 */
export function plainYaml(value: object): string | null {
  return Array.isArray(value) ? null : mapLines(value, '');
}

/** Null: not for us. Ends with its line. */
function mapLines(map: object, indent: string): string | null {
  let text = '';
  for (const [key, value] of Object.entries(map)) {
    if (value === undefined) continue;
    if (!PLAIN_KEY.test(key) || WORDS.test(key)) return null;
    const written = memberText(value, indent);
    if (written === null) return null;
    text += `${text === '' ? '' : indent}${key}:${written}`;
  }
  return text === '' ? null : text;
}

/** What follows the colon. */
function memberText(value: unknown, indent: string): string | null {
  if (typeof value !== 'object' || value === null) return line(scalarText(value));
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    if (value.length === 0) return ' []\n';
    const lines = listLines(value, inner);
    return lines === null ? null : `\n${inner}${lines}`;
  }
  if (Object.keys(value).length === 0) return ' {}\n';
  const lines = mapLines(value, inner);
  return lines === null ? null : `\n${inner}${lines}`;
}

function line(scalar: string | null): string | null {
  return scalar === null ? null : ` ${scalar}\n`;
}

function listLines(list: readonly unknown[], indent: string): string | null {
  let text = '';
  for (const item of list) {
    const written = itemText(item, `${indent}  `);
    if (written === null) return null;
    text += `${text === '' ? '' : indent}- ${written}`;
  }
  return text;
}

function itemText(item: unknown, indent: string): string | null {
  if (Array.isArray(item)) return null;
  if (typeof item === 'object' && item !== null) return Object.keys(item).length === 0 ? null : mapLines(item, indent);
  const scalar = scalarText(item);
  return scalar === null ? null : `${scalar}\n`;
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
