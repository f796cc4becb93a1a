import type { HTTPRouteMatch } from '../../gateway/types.ts';
import { compareText } from '../../model/position.ts';
import { samplePaths } from '../../route/path/index.ts';
import type { Match } from '../../route/table.ts';
import type { Dimension, Variant } from './variants.ts';

/** What a match asks of a request besides its path, from either side, as values that meet it. */
export interface Conditions {
  readonly headers: readonly NamedValue[];
  readonly cookies: readonly NamedValue[];
  readonly query: readonly NamedValue[];
  readonly methods: readonly string[];
  /** It answers with a redirect, which carries the query along. */
  readonly redirects: boolean;
}

type NamedValue = readonly [name: string, value: string];

/** A value that no manifest names. */
const OTHER = 'gateshift-other';

export function conditionsBefore(match: Match, redirects: boolean): Conditions {
  const values = (items: Match['headers']) =>
    items.flatMap(({ name, value, kind }) => (kind === 'exact' ? [value] : samples(value)).map((sample): NamedValue => [name, sample]));
  return {
    headers: values(match.headers),
    cookies: values(match.cookies),
    query: values(match.queryParams),
    methods: match.methods,
    redirects,
  };
}

export function conditionsAfter(match: HTTPRouteMatch, redirects: boolean): Conditions {
  const values = (items: HTTPRouteMatch['headers']) =>
    (items ?? []).flatMap(({ name, value, type }) =>
      (type === 'RegularExpression' ? samples(value) : [value]).map((sample): NamedValue => [name.toLowerCase(), sample]),
    );
  const headers = values(match.headers);
  return {
    headers: headers.filter(([name]) => name !== 'cookie'),
    cookies: headers.filter(([name]) => name === 'cookie').flatMap(([, text]) => cookiesIn(text)),
    query: values(match.queryParams).map(([name, value]): NamedValue => [name, value]),
    methods: match.method === undefined ? [] : [match.method],
    redirects,
  };
}

export function isConditional({ headers, cookies, query, methods, redirects }: Conditions): boolean {
  return redirects || headers.length + cookies.length + query.length + methods.length > 0;
}

/** Every value named with one that is not; each name varies by itself. */
export function dimensionsOf(conditions: readonly Conditions[]): readonly Dimension[] {
  const queries = conditions.flatMap(({ query }) => query);
  const isSeen = conditions.some(({ redirects }) => redirects) && queries.length === 0;
  return [
    ...byName(
      conditions.flatMap(({ headers }) => headers).map(([name, value]): NamedValue => [name.toLowerCase(), value]),
      (pair) => ({ headers: pair }),
    ),
    ...byName(
      conditions.flatMap(({ cookies }) => cookies),
      (pair) => ({ cookies: pair }),
    ),
    ...byName(queries, (pair) => ({ query: pair })),
    ...methodsOf(conditions.flatMap(({ methods }) => methods)),
    ...(isSeen ? [[{ query: { q: '1' } }]] : []),
  ];
}

/** What the match asks for, part by part: one value for each name. */
export function partsOf({ headers, cookies, query, methods }: Conditions): readonly Partial<Variant>[] {
  const firsts = (values: readonly NamedValue[]) => [...new Map([...values].reverse())];
  const [method] = methods;
  return [
    ...firsts(headers).map(([name, value]) => ({ headers: { [name.toLowerCase()]: value } })),
    ...firsts(cookies).map(([name, value]) => ({ cookies: { [name]: value } })),
    ...firsts(query).map(([name, value]) => ({ query: { [name]: value } })),
    ...(method === undefined ? [] : [{ method }]),
  ];
}

function byName(values: readonly NamedValue[], make: (pair: Readonly<Record<string, string>>) => Partial<Variant>): readonly Dimension[] {
  const named = new Map<string, Set<string>>();
  for (const [name, value] of values) named.set(name, (named.get(name) ?? new Set()).add(value));
  return [...named]
    .sort(([a], [b]) => compareText(a, b))
    .map(([name, found]) => [...[...found].sort(compareText), OTHER].map((value) => make({ [name]: value })));
}

function methodsOf(methods: readonly string[]): readonly Dimension[] {
  if (methods.length === 0) return [];
  const other = ['OPTIONS', 'HEAD', 'POST'].find((method) => !methods.includes(method)) ?? 'PATCH';
  return [[...new Set([...methods.toSorted(compareText), other])].filter((method) => method !== 'GET').map((method) => ({ method }))];
}

/** Texts that a pattern for a value takes: those for a path, without its slash. */
function samples(pattern: string): readonly string[] {
  const bare = pattern.replace(/^\^/, '').replace(/(?<!\\)\$$/, '');
  const found = samplePaths({ kind: 'regex', pattern: `/(?:${bare})`, caseInsensitive: false })
    .map((path) => path.slice(1))
    .filter((text) => text !== '')
    .map(decoded);
  return found.length === 0 ? [pattern] : found.slice(0, 2);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function cookiesIn(text: string): readonly NamedValue[] {
  return text.split(';').flatMap((pair): NamedValue[] => {
    const [name = '', value] = pair.trim().split('=', 2);
    return value === undefined ? [] : [[name, value]];
  });
}
