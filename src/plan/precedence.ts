import type { Finding } from '../ledger/finding.ts';
import { overlap, pathIndex } from '../route/path/index.ts';
import type { PathMatch, RouteRule } from '../route/table.ts';
import type { Target } from '../targets/contract.ts';
import type { DraftRule } from './draft.ts';
import { pathText } from './entries.ts';
import { planFindings } from './findings.ts';
import type { LoweredRule } from './lowered-rule.ts';
import { compareRanks, type Rank, rankOf } from './rank.ts';

interface Ranked {
  readonly rule: RouteRule;
  readonly rank: Rank;
  readonly lowered: LoweredRule;
}

/**
 * The controller tries rules in its order, Gateway API by specificity. Names every pair of overlapping rules that the
 * two rank differently, or that Gateway API ranks by nothing it promises.
 */
export function orderFindings(host: string, lowered: readonly LoweredRule[], regexPaths: Target['regexPaths']): readonly Finding[] {
  const ranked = lowered.flatMap((rule): readonly Ranked[] => {
    const match = rule.https[0]?.matches[0] ?? rule.http[0]?.matches[0];
    return match === undefined ? [] : [{ rule: rule.rule, rank: rankOf(match, regexPaths), lowered: rule }];
  });
  const strictly = ranked.every((item, index) => {
    const before = ranked[index - 1];
    return before === undefined || (compareRanks(before.rank, item.rank, regexPaths) ?? 0) > 0;
  });
  if (strictly) return [];
  const restated = new Set(
    ranked.flatMap(({ rule: { restates } }) => (restates === undefined ? [] : [`${restates.first}\n${restates.second}`])),
  );
  const findings: Finding[] = [];
  const near = pathIndex(ranked.map(({ rule }) => rule.match.path));
  ranked.forEach((first, index) => {
    for (const position of near(first.rule.match.path)) {
      const second = ranked[position];
      if (
        second === undefined ||
        position <= index ||
        isApart(first.rule, second.rule) ||
        isKept(first, second, regexPaths) ||
        (isOfAnyPath(first.rule, second.rule) && sameAction(first.rule, second.rule)) ||
        answersAlike(first, second) ||
        restated.has(`${first.rule.id}\n${second.rule.id}`)
      )
        continue;
      if (overlap(first.rule.match.path, second.rule.match.path) === false) continue;
      const args = { first: pathText(first.rule), second: pathText(second.rule), host: host === '' ? 'the server for any host' : host };
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

/** Whether a Gateway tries the first before the second as well. Ties are broken by position within one route, and by age between routes. */
function isKept(first: Ranked, second: Ranked, patterns: Target['regexPaths']): boolean {
  const order = samePath(first.rule.match.path, second.rule.match.path)
    ? first.rank.conditions - second.rank.conditions
    : compareRanks(first.rank, second.rank, patterns);
  return order !== null && (order > 0 || (order === 0 && (first.rule.ingress === second.rule.ingress || first.rank.conditions === 0)));
}

/** Served over different schemes, they never meet. */
function isApart(a: RouteRule, b: RouteRule): boolean {
  return a.scheme !== null && b.scheme !== null && a.scheme !== b.scheme;
}

function sameAction(a: RouteRule, b: RouteRule): boolean {
  const bare = (rule: RouteRule) =>
    JSON.stringify(rule.action, (key, value) => (key === 'entries' ? undefined : value)) + rule.intents.map((i) => i.kind).join();
  return bare(a) === bare(b);
}

/** What they make of a request does not depend on which of their paths took it. */
function isOfAnyPath(a: RouteRule, b: RouteRule): boolean {
  return samePath(a.match.path, b.match.path) || (keepsPath(a) && keepsPath(b));
}

function keepsPath({ action }: RouteRule): boolean {
  if (action.kind === 'forward') return action.rewrite === null;
  return action.kind !== 'redirect' || action.redirect.path.kind === 'keep';
}

/** Over each scheme that both are served over. Such rules may stand in any order, whatever leads to the answer on the controller. */
function answersAlike({ rule, lowered: a }: Ranked, { rule: other, lowered: b }: Ranked): boolean {
  const isSamePath = samePath(rule.match.path, other.match.path);
  return SCHEMES.every((scheme) => {
    if (a[scheme].length === 0 || b[scheme].length === 0) return true;
    const text = writtenText(a[scheme]);
    // What is replaced is the prefix that was matched.
    return text === writtenText(b[scheme]) && (isSamePath || !text.includes('"ReplacePrefixMatch"'));
  });
}

const SCHEMES = ['http', 'https'] as const;

/** All but what it matches. */
function writtenText(drafts: readonly DraftRule[]): string {
  return JSON.stringify(drafts.map(({ filters, backends, settings, parts, guard }) => [filters, backends, settings, parts, guard]));
}

function samePath(a: PathMatch, b: PathMatch): boolean {
  return a.kind === b.kind && JSON.stringify(a) === JSON.stringify(b);
}
