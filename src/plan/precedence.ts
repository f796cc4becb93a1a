import type { HTTPRouteMatch } from '../gateway/types.ts';
import type { Finding } from '../ledger/finding.ts';
import { overlap } from '../route/path/index.ts';
import type { PathMatch, RouteRule } from '../route/table.ts';
import { planFindings } from './findings.ts';
import type { LoweredRule } from './lower-rule.ts';

/**
 * The controller tries rules in its order, Gateway API by specificity. Names every pair of overlapping rules that the
 * two rank differently, or that Gateway API ranks by nothing it promises.
 */
export function orderFindings(host: string, lowered: readonly LoweredRule[]): readonly Finding[] {
  const ranked = lowered.flatMap((rule) => {
    const match = rule.https[0]?.matches[0] ?? rule.http[0]?.matches[0];
    return match === undefined || rule.kind === 'nothing' ? [] : [{ rule: rule.rule, rank: rankOf(match) }];
  });
  const inOrder = ranked.every(
    (item, index) => item.rank !== null && (index === 0 || compareRanks(ranked[index - 1]?.rank ?? null, item.rank) >= 0),
  );
  if (inOrder) return [];
  const findings: Finding[] = [];
  ranked.forEach((first, index) => {
    for (const second of ranked.slice(index + 1)) {
      if (first.rank !== null && second.rank !== null && compareRanks(first.rank, second.rank) >= 0) continue;
      if (sameAction(first.rule, second.rule) || samePath(first.rule.match.path, second.rule.match.path)) continue;
      if (overlap(first.rule.match.path, second.rule.match.path) === false) continue;
      const args = {
        first: textOf(first.rule.match.path),
        second: textOf(second.rule.match.path),
        host: host === '' ? 'the server for any host' : host,
      };
      findings.push(
        planFindings['order-undefined'](args, {
          at: first.rule.entries[0]?.at ?? first.rule.ingress.at,
          ingress: first.rule.ingress,
          host,
        }),
      );
    }
  });
  return findings;
}

/** Type, then length, then conditions; null for regular expressions, which have no promised rank. */
type Rank = readonly [type: number, length: number, conditions: number];

function rankOf(match: HTTPRouteMatch): Rank | null {
  const conditions = (match.method === undefined ? 0 : 1000) + (match.headers?.length ?? 0) * 20 + (match.queryParams?.length ?? 0);
  switch (match.path?.type) {
    case 'Exact':
      return [2, match.path.value.length, conditions];
    case 'PathPrefix':
      return [1, match.path.value.replace(/\/$/, '').length, conditions];
    case 'RegularExpression':
      return null;
    case undefined:
      return [1, 0, conditions];
  }
}

function compareRanks(a: Rank | null, b: Rank | null): number {
  if (a === null || b === null) return -1;
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
}

function sameAction(a: RouteRule, b: RouteRule): boolean {
  const bare = (rule: RouteRule) =>
    JSON.stringify(rule.action, (key, value) => (key === 'entries' ? undefined : value)) + rule.intents.map((i) => i.kind).join();
  return bare(a) === bare(b);
}

function samePath(a: PathMatch, b: PathMatch): boolean {
  return a.kind === b.kind && textOf(a) === textOf(b);
}

function textOf(path: PathMatch): string {
  return path.kind === 'regex' ? path.pattern : path.value;
}
