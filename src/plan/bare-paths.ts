import type { HTTPRouteFilter, HTTPRouteMatch, PathModifier } from '../gateway/types.ts';
import { gatewayPathValue, matchesPath, pathIndex } from '../route/path/index.ts';
import type { RouteRule, Scheme } from '../route/table.ts';
import type { Dialect } from '../targets/dialect.ts';
import { type DraftRule, guardRule } from './draft.ts';
import type { LoweredRule } from './lowered-rule.ts';

/** What a prefix takes with Gateway API and not on the controller. */
export function bareOf(prefix: string): readonly string[] {
  return prefix.length > 1 && prefix.endsWith('/') ? [prefix.slice(0, -1)] : [];
}

/**
 * Gateway API ignores the trailing slash of a prefix: `/foo/` also takes `/foo`. Where the controller does not, `/foo`
 * gets Exact rules with what the controller answers there: the next rules of the host that take it, else an error.
 */
export function closeBarePaths(lowered: readonly LoweredRule[], scheme: Scheme, dialect: Dialect | undefined): BarePaths {
  const near = pathIndex(lowered.map(({ rule }) => rule.match.path));
  const about = (bare: string) => near({ kind: 'exact', value: bare }).flatMap((position) => lowered[position] ?? []);
  const closings = lowered.flatMap((rule) =>
    rule[scheme].length === 0 ? [] : [...new Set(rule.bare)].map((bare) => closing(bare, rule, about(bare), scheme, dialect)),
  );
  return { drafts: closings.flatMap(({ drafts }) => drafts), errors: closings.flatMap(({ errors }) => errors) };
}

interface BarePaths {
  readonly drafts: readonly DraftRule[];
  /** Rules of which a bare path is answered with an error: nobody else answers it, or who does would have to replace the whole path. */
  readonly errors: readonly { readonly rule: RouteRule; readonly bare: string; readonly why: 'nobody' | 'rewrite' }[];
}

function closing(
  bare: string,
  rule: LoweredRule,
  lowered: readonly LoweredRule[],
  scheme: Scheme,
  dialect: Dialect | undefined,
): BarePaths {
  const value = gatewayPathValue(bare);
  if (value === null) return { drafts: [], errors: [] };
  const wanted = takers(lowered, rule, bare, scheme).flatMap((other) => other[scheme].flatMap((draft) => copiedTo(draft, value)));
  const copies = dialect?.rewrites === 'prefix' ? wanted.map(withoutWholeRewrite) : wanted;
  const rewritten = copies.some((copy, index) => copy !== wanted[index]) ? [{ rule: rule.rule, bare, why: 'rewrite' } as const] : [];
  if (copies.some((copy) => copy.case === '' && copy.matches.some(isUnconditional))) return { drafts: copies, errors: rewritten };
  const guard = guardRule(rule.rule.ingress, [exact(value)], `the controller does not serve ${bare} without the slash`);
  return { drafts: [...copies, guard], errors: [...rewritten, { rule: rule.rule, bare, why: 'nobody' }] };
}

/** The rules that the controller tries for a path, up to the first that asks for nothing else. */
function takers(lowered: readonly LoweredRule[], except: LoweredRule, path: string, scheme: Scheme): readonly LoweredRule[] {
  const taking = lowered.filter(
    (other) => other !== except && (other.rule.scheme ?? scheme) === scheme && matchesPath(other.rule.match.path, path) === true,
  );
  const last = taking.findIndex(({ rule }) => !hasConditions(rule));
  return last < 0 ? taking : taking.slice(0, last + 1);
}

function hasConditions({ match }: RouteRule): boolean {
  return match.headers.length + match.cookies.length + match.queryParams.length + match.methods.length + match.sourceRanges.length > 0;
}

/** A draft for one of its paths alone. Its entries are settled where it stands; here only where it stands nowhere. */
function copiedTo(draft: DraftRule, path: string): readonly DraftRule[] {
  const matches = draft.matches.filter((match) => takes(match, path));
  const [first] = matches;
  if (first === undefined) return [];
  return [
    {
      ...draft,
      matches: matches.map((match) => ({ ...match, ...exact(path) })),
      filters: draft.filters.map((filter) => filterFor(filter, first, path)),
      statements: draft.statements.map((statement) => ({ ...statement, weak: true })),
      notes: draft.guard === 'no' ? [] : draft.notes,
    },
  ];
}

function withoutWholeRewrite(copy: DraftRule): DraftRule {
  const isWhole = copy.filters.some((filter) => filter.type === 'URLRewrite' && filter.urlRewrite.path?.type === 'ReplaceFullPath');
  if (!isWhole) return copy;
  const { statements, matches, ingress } = copy;
  return { ...guardRule(ingress, matches, 'this target replaces no whole path'), case: copy.case, statements };
}

function takes({ path }: HTTPRouteMatch, text: string): boolean {
  if (path?.type === 'Exact') return path.value === text;
  // A pattern took it on the controller, by which its rule was chosen.
  return path?.type === 'RegularExpression' || matchesPath({ kind: 'prefix', value: prefixOf(path) || '/' }, text) === true;
}

function prefixOf(path: HTTPRouteMatch['path']): string {
  return (path?.value ?? '/').replace(/\/+$/, '');
}

/** An Exact match has no prefix to replace: the replaced path is written out. */
function filterFor(filter: HTTPRouteFilter, { path }: HTTPRouteMatch, text: string): HTTPRouteFilter {
  const full = (modifier: PathModifier): PathModifier => {
    if (modifier.type === 'ReplaceFullPath') return modifier;
    const joined = modifier.replacePrefixMatch.replace(/\/+$/, '') + text.slice(prefixOf(path).length);
    return { type: 'ReplaceFullPath', replaceFullPath: joined === '' ? '/' : joined };
  };
  if (filter.type === 'URLRewrite' && filter.urlRewrite.path !== undefined)
    return { ...filter, urlRewrite: { ...filter.urlRewrite, path: full(filter.urlRewrite.path) } };
  if (filter.type === 'RequestRedirect' && filter.requestRedirect.path !== undefined)
    return { ...filter, requestRedirect: { ...filter.requestRedirect, path: full(filter.requestRedirect.path) } };
  return filter;
}

function exact(value: string): HTTPRouteMatch {
  return { path: { type: 'Exact', value } };
}

function isUnconditional(match: HTTPRouteMatch): boolean {
  return Object.keys(match).length === 1;
}
