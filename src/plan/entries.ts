import type { Entry } from '../model/entry.ts';
import type { RouteRule } from '../route/table.ts';

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

/** The entries that a finding about the path is about: path leaves, else everything the rule stands on. */
export function pathEntries(rule: RouteRule): readonly Entry[] {
  const paths = rule.entries.filter((entry) => entry.kind === 'field' && entry.name.endsWith('.path'));
  return paths.length > 0 ? paths : rule.entries;
}

/** The path of a rule as the manifest has it. */
export function pathText({ match: { path } }: RouteRule): string {
  return path.kind === 'regex' ? path.pattern : path.value;
}
