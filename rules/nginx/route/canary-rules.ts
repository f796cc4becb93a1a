import type { Entry } from '../../../src/model/entry.ts';
import type { Backend, Match, Rewrite, RouteRule, ValueMatch } from '../../../src/route/table.ts';
import type { CanaryHeader, CanarySetting } from '../canary.ts';

/**
 * A rule whose backend has a canary: header, then cookie, then weight, as the balancer asks (`route_to_alternative_balancer`).
 * Everything but the backend is the primary's. `entries`: the canary's paths.
 */
export function canaryRules(
  base: RouteRule,
  primary: Backend,
  canary: Backend,
  policy: CanarySetting,
  entries: readonly Entry[],
  rewrite: Rewrite | null,
): readonly RouteRule[] {
  const forward = (backends: readonly Backend[]) => ({ kind: 'forward', backends, rewrite }) as const;
  const conditional = (suffix: string, match: Partial<Match>, backend: Backend, own: readonly Entry[]): RouteRule => ({
    ...base,
    id: `${base.id} ${suffix}`,
    // Over http the redirect comes first, whatever the request says.
    scheme: base.httpsRedirect === null ? base.scheme : 'https',
    httpsRedirect: null,
    match: { ...base.match, ...match },
    action: forward([backend]),
    entries: [...base.entries, ...entries, ...policy.entries, ...own],
  });
  const rules: RouteRule[] = [];
  if (policy.header !== null) {
    const { header } = policy;
    for (const [suffix, match, backend] of headerMatches(header, primary, canary))
      rules.push(conditional(suffix, { headers: [match] }, backend, header.entries));
  }
  if (policy.cookie !== null) {
    const { name, entries: own } = policy.cookie;
    const always: ValueMatch = { name, value: 'always', kind: 'exact' };
    rules.push(
      conditional('canary-cookie', { cookies: [always] }, canary, own),
      conditional('primary-cookie', { cookies: [{ ...always, value: 'never' }] }, primary, own),
    );
  }
  return [...rules, weighted(base, primary, canary, policy, entries, forward)];
}

export function isNever({ header, cookie, weight }: CanarySetting): boolean {
  return header === null && cookie === null && weight <= 0;
}

function headerMatches({ name, by }: CanaryHeader, primary: Backend, canary: Backend): readonly (readonly [string, ValueMatch, Backend])[] {
  switch (by.kind) {
    case 'always-never':
      return [
        ['canary-header', { name, value: 'always', kind: 'exact' }, canary],
        ['primary-header', { name, value: 'never', kind: 'exact' }, primary],
      ];
    case 'value':
      return [['canary-header', { name, value: by.value, kind: 'exact' }, canary]];
    case 'pattern':
      return [['canary-header', { name, value: anywhere(by.pattern), kind: 'regex' }, canary]];
    default:
      return by satisfies never;
  }
}

/** nginx looks for the pattern anywhere in the value; engines that match the whole value need the rest said. */
function anywhere(pattern: string): string {
  return /^\^[^|]*[^\\|]\$$/.test(pattern) ? pattern : `.*(?:${pattern}).*`;
}

function weighted(
  base: RouteRule,
  primary: Backend,
  canary: Backend,
  policy: CanarySetting,
  entries: readonly Entry[],
  forward: (backends: readonly Backend[]) => RouteRule['action'],
): RouteRule {
  const { weight, total, weightEntries } = policy;
  const own = [...base.entries, ...policy.entries, ...weightEntries];
  if (weight <= 0) return { ...base, entries: own, action: forward([primary]) };
  if (weight >= total) return { ...base, entries: [...own, ...entries], action: forward([canary]) };
  return {
    ...base,
    entries: [...own, ...entries],
    action: forward([
      { ...primary, weight: total - weight },
      { ...canary, weight },
    ]),
  };
}
