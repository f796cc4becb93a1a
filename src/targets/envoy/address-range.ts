/** Addresses that begin with the same bits. A single address is a range of one. */
export interface AddressRange {
  /** `address/length`. */
  readonly text: string;
  readonly family: 4 | 6;
  readonly bits: bigint;
  readonly length: number;
}

/** null for what is no address or range: host names, lengths out of range, IPv4 written inside IPv6. */
export function parseRange(text: string): AddressRange | null {
  const [address = '', length, more] = text.trim().split('/');
  if (more !== undefined) return null;
  const family = address.includes(':') ? 6 : 4;
  const bits = family === 4 ? bitsOf4(address) : bitsOf6(address);
  const size = SIZE[family];
  if (bits === null || (length !== undefined && !/^(?:0|[1-9][0-9]{0,2})$/.test(length))) return null;
  const kept = length === undefined ? size : Number(length);
  return kept > size ? null : { text: `${address}/${kept}`, family, bits, length: kept };
}

/** The ranges in their order, or null when one of them is none. */
export function parseRanges(texts: readonly string[]): readonly AddressRange[] | null {
  const ranges = texts.map(parseRange).filter((range) => range !== null);
  return ranges.length === texts.length ? ranges : null;
}

/** Whether every address of `inner` is one of `outer`. */
export function covers(outer: AddressRange, inner: AddressRange): boolean {
  if (outer.family !== inner.family || outer.length > inner.length) return false;
  const shift = BigInt(SIZE[outer.family] - outer.length);
  return outer.bits >> shift === inner.bits >> shift;
}

/** What is in both lists. */
export function common(a: readonly AddressRange[], b: readonly AddressRange[]): readonly AddressRange[] {
  return a.flatMap((one) => b.flatMap((other) => (covers(one, other) ? [other] : covers(other, one) ? [one] : [])));
}

const SIZE = { 4: 32, 6: 128 } as const;

function bitsOf4(address: string): bigint | null {
  const octets = address.split('.');
  if (octets.length !== 4 || !octets.every((octet) => /^(?:0|[1-9][0-9]{0,2})$/.test(octet) && Number(octet) <= 255)) return null;
  return octets.reduce((bits, octet) => (bits << 8n) | BigInt(octet), 0n);
}

function bitsOf6(address: string): bigint | null {
  const halves = address.split('::').map((half) => (half === '' ? [] : half.split(':')));
  const [head = [], tail = []] = halves;
  const missing = 8 - head.length - tail.length;
  const isWhole = halves.length === 1 ? missing === 0 : halves.length === 2 && missing > 0;
  if (!isWhole || ![...head, ...tail].every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return null;
  const groups = [...head, ...Array.from({ length: missing }, () => '0'), ...tail];
  return groups.reduce((bits, group) => (bits << 16n) | BigInt(`0x${group}`), 0n);
}
