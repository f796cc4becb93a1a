import { LIMITS } from '../gateway/limits.ts';
import type { HTTPRoute, HTTPRouteMatch, HTTPRouteRule, ParentRef } from '../gateway/types.ts';
import { backendRef } from './backend-objects.ts';
import { type DraftRule, guardRule } from './draft.ts';
import { policySignature, routeSignature, withExtensions } from './policies.ts';
import { compareRanks, rankOf } from './rank.ts';

/** A rule of a route: what is written, and the drafts that say what became of their entries there. */
export interface MergedRule {
  readonly matches: readonly HTTPRouteMatch[];
  readonly answer: DraftRule;
  readonly drafts: readonly DraftRule[];
}

/**
 * The rules of each route that the drafts need: those that answer alike share one rule, and no route exceeds the limits. `others`
 * are served on the same host by other routes.
 */
export function splitRules(
  drafts: readonly DraftRule[],
  others: readonly DraftRule[],
  { isOrdered = false }: { readonly isOrdered?: boolean } = {},
): readonly (readonly MergedRule[])[] {
  const chunks: MergedRule[][] = [];
  const rules = splitMatches(withoutCovered(mergeRedirects(drafts), others), isOrdered);
  for (const block of blocksOf(closedBehind(isOrdered ? rules.toSorted(byRank) : rules))) {
    const open = openChunk(chunks, block);
    if (open !== undefined && fits([...open, ...block])) open.push(...block);
    else if (fits(block)) chunks.push([...block]);
    else
      for (const rule of block) {
        const last = chunks.at(-1);
        if (last !== undefined && areAlike(last, [rule]) && fits([...last, rule])) last.push(rule);
        else chunks.push([rule]);
      }
  }
  return chunks;
}

/** The same matches once more, with an error: of two rules that are ranked alike the first in the list answers. */
export function closedBehind(rules: readonly MergedRule[]): readonly MergedRule[] {
  return rules.flatMap((rule): readonly MergedRule[] => {
    const { closedBehind: why, ingress, route } = rule.answer;
    if (why === undefined) return [rule];
    const guard = { ...guardRule(ingress, rule.matches, why), ...(route === undefined ? {} : { route }) };
    return [rule, { matches: rule.matches, answer: guard, drafts: [] }];
  });
}

/** The last chunk with the same policies, unless a later one has a rule of the same path: parts of a route are ranked by name. */
function openChunk(chunks: readonly MergedRule[][], block: readonly MergedRule[]): MergedRule[] | undefined {
  const index = chunks.findLastIndex((chunk) => areAlike(chunk, block));
  const isBetween = chunks.slice(index + 1).some((chunk) => chunk.some((rule) => block.some((own) => sharesPath(own, rule))));
  return index < 0 || isBetween ? undefined : chunks[index];
}

function areAlike([a]: readonly MergedRule[], [b]: readonly MergedRule[]): boolean {
  return a !== undefined && b !== undefined && routeSignature(a.answer) === routeSignature(b.answer);
}

function fits(rules: readonly MergedRule[]): boolean {
  return rules.length <= LIMITS.rulesPerRoute && rules.reduce((sum, rule) => sum + rule.matches.length, 0) <= LIMITS.matchesPerRoute;
}

/** Rules of one path stay together: which of them a request gets may rest on their order in the route. */
function blocksOf(rules: readonly MergedRule[]): readonly (readonly MergedRule[])[] {
  const blocks: MergedRule[][] = [];
  for (const rule of rules) {
    const last = blocks.at(-1);
    if (last?.[0] !== undefined && sharesPath(last[0], rule) && areAlike(last, [rule])) last.push(rule);
    else blocks.push([rule]);
  }
  return blocks;
}

function sharesPath(a: MergedRule, b: MergedRule): boolean {
  const [one, other] = [a.matches[0], b.matches[0]];
  return one === undefined || other === undefined ? one === other : isSamePath(one, other);
}

export function writeRoute(
  rules: readonly MergedRule[],
  route: {
    readonly name: string;
    readonly namespace: string;
    readonly host: string;
    readonly parentRefs: readonly ParentRef[];
    readonly annotations: Readonly<Record<string, string>>;
    /** Of objects that filters refer to, by identity. */
    readonly names: ReadonlyMap<string, string>;
  },
): HTTPRoute {
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: {
      name: route.name,
      namespace: route.namespace,
      ...(Object.keys(route.annotations).length === 0 ? {} : { annotations: route.annotations }),
    },
    spec: {
      parentRefs: route.parentRefs,
      ...(route.host === '' ? {} : { hostnames: [route.host] }),
      rules: rules.map((rule) => writeRule(rule, route)),
    },
  };
}

