/** What an annotation of a Service asks its load balancer for; `on`: the values with which it does. */
export type Meaning =
  /** Reachable from inside a network alone. */
  | { readonly kind: 'internal'; readonly on: Applies }
  /** A list of ranges that counts where the spec has none. */
  | { readonly kind: 'sources' }
  /** Says who may connect, in a way that no route can. */
  | { readonly kind: 'firewall'; readonly on: Applies }
  | { readonly kind: 'tls'; readonly on: Applies }
  /** Clear text is sent on to TLS. */
  | { readonly kind: 'redirect'; readonly on: Applies }
  | { readonly kind: 'proxy-protocol'; readonly on: Applies }
  /** Chooses an address, which may be one of a private network. */
  | { readonly kind: 'address' }
  | { readonly kind: 'dns' }
  | { readonly kind: 'tuning' }
  | { readonly kind: 'observed' };

type Applies = (value: string) => boolean;

export interface Provider {
  readonly title: string;
  /** What all of its annotations begin with. */
  readonly prefix: string;
  /** By the rest of the name. */
  readonly known: ReadonlyMap<string, Meaning>;
  /** Names that hold a port. */
  readonly patterns: readonly { readonly name: RegExp; readonly meaning: Meaning }[];
}

export const isTrue: Applies = (value) => value.trim().toLowerCase() === 'true';
export const is =
  (wanted: string): Applies =>
  (value) =>
    value.trim().toLowerCase() === wanted;
/** Any text but none and those that say no. */
export const isSaid: Applies = (value) => !['', 'false', 'none', 'off', 'no'].includes(value.trim().toLowerCase());

export const ADDRESS: Meaning = { kind: 'address' };
export const FIREWALL: Meaning = { kind: 'firewall', on: isSaid };
export const TLS: Meaning = { kind: 'tls', on: isSaid };
export const DNS: Meaning = { kind: 'dns' };
export const OBSERVED: Meaning = { kind: 'observed' };
export const TUNING: Meaning = { kind: 'tuning' };
export const SOURCES: Meaning = { kind: 'sources' };

export const internal = (on: Applies): Meaning => ({ kind: 'internal', on });
export const firewall = (on: Applies): Meaning => ({ kind: 'firewall', on });
export const redirect = (on: Applies): Meaning => ({ kind: 'redirect', on });
export const proxyProtocol = (on: Applies): Meaning => ({ kind: 'proxy-protocol', on });

/** `tuning`: names with blanks between them. */
export function provider(
  title: string,
  prefix: string,
  special: Readonly<Record<string, Meaning>>,
  tuning = '',
  patterns: Provider['patterns'] = [],
): Provider {
  const names = tuning.split(/\s+/).filter((name) => name !== '');
  const known = new Map([...names.map((name): [string, Meaning] => [name, TUNING]), ...Object.entries(special)]);
  return { title, prefix, known, patterns };
}
