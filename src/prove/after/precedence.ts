import type { HTTPRouteMatch, HTTPRouteRule, TLSRoute } from '../../gateway/types.ts';
import { compareText } from '../../model/position.ts';
import type { Reading } from '../../targets/effects.ts';
import type { Listening } from './listeners.ts';
import type { GatewayPath } from './paths.ts';
import type { PatternRank } from './pattern-rank.ts';
import type { ReadRoute } from './read-route.ts';
import { nameOf, type StreamRoute } from './world.ts';

type Route = ReadRoute | TLSRoute | StreamRoute;

/** One match of one rule, reached through a listener. */
export interface Candidate {
  readonly route: ReadRoute;
  readonly listening: Listening;
  /** Place of the hostname that took the request among those that could: 0 is the most specific. */
  readonly hostnameRank: number;
  readonly ruleIndex: number;
  readonly rule: HTTPRouteRule;
  readonly match: HTTPRouteMatch;
}

/**
 * The order of Gateway API: hostname, Exact, longest prefix, method, headers, query parameters, oldest route, name, place in
 * the list. Among patterns the longest comes first, as most implementations do.
 */
export function byPrecedence(patterns: PatternRank, { priority }: Reading = {}): (a: Candidate, b: Candidate) => number {
  const number = (candidate: Candidate) => (priority === undefined ? 0 : numberOf(candidate, priority));
  return (a, b) =>
    number(b) - number(a) ||
    a.hostnameRank - b.hostnameRank ||
    typeRank(b.match.path, patterns) - typeRank(a.match.path, patterns) ||
    lengthOf(b.match.path, patterns) - lengthOf(a.match.path, patterns) ||
    Number(b.match.method !== undefined) - Number(a.match.method !== undefined) ||
    (b.match.headers?.length ?? 0) - (a.match.headers?.length ?? 0) ||
    (b.match.queryParams?.length ?? 0) - (a.match.queryParams?.length ?? 0) ||
    byAgeAndName(a.route, b.route) ||
    a.ruleIndex - b.ruleIndex;
}

function numberOf({ route, listening, ruleIndex, match }: Candidate, priority: NonNullable<Reading['priority']>): number {
  const hostnames = route.spec.hostnames ?? [listening.listener.hostname ?? ''];
  return priority(match) + Math.max(0, ...hostnames.map((hostname) => hostname.length)) + route.spec.rules.length - ruleIndex;
}

function typeRank(path: GatewayPath | undefined, patterns: PatternRank): number {
  if (path?.type === 'Exact') return 3;
  if (path?.type === 'RegularExpression') return patterns === 'after-prefixes' ? 0 : 2;
  return 1;
}

function lengthOf(path: GatewayPath | undefined, patterns: PatternRank): number {
  if (path === undefined || (path.type === 'RegularExpression' && patterns === 'by-age')) return 0;
  return path.type === 'PathPrefix' ? path.value.replace(/\/$/, '').length : path.value.length;
}

/** How Gateway API decides between routes that would be equal. */
export function byAgeAndName(a: Route, b: Route): number {
  return byAge(a, b) || compareText(nameOf(a), nameOf(b));
}

/** By `creationTimestamp`, which only manifests read from a cluster have. */
function byAge(a: Route, b: Route): number {
  const [left, right] = [createdAt(a), createdAt(b)];
  return left === null || right === null ? 0 : compareText(left, right);
}

function createdAt({ metadata }: Route): string | null {
  return 'creationTimestamp' in metadata && typeof metadata.creationTimestamp === 'string' ? metadata.creationTimestamp : null;
}
