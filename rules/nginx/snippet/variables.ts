import type { Entry } from '../../../src/model/entry.ts';

/** What is known of nginx's variables at a place, by name without `$`; null: set to something that depends on the request. */
export type Variables = ReadonlyMap<string, { readonly value: string | null; readonly entries: readonly Entry[] }>;

export interface Filled {
  /** The text with the values of known variables in it. */
  readonly text: string;
  /** Names of the variables that are left in it, each once. */
  readonly left: readonly string[];
  /** The `set` directives behind the values. */
  readonly entries: readonly Entry[];
}

const VARIABLE = /\$(?:\{(\w+)\}|(\w+))/g;

/** Puts known values in place of variables. What is left is written without braces. */
export function fill(text: string, variables: Variables): Filled {
  const left = new Set<string>();
  const entries = new Set<Entry>();
  const filled = text.replace(VARIABLE, (_, braced?: string, bare?: string) => {
    const name = braced ?? bare ?? '';
    const [group, more] = /^([1-9])(.*)$/.exec(name)?.slice(1) ?? [];
    const known = variables.get(group ?? name);
    const rest = group === undefined ? '' : (more ?? '');
    if (known === undefined || known.value === null) {
      left.add(group ?? name);
      return `$${group ?? name}${rest}`;
    }
    for (const entry of known.entries) entries.add(entry);
    return known.value + rest;
  });
  return { text: filled, left: [...left], entries: [...entries] };
}

/** Names under which nginx knows the host of the request; the last two as the client wrote it. */
const HOST_NAMES = ['host', 'server_name', 'http_host', 'best_http_host'] as const;

export function isHostVariable(name: string): boolean {
  return HOST_NAMES.some((each) => each === name);
}

/** `host`: the one name that the server takes; null for a wildcard or the server for any host. */
export function hostVariables(host: string | null): Variables {
  return new Map(host === null ? [] : HOST_NAMES.map((name) => [name, { value: host, entries: [] }]));
}

export function withVariable(variables: Variables, name: string, value: string | null, entries: readonly Entry[]): Variables {
  return new Map([...variables, [name, { value, entries }]]);
}
