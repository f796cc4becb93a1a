import { overlap } from '../../../src/route/path/index.ts';
import type { PathMatch, RouteRule } from '../../../src/route/table.ts';
import { pathsWith } from '../snippet/path-pattern.ts';
import type { Location } from './location.ts';
import { type HostContext, onwardRules } from './location-rules.ts';
import { locationDirectives } from './location-snippet.ts';
import type { Jump, Onward } from './snippet-rules.ts';

/**
 * A `rewrite … last` looks a location up for the changed path. Which one is known where all changed paths begin alike and no
 * location lies below that beginning; null elsewhere, and where that location changes the path once more.
 */
export function jumpRules(
  { replacement, ofServer }: Jump,
  onward: Onward,
  from: Location,
  locations: readonly Location[],
  context: HostContext,
): readonly RouteRule[] | null {
  if (context.regex) return null;
  const head = replacement.replace(/\$.*$/s, '');
  const changed: PathMatch = head === replacement ? { kind: 'exact', value: head } : { kind: 'text-prefix', value: head };
  const target = changed.kind === 'exact' ? chosenFor(head, locations) : commonTo(head, locations);
  if (target === null || target.facts.rewrite.target !== null) return null;
  if (rewritesAgain(changed, target, ofServer ? null : from)) return null;
  return onwardRules(target, target.path, '', onward, context);
}

function takes({ path, type }: Location, text: string): boolean {
  return text === path || (type === 'prefix' && text.startsWith(path.endsWith('/') ? path : `${path}/`));
}

/** Exact first, then the longest prefix. */
function chosenFor(text: string, locations: readonly Location[]): Location | null {
  const taking = locations.filter((location) => takes(location, text)).sort((a, b) => b.path.length - a.path.length);
  return taking.find(({ type }) => type === 'exact') ?? taking[0] ?? null;
}

/** The location of every path with this beginning. */
function commonTo(head: string, locations: readonly Location[]): Location | null {
  if (locations.some(({ path }) => path !== head && path.startsWith(head))) return null;
  return chosenFor(
    head.endsWith('/') ? `${head}x` : head,
    locations.filter(({ type }) => type === 'prefix'),
  );
}

/** Whether a rewrite of the location where the path arrives would take it as well. `from`: where it was changed, of which it is known. */
function rewritesAgain(changed: PathMatch, target: Location, from: Location | null): boolean {
  const directives = locationDirectives(target.facts);
  if (target.facts !== from?.facts && directives.some(({ name }) => name === 'if' || name === 'return')) return true;
  return directives
    .filter(({ name }) => name === 'rewrite')
    .some(({ args: [pattern = ''] }) => {
      const paths = pathsWith(pattern, false);
      return paths === null || overlap(paths, changed) !== false;
    });
}
