import { lowerAscii } from './ascii-case.ts';
import type { Candidate } from './candidates.ts';
import type { PathDifference } from './difference.ts';
import type { NotPortable, PortablePathChange } from './path-change.ts';
import type { Way } from './regex/ways.ts';
import { type Filled, fill, type RequestClass, wayFor } from './request-class.ts';

type Where = Extract<PathDifference, { kind: 'rewrite' }>['where'];

export type RuleChange =
  | { readonly kind: 'changed'; readonly rewrite: PortablePathChange; readonly differences: readonly PathDifference[] }
  | { readonly kind: 'not-portable'; readonly reason: NotPortable };

/** A rest for examples, none that the pattern names. */
function someRest(ways: readonly Way[], head: string): string {
  const named = (rest: string): boolean => ways.some((way) => lowerAscii(way.text).startsWith(lowerAscii(head + rest)));
  return ['x', 'y', 'z', '0', '-'].find((rest) => !named(rest)) ?? 'other';
}

/** The change of path that does for one Gateway API path what the controller's rewrite does. Paths are decoded. */
export function ruleRewrite(
  candidate: Candidate,
  pattern: { readonly ways: readonly Way[]; readonly insensitive: boolean },
  template: readonly (string | number)[],
  redirects: boolean,
): RuleChange {
  const { type, text } = candidate.at;
  const exact = type === 'Exact';
  const classes: readonly (readonly [Where, RequestClass])[] = exact
    ? [['itself', { kind: 'one', path: text }]]
    : [
        // The root has no path without a slash.
        ...(text === '' ? [] : [['itself', { kind: 'one', path: text }] as const]),
        ['slash', { kind: 'one', path: `${text}/` }],
        ['below', { kind: 'below', head: `${text}/` }],
      ];
  const results: { readonly where: Where; readonly requests: RequestClass; readonly before: Filled }[] = [];
  for (const [where, requests] of classes) {
    const way = wayFor(pattern.ways, requests, pattern.insensitive);
    if (way === null) continue;
    const before = fill(template, way, requests);
    if (before === null) return { kind: 'not-portable', reason: 'captures' };
    if (redirects && before.text === '' && !before.rest) results.push({ where, requests, before: { text: '/', rest: false } });
    else if (redirects && !before.text.startsWith('/')) return { kind: 'not-portable', reason: 'origin' };
    else results.push({ where, requests, before });
  }
  const most = results.at(-1);
  if (most === undefined) return { kind: 'not-portable', reason: 'pattern' };
  const rewrite = changeFor(most.before, most.requests);
  if (rewrite === null) return { kind: 'not-portable', reason: most.before.rest ? 'captures' : 'empty-path' };
  const differences = results.flatMap(({ where, requests, before }): readonly PathDifference[] => {
    const rest = requests.kind === 'one' ? '' : someRest(pattern.ways, requests.head);
    const path = requests.kind === 'one' ? requests.path : requests.head + rest;
    const sent = before.text + (before.rest ? rest : '');
    const after = changedPath(rewrite, text, path);
    return sent === after
      ? []
      : [{ kind: 'rewrite', at: candidate.at, lost: null, gained: null, where, path, before: sent === '' ? null : sent, after }];
  });
  return { kind: 'changed', rewrite, differences };
}

/** From the result for what lies below the path, which is what the rule is for. */
function changeFor(before: Filled, requests: RequestClass): PortablePathChange | null {
  if (!before.rest) {
    if (requests.kind === 'one' && before.text === requests.path) return { kind: 'none' };
    return before.text === '' ? null : { kind: 'full', path: before.text.startsWith('/') ? before.text : `/${before.text}` };
  }
  if (requests.kind === 'below' && before.text === requests.head) return { kind: 'none' };
  // `/bar$2` glues the rest on to a path element: no prefix replacement does that.
  if (before.text !== '' && !before.text.endsWith('/')) return null;
  const path = before.text.replace(/\/+/g, '/').replace(/\/$/, '');
  return { kind: 'prefix', path: path === '' ? '/' : path.startsWith('/') ? path : `/${path}` };
}

/**
 * What a Gateway makes of a path under the prefix `text` ('' = root): ReplacePrefixMatch swaps the prefix and joins with one slash.
 * Of `/` under `/` implementations make `/app` or `/app/`; the former is taken.
 */
export function changedPath(change: PortablePathChange, text: string, path: string): string {
  switch (change.kind) {
    case 'none':
      return path;
    case 'full':
      return change.path;
    case 'prefix': {
      const head = change.path.replace(/\/$/, '');
      const rest = path.slice(text.length);
      return rest === '' || (text === '' && rest === '/') ? head || '/' : head + rest;
    }
    default:
      return change satisfies never;
  }
}
