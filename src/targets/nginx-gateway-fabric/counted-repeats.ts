/**
 * A pattern without `{n,m}`, which no value may have braces for: `a{2,3}` is `aa(?:a)?`. null where it would grow beyond
 * `limit`, or has braces that count nothing. `pattern` is one that RE2 takes.
 */
export function withoutCounts(pattern: string, limit: number): string | null {
  const parts: string[] = [];
  let at = 0;
  while (at < pattern.length) {
    const counted = /^\{([0-9]+)(,?)([0-9]*)\}\??/.exec(pattern.slice(at));
    if (counted !== null) {
      const repeated = repeat(parts.pop(), counted, limit);
      if (repeated === null) return null;
      parts.push(repeated);
      at += counted[0].length;
      continue;
    }
    const end = endOfAtom(pattern, at);
    const atom = pattern.slice(at, end);
    const opening = /^\((?:\?(?:[a-zA-Z]*:|P?<[A-Za-z0-9_]+>))?/.exec(atom)?.[0];
    const inner = opening === undefined || !atom.endsWith(')') ? null : withoutCounts(atom.slice(opening.length, -1), limit);
    if (opening !== undefined && inner === null) return null;
    parts.push(inner === null ? atom : `${opening}${inner})`);
    at = end;
  }
  const text = parts.join('');
  return text.length > limit || /[{}]/.test(text) ? null : text;
}

/** Groups are repeated as they are: what they capture is of no use to a match. */
function repeat(atom: string | undefined, [, min = '', comma, max = '']: RegExpExecArray, limit: number): string | null {
  const least = Number(min);
  const most = comma === '' ? least : max === '' ? null : Number(max);
  if (atom === undefined || (least + (most ?? least)) * atom.length > limit) return null;
  const fixed = atom.repeat(least);
  if (most === null) return least === 0 ? `${atom}*` : `${fixed}${atom}*`;
  const optional = Array.from({ length: most - least }).reduce<string>((rest) => `(?:${atom}${rest})?`, '');
  return fixed + optional;
}

/** Behind an escape, a class, a group, or one character. */
function endOfAtom(pattern: string, at: number): number {
  const char = pattern[at];
  if (char === '\\') return at + 2;
  if (char === '[') return endOfClass(pattern, at);
  if (char !== '(') return at + 1;
  let inside = at + 1;
  while (inside < pattern.length && pattern[inside] !== ')') inside = endOfAtom(pattern, inside);
  return inside + 1;
}

/** A `]` right behind the opening is a member; so are those of `[:alpha:]`. */
function endOfClass(pattern: string, at: number): number {
  let inside = at + (pattern[at + 1] === '^' ? 2 : 1);
  if (pattern[inside] === ']') inside += 1;
  while (inside < pattern.length && pattern[inside] !== ']') {
    const named = /^\[:[^:\]]*:\]/.exec(pattern.slice(inside))?.[0];
    inside += named?.length ?? (pattern[inside] === '\\' ? 2 : 1);
  }
  return inside + 1;
}
