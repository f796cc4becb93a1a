import { type AddressRange, EVERY_ADDRESS, parseRange, without } from '../address-ranges.ts';

/** The ranges in their order, or null when one of them is none. */
export function parseRanges(texts: readonly string[]): readonly AddressRange[] | null {
  const ranges = texts.map((text) => parseRange(text.trim())).filter((range) => range !== null);
  return ranges.length === texts.length ? ranges : null;
}

/** What is in each of the lists: of one list, the list itself. */
export function shared([first = EVERY_ADDRESS, ...others]: readonly (readonly AddressRange[])[]): readonly AddressRange[] {
  return others.reduce((left, list) => without(left, without(EVERY_ADDRESS, list)), first);
}
