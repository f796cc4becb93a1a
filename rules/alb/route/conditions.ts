import type { Match, PathMatch, ValueMatch } from '../../../src/route/table.ts';
import type { AlbCondition } from '../conditions.ts';
import { patternMatch, regexMatch } from './paths.ts';

/** What conditions add to a rule. */
export interface ReadConditions {
  /** Alternatives to the rule's own host and paths. */
  readonly hosts: readonly string[];
  readonly hostRegexes: readonly string[];
  readonly paths: readonly PathMatch[];
  /** Alternatives that each hold all the other conditions. */
  readonly alternatives: readonly Conditions[];
  /** Names of headers and parameters that are compared without regard to case. */
  readonly caseless: readonly string[];
}

export type Conditions = Omit<Match, 'path'>;

export const UNCONDITIONAL: Conditions = { headers: [], queryParams: [], cookies: [], methods: [], sourceRanges: [] };

export function readConditions(all: readonly AlbCondition[]): ReadConditions {
  let alternatives: readonly Conditions[] = [UNCONDITIONAL];
  const hosts: string[] = [];
  const hostRegexes: string[] = [];
  const paths: PathMatch[] = [];
  const caseless: string[] = [];
  const eachOf = <T>(values: readonly T[], add: (to: Conditions, value: T) => Conditions) => {
    alternatives = alternatives.flatMap((each) => values.map((value) => add(each, value)));
  };
  for (const condition of all) {
    switch (condition.field) {
      case 'host-header':
        hosts.push(...condition.values.map((host) => host.toLowerCase()));
        hostRegexes.push(...condition.regexValues);
        break;
      case 'path-pattern':
        paths.push(...condition.values.map(patternMatch), ...condition.regexValues.map(regexMatch));
        break;
      case 'http-header':
        caseless.push(`header ${condition.name}`);
        eachOf(headerMatches(condition), (to, match) => ({ ...to, headers: [...to.headers, match] }));
        break;
      case 'http-request-method':
        alternatives = alternatives.map((each) => ({ ...each, methods: [...new Set([...each.methods, ...condition.values])] }));
        break;
      case 'query-string':
        caseless.push(...condition.values.map(({ key }) => (key === null ? 'the query' : `query parameter ${key}`)));
        // Without a key the value may be that of any parameter, which only an empty name can stand for.
        eachOf(condition.values, (to, { key, value }) => ({ ...to, queryParams: [...to.queryParams, valueMatch(key ?? '', value)] }));
        break;
      case 'source-ip':
        alternatives = alternatives.map((each) => ({ ...each, sourceRanges: [...each.sourceRanges, ...condition.values] }));
        break;
      default:
        condition satisfies never;
    }
  }
  return { hosts, hostRegexes, paths, alternatives, caseless: [...new Set(caseless)] };
}

function headerMatches({ name, values, regexValues }: Extract<AlbCondition, { field: 'http-header' }>): readonly ValueMatch[] {
  return [
    ...values.map((value) => valueMatch(name, value)),
    ...regexValues.map((value): ValueMatch => ({ name, value: anchored(value), kind: 'regex' })),
  ];
}

/** `*` and `?` are wildcards in values too; a backslash takes them as they are. */
function valueMatch(name: string, value: string): ValueMatch {
  const parts = [...value.matchAll(/\\([*?\\])|[\s\S]/g)];
  const isPattern = parts.some(([part, escaped]) => escaped === undefined && (part === '*' || part === '?'));
  if (!isPattern) return { name, value: parts.map(([part, escaped]) => escaped ?? part).join(''), kind: 'exact' };
  const pattern = parts.map(([part, escaped]) =>
    escaped === undefined && part === '*' ? '.*' : escaped === undefined && part === '?' ? '.' : quoted(escaped ?? part),
  );
  return { name, value: `^${pattern.join('')}$`, kind: 'regex' };
}

function anchored(regex: string): string {
  return `^(?:${regex.replace(/^\^/, '').replace(/(?<!\\)\$$/, '')})$`;
}

function quoted(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
