import type { Entry } from '../../../src/model/entry.ts';
import type { PathMatch, Redirect, Scheme, ValueMatch } from '../../../src/route/table.ts';
import type { Directive } from '../../nginx-config/directive.ts';
import type { Variables } from './variables.ts';

/** What a request has to be like to take a way through the rewrite directives. */
export interface BranchMatch {
  /** Lies within the paths of the location. */
  readonly path: PathMatch;
  readonly scheme: Scheme | null;
  readonly headers: readonly ValueMatch[];
  readonly cookies: readonly ValueMatch[];
  readonly queryParams: readonly ValueMatch[];
  /** null = any. */
  readonly methods: readonly string[] | null;
}

export type BranchOutcome =
  /** On to the rest of the location; `rewrite`: with another path; `stopped`: rewrites of the controller are passed over. */
  | { readonly kind: 'continue'; readonly rewrite: PathChange | null; readonly stopped: boolean }
  /** Another location is looked up for the changed path. */
  | {
      readonly kind: 'jump';
      readonly rewrite: PathChange;
      readonly replacement: string;
      readonly directive: Directive;
      /** No location has been chosen before. */
      readonly ofServer: boolean;
    }
  | { readonly kind: 'redirect'; readonly redirect: Redirect }
  | { readonly kind: 'respond'; readonly status: number; readonly body: string | null };

/** What is sent to the backend in the place of the path. */
export interface PathChange {
  readonly change: Redirect['path'];
  readonly entries: readonly Entry[];
}

/**
 * A way through the rewrite directives. Ways are tried in their order, and the first whose match holds is taken, so that the
 * later ones need not say what they are not.
 */
export interface Branch {
  readonly match: BranchMatch;
  readonly outcome: BranchOutcome;
  /** The directives of the last `if` that was entered, which stand in for those of the location. */
  readonly inner: readonly Directive[];
  /** The directives that lead here. */
  readonly entries: readonly Entry[];
  readonly variables: Variables;
}

export function anyRequest(path: PathMatch): BranchMatch {
  return { path, scheme: null, headers: [], cookies: [], queryParams: [], methods: null };
}

export function isUnconditional({ scheme, headers, cookies, queryParams, methods }: BranchMatch): boolean {
  return scheme === null && methods === null && headers.length + cookies.length + queryParams.length === 0;
}

/** Both conditions at once; null where no request meets both. */
export function both(match: BranchMatch, more: Partial<BranchMatch>): BranchMatch | null {
  const scheme = more.scheme ?? match.scheme;
  if (match.scheme !== null && scheme !== match.scheme) return null;
  const wanted = more.methods ?? null;
  const methods =
    match.methods === null || wanted === null ? (wanted ?? match.methods) : match.methods.filter((each) => wanted.includes(each));
  if (methods?.length === 0) return null;
  const values = (own: readonly ValueMatch[], other: readonly ValueMatch[] = []): readonly ValueMatch[] | null => {
    const added = other.filter((item) => !own.some((known) => isSame(known, item)));
    const contradicts = added.some((item) =>
      own.some((known) => known.name.toLowerCase() === item.name.toLowerCase() && known.kind === 'exact' && item.kind === 'exact'),
    );
    return contradicts ? null : [...own, ...added];
  };
  const headers = values(match.headers, more.headers);
  const cookies = values(match.cookies, more.cookies);
  const queryParams = values(match.queryParams, more.queryParams);
  if (headers === null || cookies === null || queryParams === null) return null;
  return { path: more.path ?? match.path, scheme, headers, cookies, queryParams, methods };
}

function isSame(a: ValueMatch, b: ValueMatch): boolean {
  return a.name.toLowerCase() === b.name.toLowerCase() && a.value === b.value && a.kind === b.kind;
}
