/** A CIDR: the first address as a number of `width` bits, of which `bits` count. */
export interface AddressRange {
  readonly width: 32 | 128;
  readonly first: bigint;
  readonly bits: number;
}

/** `10.0.0.0/8`, `2001:db8::/32`, or an address, which is a range of one. Bits beyond the prefix are dropped. null for anything else. */
export function parseRange(text: string): AddressRange | null {
  const [, address = '', prefix] = /^([0-9A-Fa-f.:]+)(?:\/([0-9]{1,3}))?$/.exec(text) ?? [];
  const width = address.includes(':') ? 128 : 32;
  const value = width === 32 ? parseIpv4(address) : parseIpv6(address);
  const bits = prefix === undefined ? width : Number(prefix);
  if (value === null || bits > width) return null;
  const shift = BigInt(width - bits);
  return { width, first: (value >> shift) << shift, bits };
}

export function rangeText({ width, first, bits }: AddressRange): string {
  if (width === 32) {
    const bytes = [24n, 16n, 8n, 0n].map((shift) => Number((first >> shift) & 255n));
    return `${bytes.join('.')}/${bits}`;
  }
  const groups = Array.from({ length: 8 }, (_, index) => ((first >> BigInt(112 - index * 16)) & 0xffffn).toString(16));
  // The first longest run of zero groups is left out, as RFC 5952 has it.
  const runs = [...groups.join(':').matchAll(/(?:^|:)0(?::0)+(?=:|$)/g)].sort((a, b) => b[0].length - a[0].length);
  const [run] = runs;
  if (run === undefined) return `${groups.join(':')}/${bits}`;
  const text = groups.join(':');
  return `${text.slice(0, run.index)}::${text.slice(run.index + run[0].length + 1)}/${bits}`;
}

/** What of `ranges` is in none of `taken`, in as few ranges as that needs. */
export function without(ranges: readonly AddressRange[], taken: readonly AddressRange[]): readonly AddressRange[] {
  return taken.reduce((left, each) => left.flatMap((range) => split(range, each)), ranges);
}

export const EVERY_ADDRESS: readonly AddressRange[] = [
  { width: 32, first: 0n, bits: 0 },
  { width: 128, first: 0n, bits: 0 },
];

/** Halves the range until what is taken out is a part of its own. */
function split(range: AddressRange, taken: AddressRange): readonly AddressRange[] {
  if (range.width !== taken.width || !(contains(range, taken) || contains(taken, range))) return [range];
  if (contains(taken, range)) return [];
  const bits = range.bits + 1;
  const half = 1n << BigInt(range.width - bits);
  return [
    { ...range, bits },
    { ...range, bits, first: range.first + half },
  ].flatMap((part) => split(part, taken));
}

function contains(outer: AddressRange, inner: AddressRange): boolean {
  const shift = BigInt(outer.width - outer.bits);
  return outer.bits <= inner.bits && outer.first >> shift === inner.first >> shift;
}

function parseIpv4(text: string): bigint | null {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^(?:0|[1-9][0-9]{0,2})$/.test(part) && Number(part) <= 255)) return null;
  return parts.reduce((value, part) => (value << 8n) | BigInt(part), 0n);
}

function parseIpv6(text: string): bigint | null {
  const tail = /(?:^|:)([0-9]+\.[0-9.]+)$/.exec(text)?.[1];
  const mapped = tail === undefined ? null : parseIpv4(tail);
  if (tail !== undefined && mapped === null) return null;
  const plain =
    tail === undefined || mapped === null
      ? text
      : `${text.slice(0, -tail.length)}${(mapped >> 16n).toString(16)}:${(mapped & 0xffffn).toString(16)}`;
  const halves = plain.split('::');
  if (halves.length > 2) return null;
  const [head = [], rest = []] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const missing = 8 - head.length - rest.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return null;
  const groups = [...head, ...Array.from({ length: missing }, () => '0'), ...rest];
  return groups.every((group) => /^[0-9A-Fa-f]{1,4}$/.test(group))
    ? groups.reduce((value, group) => (value << 16n) | BigInt(`0x${group}`), 0n)
    : null;
}
