import type { PathMatch, Rewrite } from '../../../src/route/table.ts';
import type { Books } from '../../../src/rule/books.ts';
import { entryOf } from '../../../src/rule/codec.ts';
import { rewriteFindings, rewrites } from '../rewrites.ts';
import { inert, placeOf } from '../settlement.ts';
import { readsAt } from './facts.ts';
import { type Location, matchOf, startOf } from './locations.ts';

/** What becomes of the path on its way to the backend. */
export function rewriteOf(location: Location, isGrpc: boolean, books: Books): Rewrite | null {
  const { facts, backend } = location;
  const { list, target } = readsAt(rewrites, facts, null);
  if (list.state === 'valid') {
    for (const entry of entryOf(target))
      books.settled.push(...inert([entry], rewriteFindings['beside-rewrites']({ annotation: entry.name }, placeOf(entry))));
    const replacement = list.value.get(backend.name);
    if (replacement === undefined) return null;
    if (isGrpc) {
      books.settled.push(...inert([list.entry], rewriteFindings.grpc({ service: backend.name }, placeOf(list.entry))));
      return null;
    }
    return textReplaced(location, replacement, [list.entry]);
  }
  if (target.state !== 'valid') return null;
  return wholeReplaced(location, target.value, [target.entry]);
}

/** `proxy_pass http://upstream/replacement`: the text of the location is replaced, wherever it ends. */
function textReplaced({ form, path }: Location, replacement: string, entries: Rewrite['entries']): Rewrite {
  if (form === 'exact') return { kind: 'full', path: replacement, entries };
  if (form === 'prefix' && replacement.endsWith('/')) return { kind: 'prefix', path: replacement, entries };
  return { ...startOf(path, REST), replacement: `${replacement}$1`, entries };
}

/** A rewrite speaks of the path in the words of its match. */
export function matchFor(location: Location, rewrite: Rewrite | null): PathMatch {
  const isText = rewrite?.kind === 'regex' && (location.form === 'prefix' || location.form === 'text') && rewrite.pattern.endsWith(REST);
  return isText ? startOf(location.path, REST) : matchOf(location);
}

const REST = '(.*)';

/** `rewrite PATH TARGET break`: the path of the location, as a pattern without anchor or, with path-regex, with one. */
function wholeReplaced({ form, path }: Location, target: string, entries: Rewrite['entries']): Rewrite {
  const isPattern = form === 'pattern' || form === 'pattern-any-case';
  // A literal path finds itself and has no groups to fill in. Variables, and queries in the target, are for the planner to refuse.
  const isPlain = !isPattern && !/[\\^$*+?()[\]{}|]/.test(path);
  const filled = isPlain ? target.replace(/\$[1-9]/g, '') : target;
  if (isPlain && !/[$?]/.test(filled)) return { kind: 'full', path: filled, entries };
  return { kind: 'regex', pattern: path, replacement: target, caseInsensitive: form === 'pattern-any-case', entries };
}
