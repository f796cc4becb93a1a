import { lowerAscii } from './ascii-case.ts';
import type { Boundary, Way } from './regex/ways.ts';

/**
 * The requests of one Gateway API path, in the classes on which a pattern of finitely many ways behaves alike: one path, or
 * every path that goes on after `head` (which ends in a slash).
 */
export type RequestClass = { readonly kind: 'one'; readonly path: string } | { readonly kind: 'below'; readonly head: string };

/** The way that an engine finds for all requests of the class; null when there is none. */
export function wayFor(ways: readonly Way[], requests: RequestClass, insensitive: boolean): Way | null {
  return ways.find((way) => takes(way, requests, insensitive)) ?? null;
}

function takes(way: Way, requests: RequestClass, insensitive: boolean): boolean {
  if (requests.kind === 'one') {
    const spare = requests.path.length - way.text.length;
    return beginsWith(requests.path, way, insensitive) && (way.exact ? spare === 0 : spare >= way.atLeast);
  }
  return !way.exact && beginsWith(requests.head, way, insensitive);
}

export function beginsWith(path: string, way: Pick<Way, 'text' | 'loose'>, insensitive: boolean): boolean {
  if (path.length < way.text.length) return false;
  const [mine, theirs] = insensitive ? [lowerAscii(way.text), lowerAscii(path)] : [way.text, path];
  for (let i = 0; i < mine.length; i++) if (mine[i] !== theirs[i] && !way.loose.includes(i)) return false;
  return true;
}

/** A path known up to its rest: `rest` stands for whatever follows the head of a `below` class. */
export interface Filled {
  readonly text: string;
  readonly rest: boolean;
}

/** The template with the groups of this way filled in; null when the result is not a text and at most the whole rest after it. */
export function fill(template: readonly (string | number)[], way: Way, requests: RequestClass): Filled | null {
  let text = '';
  let rest = false;
  for (const part of template) {
    const filled = typeof part === 'string' ? { text: part, rest: false } : groupText(way.groups.get(part), requests);
    if (filled === null) return null;
    if (rest && (filled.text !== '' || filled.rest)) return null;
    text += filled.text;
    rest ||= filled.rest;
  }
  return { text, rest };
}

function groupText(group: readonly [Boundary, Boundary] | undefined, requests: RequestClass): Filled | null {
  // A group that took no part, or that the pattern does not have, is empty.
  if (group === undefined) return { text: '', rest: false };
  const [from, to] = group;
  if (from === 'varies' || to === 'varies') return null;
  if (from === 'path-end') return { text: '', rest: false };
  const known = requests.kind === 'one' ? requests.path : requests.head;
  return to === 'path-end' ? { text: known.slice(from), rest: requests.kind === 'below' } : { text: known.slice(from, to), rest: false };
}
