import type { HTTPRouteMatch } from '../gateway/types.ts';

type Path = NonNullable<HTTPRouteMatch['path']>;

const EVERYTHING: Path = { type: 'PathPrefix', value: '/' };

/** The requests that two matches both take, as a match. null: there are none; 'unknown': no match can say them. */
export function meetingOf(a: HTTPRouteMatch, b: HTTPRouteMatch): HTTPRouteMatch | null | 'unknown' {
  const path = meetingPath(a.path ?? EVERYTHING, b.path ?? EVERYTHING);
  const headers = united(a.headers ?? [], b.headers ?? []);
  const queryParams = united(a.queryParams ?? [], b.queryParams ?? []);
  const method = a.method ?? b.method;
  if (path === null || headers === null || queryParams === null || (b.method ?? method) !== method) return null;
  if (path === 'unknown' || headers === 'unknown' || queryParams === 'unknown') return 'unknown';
  return {
    path,
    ...(method === undefined ? {} : { method }),
    ...(headers.length === 0 ? {} : { headers }),
    ...(queryParams.length === 0 ? {} : { queryParams }),
  };
}

/** Whether the first takes everything that the second takes. */
export function takesAllOf(a: HTTPRouteMatch, b: HTTPRouteMatch): boolean {
  const both = meetingOf(a, b);
  return both !== null && both !== 'unknown' && JSON.stringify(both) === JSON.stringify(meetingOf(b, b));
}

function meetingPath(a: Path, b: Path): Path | null | 'unknown' {
  if (isWhole(a)) return b;
  if (isWhole(b)) return a;
  if (a.type === 'RegularExpression' || b.type === 'RegularExpression') {
    if (a.type === b.type && a.value === b.value) return a;
    const [x, y] = [literalStart(a), literalStart(b)];
    return x.startsWith(y) || y.startsWith(x) ? 'unknown' : null;
  }
  if (isWithin(a, b)) return a;
  return isWithin(b, a) ? b : null;
}

function isWhole({ type, value }: Path): boolean {
  return type === 'PathPrefix' && value === '/';
}

function isWithin(inner: Path, outer: Path): boolean {
  if (outer.type === 'Exact') return inner.type === 'Exact' && inner.value === outer.value;
  const start = outer.value.replace(/\/+$/, '');
  return inner.value.replace(/\/+$/, '') === start || inner.value.startsWith(`${start}/`);
}

/** Lower case where the pattern does not tell cases apart. */
function literalStart({ type, value }: Path): string {
  if (type !== 'RegularExpression') return value.replace(/\/+$/, '').toLowerCase();
  const [literal = ''] = /^[A-Za-z0-9/_-]*/.exec(value.replace(/^\(\?i\)/, '').replace(/^\^/, '')) ?? [];
  // The last character may be one that is repeated, or not there.
  return literal.slice(0, -1).toLowerCase();
}

/** Conditions of both by name. null: they contradict each other. */
function united<T extends { readonly name: string }>(a: readonly T[], b: readonly T[]): readonly T[] | null | 'unknown' {
  const byName = new Map(a.map((item) => [item.name.toLowerCase(), item]));
  for (const item of b) {
    const known = byName.get(item.name.toLowerCase());
    if (known !== undefined && JSON.stringify(known) !== JSON.stringify({ ...item, name: known.name })) return 'unknown';
    byName.set(item.name.toLowerCase(), known ?? item);
  }
  return [...byName.values()];
}
