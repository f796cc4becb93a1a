import { covers, rewrittenPath } from '../../../src/route/path/index.ts';
import type { PathMatch, Redirect } from '../../../src/route/table.ts';

/** A path put in the place of another. `match`: the paths that came, put as the change needs them. */
export interface Changed {
  readonly match: PathMatch;
  readonly change: Redirect['path'];
}

/** What a replacement with groups of a pattern makes of the paths; null where that has no form that can be written. */
export function changedPath(replacement: string, path: PathMatch, groups: PathMatch | null): Changed | null {
  if (!replacement.includes('$')) return { match: path, change: { kind: 'full', path: replacement } };
  if (groups?.kind !== 'regex' || /\$(?![1-9])/.test(replacement) || !/^[A-Za-z0-9\-._~:/$]*$/.test(replacement)) return null;
  return withGroups(replacement, path, groups);
}

/** Something before the path as it came. */
export function prefixed(before: string, path: PathMatch): Changed | null {
  if (before === '') return { match: path, change: { kind: 'keep' } };
  if (!/^\/[A-Za-z0-9\-._~:/]*$/.test(before)) return null;
  switch (path.kind) {
    case 'exact':
      return { match: path, change: { kind: 'full', path: before + path.value } };
    case 'prefix':
      return { match: path, change: { kind: 'prefix', path: before + path.value.replace(/\/$/, '') } };
    case 'regex': {
      // Alternatives keep their meaning inside of the one group that takes it all.
      const match = { ...path, pattern: `((?:${path.pattern}).*)` };
      return {
        match,
        change: { kind: 'regex', pattern: match.pattern, replacement: `${before}$1`, caseInsensitive: path.caseInsensitive },
      };
    }
    case 'text-prefix':
    case 'glob':
      return null;
    default:
      return path satisfies never;
  }
}

/** The same paths put as the pattern, where they are the same; else what the groups amount to on the narrower paths. */
function withGroups(replacement: string, path: PathMatch, groups: Extract<PathMatch, { kind: 'regex' }>): Changed | null {
  const { pattern, caseInsensitive } = groups;
  if (covers(path, groups)) return { match: groups, change: { kind: 'regex', pattern, replacement, caseInsensitive } };
  const on = (text: string) => rewrittenPath(pattern, replacement, { caseInsensitive }, text);
  if (path.kind === 'exact') {
    const full = on(path.value);
    return full === null || full === 'unknown' ? null : { match: path, change: { kind: 'full', path: full } };
  }
  // `^/(.*)$` on `/app`: the group takes whatever is below, so that two samples tell.
  if (path.kind !== 'prefix' || !/\(\.\*\)\$?$/.test(pattern)) return null;
  const base = path.value.replace(/\/$/, '');
  const heads = ['/a', '/b/c'].map((below) => {
    const text = on(base + below);
    return text !== null && text !== 'unknown' && text.endsWith(below) ? text.slice(0, -below.length) : null;
  });
  const [head = null, other = null] = heads;
  return head === null || head !== other ? null : { match: path, change: { kind: 'prefix', path: head === '' ? '/' : head } };
}
