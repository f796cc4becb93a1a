import type { AwsKeyValue } from '../../src/intent/aws.ts';
import { compareText } from '../../src/model/position.ts';
import { type Codec, goInt } from '../../src/rule/codec.ts';

/**
 * `key=value` pairs. A comma separates only where an equals sign comes before the next comma, so that values may contain
 * commas; a backslash takes the next character as it is. By key; of a key that stands twice the last.
 */
export const keyValues: Codec<readonly AwsKeyValue[]> = {
  name: 'key=value pairs',
  parse(text) {
    const pairs = new Map<string, string>();
    for (const piece of piecesOf(text)) {
      if (piece.text.trim() === '') continue;
      if (piece.equals < 0) return { ok: false, reason: `with "${piece.text.trim()}", which has no equals sign` };
      pairs.set(piece.text.slice(0, piece.equals).trim(), piece.text.slice(piece.equals + 1).trim());
    }
    return { ok: true, value: [...pairs].sort(([a], [b]) => compareText(a, b)).map(([key, value]) => ({ key, value })) };
  },
};

interface Piece {
  readonly text: string;
  /** Of the first equals sign that is not escaped; -1 = none. */
  readonly equals: number;
}

function piecesOf(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let [current, equals] = ['', -1];
  const end = () => {
    const before = pieces.at(-1);
    // Without an equals sign it is more of the value before.
    if (equals < 0 && before !== undefined && current.trim() !== '') {
      pieces[pieces.length - 1] = { ...before, text: `${before.text},${current}` };
    } else pieces.push({ text: current, equals });
    [current, equals] = ['', -1];
  };
  for (let index = 0; index < text.length; index += 1) {
    const char = text.charAt(index);
    if (char === '\\' && index + 1 < text.length) {
      index += 1;
      current += text.charAt(index);
    } else if (char === ',') end();
    else {
      if (char === '=' && equals < 0) equals = current.length;
      current += char;
    }
  }
  end();
  return pieces;
}

/** Decimal integers within bounds. */
export function intBetween(low: number, high: number): Codec<number> {
  return {
    name: `integer from ${low} to ${high}`,
    parse(value) {
      const parsed = goInt.parse(value);
      if (!parsed.ok || (parsed.value >= low && parsed.value <= high)) return parsed;
      return { ok: false, reason: `not within ${low} and ${high}` };
    },
  };
}
