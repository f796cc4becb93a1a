import { lowerAscii } from './ascii-case.ts';

/** A Gateway API match for a set of paths. `text` is the path as the controller sees it, `value` the same as it is written. */
export interface GatewayPath {
  readonly type: 'Exact' | 'PathPrefix';
  readonly value: string;
  readonly text: string;
}

/** Where a difference lies: the path it is told about, and the offsets of dots in it that the pattern does not mean as dots. */
export interface DifferencePlace {
  readonly type: GatewayPath['type'];
  /** Decoded; without a trailing slash, '' being the root. For `Exact` the whole path. */
  readonly text: string;
  readonly loose: readonly number[];
}

/**
 * One way in which the Gateway API paths differ from the controller's pattern. `lost` is an example of a path the
 * controller served here and the Gateway does not, `gained` the other way round.
 *
 * - `case`: the controller ignores case.
 * - `any-character`: an unescaped dot stood for any character.
 * - `boundary`: the controller also takes paths that merely begin with the text, `/foobar` for `/foo`.
 * - `bare-prefix`: the prefix takes `/foo`, the controller only what is below.
 * - `empty-rest`: the prefix takes `/foo/`, the controller asks for at least one more character.
 * - `rewrite`: the backend gets another path.
 */
export type PathDifference =
  | { readonly kind: 'case' | 'any-character' | 'boundary'; readonly at: DifferencePlace; readonly lost: string; readonly gained: null }
  | { readonly kind: 'bare-prefix' | 'empty-rest'; readonly at: DifferencePlace; readonly lost: null; readonly gained: string }
  | {
      readonly kind: 'rewrite';
      readonly at: DifferencePlace;
      readonly lost: null;
      readonly gained: null;
      /**
       * On which requests: the path itself, the path with a slash, or everything below that; or where the path is spelt otherwise and a
       * broader rule takes it: in another case, with another character for a dot, going on without a slash.
       */
      readonly where: 'itself' | 'slash' | 'below' | 'other-case' | 'other-character' | 'longer';
      /** An example, what the controller sends upstream, and what the Gateway does. `before` is null where NGINX answers 500: it refuses an empty URI. */
      readonly path: string;
      readonly before: string | null;
      readonly after: string;
    };

/** Whether a disagreement on this (normalised) request path is one of those told by `differences`. */
export function isDeclared(differences: readonly PathDifference[], path: string): boolean {
  return differences.some((difference) => tells(difference, path));
}

function tells(difference: PathDifference, path: string): boolean {
  const { at } = difference;
  const head = path.slice(0, at.text.length);
  const rest = path.slice(at.text.length);
  const reason = difference.kind === 'rewrite' ? difference.where : difference.kind;
  switch (reason) {
    case 'case':
    case 'other-case':
      return isHead(at, head) && fitsType(at, rest) && !agrees(at, at.text, head);
    case 'any-character':
    case 'other-character':
      return isHead(at, head) && fitsType(at, rest) && at.loose.some((offset) => head[offset] !== '.');
    case 'boundary':
    case 'longer':
      return isHead(at, head) && rest !== '' && !rest.startsWith('/');
    case 'bare-prefix':
    case 'itself':
      return path === at.text;
    case 'empty-rest':
    case 'slash':
      return path === `${at.text}/`;
    case 'below':
      return head === at.text && rest.startsWith('/') && rest !== '/';
    default:
      return reason satisfies never;
  }
}

/** The text in any case, with any character for its loose dots. */
function isHead(at: DifferencePlace, head: string): boolean {
  return head.length === at.text.length && agrees(at, lowerAscii(at.text), lowerAscii(head));
}

function agrees(at: DifferencePlace, mine: string, theirs: string): boolean {
  for (let i = 0; i < mine.length; i++) if (mine[i] !== theirs[i] && !at.loose.includes(i)) return false;
  return true;
}

function fitsType(at: DifferencePlace, rest: string): boolean {
  return at.type === 'PathPrefix' || rest === '';
}
