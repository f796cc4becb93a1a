import { parseRange } from '../address-ranges.ts';

/** A network as a number: 32 bits for IPv4, 128 for IPv6. */
export interface Network {
  readonly bits: 32 | 128;
  readonly address: bigint;
  readonly prefix: number;
}

/** Of a range as `parseRange` writes it. */
export function networkOf(range: string): Network | null {
  const [address = '', prefix = ''] = range.split('/');
  if (!address.includes(':')) {
    const value = address.split('.').reduce((sum, part) => sum * 256n + BigInt(part), 0n);
    return { bits: 32, address: value, prefix: Number(prefix) };
  }
  const [head = '', tail] = address.split('::');
  const words = (text: string) => text.split(':').filter((word) => word !== '');
  const before = words(head);
  const after = words(tail ?? '');
  const filled = [...before, ...new Array<string>(8 - before.length - after.length).fill('0'), ...after];
  return { bits: 128, address: filled.reduce((sum, word) => sum * 65536n + BigInt(`0x${word}`), 0n), prefix: Number(prefix) };
}

/** What is left of a network when another is taken out of it: halves of halves. */
export function without(network: Network, out: Network): readonly Network[] {
  if (network.bits !== out.bits || !meet(network, out)) return [network];
  if (out.prefix <= network.prefix) return [];
  const prefix = network.prefix + 1;
  const low = { ...network, prefix };
  const high = { ...low, address: network.address + (1n << BigInt(network.bits - prefix)) };
  return [...without(low, out), ...without(high, out)];
}

function meet(a: Network, b: Network): boolean {
  const shift = BigInt(a.bits - Math.min(a.prefix, b.prefix));
  return a.address >> shift === b.address >> shift;
}

export function textOfNetwork({ bits, address, prefix }: Network): string {
  const size = bits === 32 ? 8 : 16;
  const parts: bigint[] = [];
  for (let shift = bits - size; shift >= 0; shift -= size) parts.push((address >> BigInt(shift)) & ((1n << BigInt(size)) - 1n));
  const written = bits === 32 ? parts.join('.') : parts.map((part) => part.toString(16)).join(':');
  // In the one form that ranges have everywhere.
  return parseRange(`${written}/${prefix}`) ?? `${written}/${prefix}`;
}
