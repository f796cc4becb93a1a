import type { Finding } from '../ledger/finding.ts';
import { matchesPath, samplePaths } from '../route/path/index.ts';
import { fullyMatchesRe2 } from '../route/path/regex/re2.ts';
import type { HostTable, RouteRule } from '../route/table.ts';
import { answers, type DraftRule } from './draft.ts';
import { pathEntries, pathText } from './entries.ts';
import { planFindings } from './findings.ts';
import type { LoweredRule } from './lowered-rule.ts';
import type { GatewayPathMatch } from './path-plan.ts';

/**
 * What stands in the place of a rule that is not served may take less than the rule did: a prefix by elements where the controller
 * went by text. What it leaves is answered by a later rule, or not led to https any more, which the user has to be told.
 */
export function narrowGuards(table: HostTable, lowered: readonly LoweredRule[]): readonly Finding[] {
  return lowered.flatMap((blocked, index) => {
    if (blocked.kind !== 'blocked') return [];
    const { rule } = blocked;
    const others = lowered.slice(index + 1).filter(({ http, https }) => [...http, ...https].some(answers));
    const closed = pathsOf([...blocked.http, ...blocked.https]);
    const before = lowered.slice(0, index).filter((each) => !isConditional(each.rule));
    const isOwn = (path: string) =>
      matchesPath(rule.match.path, path) === true && before.every((each) => matchesPath(each.rule.match.path, path) !== true);
    // Patterns may ignore case, which no Gateway's path does.
    for (const path of samplePaths(rule.match.path).flatMap((sample) => [sample, sample.toUpperCase()])) {
      if (path.includes('%') || path.includes('//') || !isOwn(path) || closed.some((guard) => takes(guard, path))) continue;
      const other = others.find(({ http, https }) => pathsOf([...http, ...https].filter(answers)).some((match) => takes(match, path)));
      const place = { at: pathEntries(rule)[0]?.at ?? rule.ingress.at, ingress: rule.ingress, host: table.host };
      if (other === undefined && rule.httpsRedirect !== null && blocked.http.length > 0) {
        const why = `what stands for ${pathText(rule)} takes less than it, so that ${path} is answered with an error`;
        return [planFindings['redirect-not-expressible']({ why }, place)];
      }
      if (other === undefined) continue;
      return [planFindings['answered-by-another']({ path: pathText(rule), example: path, other: pathText(other.rule) }, place)];
    }
    return [];
  });
}

/** Leaves requests of its path to later rules. */
function isConditional({ scheme, match: { headers, queryParams, cookies, methods, sourceRanges } }: RouteRule): boolean {
  return scheme !== null || headers.length + queryParams.length + cookies.length + methods.length + sourceRanges.length > 0;
}

function pathsOf(drafts: readonly DraftRule[]): readonly GatewayPathMatch[] {
  return drafts.flatMap(({ matches }) => matches.map(({ path = { type: 'PathPrefix', value: '/' } }) => path));
}

function takes({ type, value }: GatewayPathMatch, path: string): boolean {
  switch (type) {
    case 'Exact':
      return value === path;
    case 'PathPrefix':
      return matchesPath({ kind: 'prefix', value: value.replace(/(?<=.)\/$/, '') }, path) === true;
    case 'RegularExpression':
      return fullyMatchesRe2(value, path) === true;
    default:
      return type satisfies never;
  }
}
