import { overlap } from '../../../src/route/path/index.ts';
import type { PathMatch, RouteRule } from '../../../src/route/table.ts';
import { type Directive, entriesOf, textOf } from '../../nginx-config/directive.ts';
import { inert, placeOf } from '../settlement.ts';
import { snippetFindings } from '../snippet/findings.ts';
import type { HostContext } from './location-rules.ts';

/** A location of the controller or of a server-snippet with its rules. */
export interface PlacedLocation {
  /** `firm`: a prefix before which no pattern is tried (`^~`). */
  readonly kind: 'exact' | 'prefix' | 'firm' | 'pattern';
  /** As written; of patterns nothing. */
  readonly path: string;
  readonly isOfController: boolean;
  readonly rules: readonly RouteRule[];
  readonly directive?: Directive;
  readonly match?: PathMatch;
}

/**
 * nginx takes an exact location, then the longest prefix if it is firm, then the first pattern, then the longest prefix. As one
 * list that can be said where no longer prefix lies within a firm one and meets a pattern.
 */
export function inPlainOrder(
  locations: readonly PlacedLocation[],
  slashes: readonly RouteRule[],
  { host, books }: Pick<HostContext, 'host' | 'books'>,
): readonly RouteRule[] {
  const exact = locations.filter(({ kind }) => kind === 'exact');
  const patterns = locations.filter(({ kind }) => kind === 'pattern');
  const prefixes = locations.filter(({ kind }) => kind === 'prefix' || kind === 'firm').sort(byNginxLength);
  const firm = prefixes.filter(({ kind }) => kind === 'firm');
  const [contested, free] = split(patterns, (pattern) => firm.some((prefix) => meets(pattern, prefix)));
  const inFirm = prefixes.filter((prefix) => firm.some((outer) => outer !== prefix && prefix.path.startsWith(outer.path)));
  for (const pattern of contested) {
    if (pattern.directive === undefined || !inFirm.some((prefix) => meets(pattern, prefix))) continue;
    const place = { ...placeOf(pattern.directive.entry), host };
    books.findings.push(snippetFindings['location-order']({ location: textOf(pattern.directive), host }, place));
  }
  const rest = prefixes.filter((prefix) => !firm.includes(prefix) && !inFirm.includes(prefix));
  const ordered =
    contested.length === 0
      ? [...exact, ...free, ...prefixes]
      : [...exact, ...free, ...prefixes.filter((prefix) => !rest.includes(prefix)), ...contested, ...rest];
  const first = ordered.slice(0, exact.length).flatMap(({ rules }) => rules);
  return [...first, ...slashes, ...ordered.slice(exact.length).flatMap(({ rules }) => rules)];
}

/** On a host of patterns the prefixes of snippets are chosen only where they are firm: one of the patterns takes every path. */
export function beforePatterns(
  locations: readonly PlacedLocation[],
  { host, books }: Pick<HostContext, 'host' | 'books'>,
): readonly RouteRule[] {
  const [idle, used] = split(locations, ({ kind }) => kind === 'prefix');
  for (const { directive } of idle) {
    if (directive === undefined) continue;
    const finding = snippetFindings['never-chosen']({ location: textOf(directive), host }, { ...placeOf(directive.entry), host });
    books.settled.push(...inert(entriesOf([directive]), finding));
  }
  const order = ['exact', 'firm', 'pattern'];
  return used
    .toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind) || (a.kind === 'firm' ? byNginxLength(a, b) : 0))
    .flatMap(({ rules }) => rules);
}

/** The controller's prefixes end in a slash for nginx, written or not. */
function byNginxLength(a: PlacedLocation, b: PlacedLocation): number {
  const length = ({ path, isOfController }: PlacedLocation) => path.length + (isOfController && !path.endsWith('/') ? 1 : 0);
  return length(b) - length(a);
}

function meets(pattern: PlacedLocation, { path }: PlacedLocation): boolean {
  return pattern.match === undefined || overlap(pattern.match, { kind: 'text-prefix', value: path }) !== false;
}

function split<T>(items: readonly T[], test: (item: T) => boolean): readonly [readonly T[], readonly T[]] {
  return [items.filter(test), items.filter((item) => !test(item))];
}
