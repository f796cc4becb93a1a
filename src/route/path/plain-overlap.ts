import type { PathMatch } from '../table.ts';

type PlainPath = Extract<PathMatch, { readonly kind: 'exact' | 'prefix' | 'text-prefix' }>;

/**
 * Whether some request path is taken by both, for plain paths as requests have them, which needs no search; null for others.
 * Both take their own text at least, and nothing that does not begin with it.
 */
export function plainOverlap(a: PathMatch, b: PathMatch): boolean | null {
  if (!isPlain(a) || !isPlain(b)) return null;
  return a.value.length <= b.value.length ? meets(a, b.value) : meets(b, a.value);
}

function isPlain(path: PathMatch): path is PlainPath {
  return (path.kind === 'exact' || path.kind === 'prefix' || path.kind === 'text-prefix') && USUAL.test(path.value);
}

/** Slashes are merged, and nothing is said here of what requests cannot hold. */
const USUAL = /^\/$|^(?:\/[\w.~%+@:,;=!*$&'()-]+)+\/?$/;

/** Whether a path takes the text, or something that goes on from it. */
function meets({ kind, value }: PlainPath, longer: string): boolean {
  if (!longer.startsWith(value)) return false;
  if (longer.length === value.length || kind === 'text-prefix') return true;
  return kind === 'prefix' && (value.endsWith('/') || longer[value.length] === '/');
}
