import type { Entry } from '../model/entry.ts';
import type { RouteRule } from './table.ts';

/** Every entry a rule names, wherever in it. */
export function entriesBehind(rule: RouteRule): readonly Entry[] {
  const { action } = rule;
  const own =
    action.kind === 'forward'
      ? [...(action.rewrite?.entries ?? []), ...action.backends.flatMap((backend) => backend.entries)]
      : action.kind === 'redirect'
        ? action.redirect.entries
        : [];
  return [...rule.entries, ...own, ...(rule.httpsRedirect?.entries ?? []), ...rule.intents.flatMap((intent) => intent.entries)];
}
