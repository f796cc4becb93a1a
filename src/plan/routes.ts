import { LIMITS } from '../gateway/limits.ts';
import type { HTTPRoute, HTTPRouteMatch, HTTPRouteRule, ParentRef } from '../gateway/types.ts';
import type { DraftRule } from './draft.ts';

/** A route before its limits are met: everything one Ingress serves on one host and one set of listeners. */
export interface DraftRoute {
  readonly name: string;
  readonly namespace: string;
  readonly host: string;
  readonly parentRefs: readonly ParentRef[];
  readonly annotations: Readonly<Record<string, string>>;
  readonly rules: readonly DraftRule[];
}

export interface WrittenRoute {
  readonly route: HTTPRoute;
  /** The drafts behind each rule of the route, by index. */
  readonly drafts: readonly (readonly DraftRule[])[];
}

/** Rules that answer alike share one rule with several matches; what exceeds the limits goes to further routes. */
export function writeRoutes(draft: DraftRoute): readonly WrittenRoute[] {
  const merged = splitMatches(mergeRedirects(draft.rules));
  const chunks: (readonly MergedRule[])[] = [];
  let chunk: MergedRule[] = [];
  let matches = 0;
  for (const rule of merged) {
    if (chunk.length === LIMITS.rulesPerRoute || matches + rule.matches.length > LIMITS.matchesPerRoute) {
      chunks.push(chunk);
      chunk = [];
      matches = 0;
    }
    chunk.push(rule);
    matches += rule.matches.length;
  }
  if (chunk.length > 0) chunks.push(chunk);
  return chunks.map((rules, index) => ({
    route: {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'HTTPRoute',
      metadata: {
        name: index === 0 ? draft.name : `${draft.name}-part${String(index + 1).padStart(2, '0')}`,
        namespace: draft.namespace,
        ...(Object.keys(draft.annotations).length === 0 ? {} : { annotations: draft.annotations }),
      },
      spec: {
        parentRefs: draft.parentRefs,
        ...(draft.host === '' ? {} : { hostnames: [draft.host] }),
        rules: rules.map((rule) => writeRule(rule, draft.namespace)),
      },
    },
    drafts: rules.map((rule) => rule.drafts),
  }));
}

interface MergedRule {
  readonly matches: readonly HTTPRouteMatch[];
  readonly drafts: readonly DraftRule[];
}

/** Redirects with the same filter become one rule; where one of them takes every path, the others say nothing more. */
function mergeRedirects(rules: readonly DraftRule[]): readonly MergedRule[] {
  const merged: { matches: HTTPRouteMatch[]; drafts: DraftRule[] }[] = [];
  const redirects = new Map<string, { matches: HTTPRouteMatch[]; drafts: DraftRule[] }>();
  for (const rule of rules) {
    const key = JSON.stringify(rule.filters);
    // Only a redirect that is the same for every path may be pooled; a prefix replacement is tied to its one match.
    const pooled = isRedirect(rule) && !key.includes('ReplacePrefixMatch');
    const known = pooled ? redirects.get(key) : undefined;
    if (known === undefined) {
      const next = { matches: [...rule.matches], drafts: [rule] };
      merged.push(next);
      if (pooled) redirects.set(key, next);
    } else {
      known.matches.push(
        ...rule.matches.filter((match) => !known.matches.some((other) => JSON.stringify(other) === JSON.stringify(match))),
      );
      known.drafts.push(rule);
    }
  }
  const [only] = merged;
  const everything = only?.matches.find(isEverything);
  if (merged.length === 1 && only !== undefined && everything !== undefined && only.drafts.every(isRedirect)) {
    return [{ matches: [everything], drafts: only.drafts }];
  }
  return merged;
}

function splitMatches(rules: readonly MergedRule[]): readonly MergedRule[] {
  return rules.flatMap((rule) => {
    const parts: MergedRule[] = [];
    for (let start = 0; start < rule.matches.length; start += LIMITS.matchesPerRule) {
      parts.push({ matches: rule.matches.slice(start, start + LIMITS.matchesPerRule), drafts: start === 0 ? rule.drafts : [] });
    }
    return parts;
  });
}

function isRedirect(rule: DraftRule): boolean {
  return rule.filters.length === 1 && rule.filters[0]?.type === 'RequestRedirect';
}

function isEverything(match: HTTPRouteMatch): boolean {
  return match.path?.type === 'PathPrefix' && match.path.value === '/' && Object.keys(match).length === 1;
}

function writeRule(merged: MergedRule, namespace: string): HTTPRouteRule {
  const [draft] = merged.drafts;
  if (draft === undefined) return { matches: merged.matches };
  const backendRefs = draft.backends.map((backend) => ({
    name: backend.name,
    ...(backend.namespace === namespace ? {} : { namespace: backend.namespace }),
    port: backend.port,
    ...(draft.backends.length === 1 ? {} : { weight: backend.weight }),
  }));
  return {
    matches: merged.matches,
    ...(draft.filters.length === 0 ? {} : { filters: draft.filters }),
    ...(backendRefs.length === 0 ? {} : { backendRefs }),
    ...draft.settings,
  };
}
