import type { Entry } from '../model/entry.ts';
import type { RouteRule } from '../route/table.ts';

/** The entries that a finding about the path is about: path leaves, else everything the rule stands on. */
export function pathEntries(rule: RouteRule): readonly Entry[] {
  const paths = rule.entries.filter((entry) => entry.kind === 'field' && entry.name.endsWith('.path'));
  return paths.length > 0 ? paths : rule.entries;
}

/** The path of a rule as the manifest has it. */
export function pathText({ match: { path } }: RouteRule): string {
  return path.kind === 'regex' ? path.pattern : path.value;
}