/** Redirects with the same filter become one rule, unless a rule between them might answer the same requests. */
function mergeRedirects(rules: readonly DraftRule[]): readonly MergedRule[] {
  const merged: { matches: HTTPRouteMatch[]; answer: DraftRule; drafts: DraftRule[] }[] = [];
  /** The last rule of each redirect. */
  const pools = new Map<string, number>();
  for (const rule of rules) {
    const key = isPooled(rule) ? JSON.stringify(rule.filters) : null;
    const known = key === null ? undefined : pools.get(key);
    const mayAnswer = ({ matches }: MergedRule) => matches.some((match) => rule.matches.some((own) => mayTie(match, own)));
    const pool = known === undefined || merged.slice(known + 1).some(mayAnswer) ? undefined : merged[known];
    if (pool === undefined) {
      if (key !== null) pools.set(key, merged.length);
      merged.push({ matches: [...rule.matches], answer: rule, drafts: [rule] });
    } else {
      pool.matches.push(...rule.matches);
      pool.drafts.push(rule);
    }
  }
  return merged;
}

/** Where one redirect takes every path and nothing else is served, the other paths say nothing more. */
function withoutCovered(rules: readonly MergedRule[], others: readonly DraftRule[]): readonly MergedRule[] {
  const [only] = rules;
  const everything = only?.matches.find(isEverything);
  if (only === undefined || rules.length > 1 || everything === undefined || !isPooled(only.answer)) return rules;
  // A rule of another route may lie between a path and the whole.
  const alike = others.every(({ filters }) => JSON.stringify(filters) === JSON.stringify(only.answer.filters));
  return alike ? [{ ...only, matches: [everything] }] : rules;
}

/** Only a redirect that is the same for every path may be pooled; a prefix replacement is tied to its one match. */
export function isPooled(rule: DraftRule): boolean {
  return (
    rule.filters.length === 1 && rule.filters[0]?.type === 'RequestRedirect' && !replacesPrefix(rule) && policySignature(rule) === '[]'
  );
}

/** Only rules of the same path can be ranked alike, or patterns. */
function mayTie(a: HTTPRouteMatch, b: HTTPRouteMatch): boolean {
  return a.path?.type === 'RegularExpression' || b.path?.type === 'RegularExpression' || isSamePath(a, b);
}

function isSamePath({ path: a }: HTTPRouteMatch, { path: b }: HTTPRouteMatch): boolean {
  return a?.type === b?.type && a?.value === b?.value;
}

export function replacesPrefix(rule: DraftRule): boolean {
  return JSON.stringify(rule.filters).includes('"ReplacePrefixMatch"');
}

/** The API server takes a prefix replacement only in a rule with one match. */
function splitMatches(rules: readonly MergedRule[], isOrdered: boolean): readonly MergedRule[] {
  return rules.flatMap((rule) => {
    const limit = isOrdered || replacesPrefix(rule.answer) ? 1 : LIMITS.matchesPerRule;
    const parts: MergedRule[] = [];
    for (let start = 0; start < rule.matches.length; start += limit) {
      parts.push({ ...rule, matches: rule.matches.slice(start, start + limit), drafts: start === 0 ? rule.drafts : [] });
    }
    return parts;
  });
}

/** As Gateway API ranks them, for implementations that try rules in their order. */
function byRank({ matches: [a] }: MergedRule, { matches: [b] }: MergedRule): number {
  return a === undefined || b === undefined ? 0 : -(compareRanks(rankOf(a, 'last'), rankOf(b, 'last')) ?? 0);
}

export function isEverything(match: HTTPRouteMatch): boolean {
  return match.path?.type === 'PathPrefix' && match.path.value === '/' && Object.keys(match).length === 1;
}

function writeRule(
  { matches, answer }: MergedRule,
  { namespace, names }: { readonly namespace: string; readonly names: ReadonlyMap<string, string> },
): HTTPRouteRule {
  const filters = withExtensions(answer, names);
  const backendRefs = answer.backends.map((backend) => ({
    ...backendRef(answer, backend, { namespace, names }),
    ...(answer.backends.length === 1 && backend.weight > 0 ? {} : { weight: backend.weight }),
  }));
  return {
    matches,
    ...(filters.length === 0 ? {} : { filters }),
    ...(backendRefs.length === 0 ? {} : { backendRefs }),
    ...answer.settings,
  };
}
