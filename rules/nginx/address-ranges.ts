import { compareText } from '../../src/model/position.ts';
import type { Codec } from '../../src/rule/codec.ts';

/**
 * `net.ParseCIDRs` of the controller: addresses and networks, separated by commas, blanks around them cut off. An empty
 * item is invalid. Networks lose their host bits, a bare address is a network of one; sorted, each once.
 */
export const addressRanges: Codec<readonly string[]> = {
  name: 'addresses and networks',
  parse(value) {
    const ranges: string[] = [];
    for (const item of value.split(',').map((each) => each.trim())) {
      const range = parseRange(item);
      if (range === null)
        return { ok: false, reason: item === '' ? 'which has an empty item' : `in which "${item}" is no address or network` };
      ranges.push(range);
    }
    return { ok: true, value: [...new Set(ranges)].sort(compareText) };
  },
};

/** `10.1.2.3/8` → `10.0.0.0/8`, `::1` → `::1/128`; null for anything that is no address or network. */
export function parseRange(text: string): string | null {
  const slash = text.indexOf('/');
  const parts = parseAddress(slash < 0 ? text : text.slice(0, slash));
  if (parts === null) return null;
  const [width, limit] = parts.length === 4 ? [8, 32] : [16, 128];
  const prefix = slash < 0 ? limit : prefixLength(text.slice(slash + 1), limit);
  if (prefix === null) return null;
  const masked = parts.map((part, index) => {
    const kept = Math.min(width, Math.max(0, prefix - index * width));
    return part - (part % 2 ** (width - kept));
  });
  return `${parts.length === 4 ? masked.join('.') : writeIpv6(masked)}/${prefix}`;
}

function prefixLength(text: string, limit: number): number | null {
  if (!/^(0|[1-9][0-9]{0,2})$/.test(text)) return null;
  return Number(text) <= limit ? Number(text) : null;
}

/** Four bytes or eight words. */
function parseAddress(text: string): readonly number[] | null {
  return text.includes(':') ? parseIpv6(text) : parseIpv4(text);
}

/** Go refuses leading zeros since 1.17: they mean octal to others. */
function parseIpv4(text: string): readonly number[] | null {
  const parts = text.split('.');
  const valid = parts.length === 4 && parts.every((part) => /^(0|[1-9][0-9]{0,2})$/.test(part) && Number(part) <= 255);
  return valid ? parts.map(Number) : null;
}

function parseIpv6(text: string): readonly number[] | null {
  const halves = text.split('::');
  if (halves.length > 2) return null;
  const [head = '', tail] = halves;
  const before = words(head, tail === undefined);
  const after = tail === undefined ? [] : words(tail, true);
  if (before === null || after === null) return null;
  const missing = 8 - before.length - after.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return null;
  return [...before, ...new Array<number>(missing).fill(0), ...after];
}

/** Words of one side of `::`; the last may be an IPv4 address. */
function words(text: string, isEnd: boolean): readonly number[] | null {
  if (text === '') return [];
  const found: number[] = [];
  const parts = text.split(':');
  for (const [index, part] of parts.entries()) {
    const dotted = isEnd && index === parts.length - 1 && part.includes('.') ? parseIpv4(part) : null;
    if (dotted !== null) {
      const [a = 0, b = 0, c = 0, d = 0] = dotted;
      found.push(a * 256 + b, c * 256 + d);
    } else if (/^[0-9a-fA-F]{1,4}$/.test(part)) found.push(Number.parseInt(part, 16));
    else return null;
  }
  return found;
}

/** RFC 5952: the longest run of zeros, of at least two words, becomes `::`. */
function writeIpv6(parts: readonly number[]): string {
  let [start, length] = [-1, 1];
  for (let from = 0; from < parts.length; from += 1) {
    let to = from;
    while (parts[to] === 0) to += 1;
    if (to - from > length) [start, length] = [from, to - from];
  }
  const hex = parts.map((part) => part.toString(16));
  if (start < 0) return hex.join(':');
  return `${hex.slice(0, start).join(':')}::${hex.slice(start + length).join(':')}`;
}
