import { KNOWN, LISTED, NONE, type PageData, SECURITY } from '../page-data.ts';

/** The tables with names, as the views read them. Texts stay positions until they are shown. */
export interface Estate {
  readonly data: PageData;
  readonly text: (position: number) => string;
  readonly lines: (position: number) => readonly string[];
  /** `namespace/name` */
  readonly ingressName: (row: number) => string;
  readonly namespaceOf: (row: number) => string;
  readonly vendorOf: (row: number) => string;
  readonly namespaces: readonly string[];
  readonly vendors: readonly string[];
  /** Which texts hold a word of a query. */
  readonly holding: (word: string) => Uint8Array;
}

export function estateOf(data: PageData): Estate {
  const text = (position: number) => (position === NONE ? '' : (data.strings[position] ?? ''));
  const lower = data.strings.map((each) => each.toLowerCase());
  const names = (column: 0 | 2) => [...new Set(data.ingresses.map((row) => text(row[column])))].sort();
  const ingress = (row: number) => data.ingresses[row];
  return {
    data,
    text,
    lines: (position) => (position === NONE ? [] : text(position).split('\n')),
    ingressName: (row) => {
      const found = ingress(row);
      return found === undefined ? '' : `${text(found[0])}/${text(found[1])}`;
    },
    namespaceOf: (row) => text(ingress(row)?.[0] ?? NONE),
    vendorOf: (row) => text(ingress(row)?.[2] ?? NONE),
    namespaces: names(0),
    vendors: names(2),
    holding: (word) => Uint8Array.from(lower, (each) => (each.includes(word) ? 1 : 0)),
  };
}

export const isListed = (flags: number) => (flags & LISTED) !== 0;
export const isKnown = (flags: number) => (flags & KNOWN) !== 0;
export const isSecurity = (flags: number) => (flags & SECURITY) !== 0;
