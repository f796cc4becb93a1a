/**
 * The pieces of a scalar's text that stand in its raw form as they are, by the offset of each in both. The raw form may be a
 * block (`|`, `>`), plain or quoted: folding and indentation change blanks only, so that the other characters are paired one
 * by one. null where they cannot be.
 */
export function scalarPieces(raw: string, text: string): readonly { readonly offset: number; readonly at: number }[] | null {
  const characters = charactersOf(raw);
  if (characters === null) return null;
  const pieces: { readonly offset: number; readonly at: number }[] = [];
  let next = 0;
  for (let offset = 0; offset < text.length; offset += 1) {
    if (BLANK.test(text.charAt(offset))) continue;
    const found = characters[next];
    if (found?.character !== text.charAt(offset)) return null;
    const last = pieces.at(-1);
    if (last === undefined || found.at - last.at !== offset - last.offset) pieces.push({ offset, at: found.at });
    next += 1;
  }
  return next === characters.length ? pieces : null;
}

interface Placed {
  readonly character: string;
  readonly at: number;
}

const BLANK = /\s/;

function charactersOf(raw: string): readonly Placed[] | null {
  if (/^[|>]/.test(raw)) return plainCharacters(raw, raw.indexOf('\n') + 1, raw.length);
  if (raw.startsWith('"')) return escapedCharacters(raw);
  if (!raw.startsWith("'")) return plainCharacters(raw, 0, raw.length);
  // A doubled quote stands for one.
  return plainCharacters(raw, 1, raw.length - 1).filter(({ character, at }) => character !== "'" || !isSecondQuote(raw, at));
}

function plainCharacters(raw: string, from: number, to: number): readonly Placed[] {
  const found: Placed[] = [];
  for (let at = from; at < to; at += 1) if (!BLANK.test(raw.charAt(at))) found.push({ character: raw.charAt(at), at });
  return found;
}

function isSecondQuote(raw: string, at: number): boolean {
  let first = at;
  while (first > 1 && raw[first - 1] === "'") first -= 1;
  return (at - first) % 2 === 1;
}

/** Of a text in double quotes, as far as its escapes are the common ones. */
function escapedCharacters(raw: string): readonly Placed[] | null {
  const found: Placed[] = [];
  for (let at = 1; at < raw.length - 1; at += 1) {
    const character = raw.charAt(at);
    if (BLANK.test(character)) continue;
    if (character !== '\\') {
      found.push({ character, at });
      continue;
    }
    at += 1;
    const escaped = raw.charAt(at);
    if (/["\\/]/.test(escaped)) found.push({ character: escaped, at });
    else if (!/[ntr\s]/.test(escaped)) return null;
  }
  return found;
}
