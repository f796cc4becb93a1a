import type { HTTPRouteMatch } from '../gateway/types.ts';
import type { Finding } from '../ledger/finding.ts';
import type { IngressRef } from '../model/entry.ts';
import type { Scheme } from '../route/table.ts';
import type { Target } from '../targets/contract.ts';
import { type Certificates, servesHttps } from './certificates.ts';
import type { DraftRule } from './draft.ts';
import { planFindings } from './findings.ts';
import { coversHost } from './host-names.ts';
import type { HostPlan } from './host-plan.ts';
import { meetingOf, takesAllOf } from './meeting-matches.ts';
import { hostSlug, shortened } from './names.ts';
import { policySignature } from './policies.ts';
import { matchKey } from './rank.ts';
import { rankedWithin } from './ranked-within.ts';
import type { RouteGroup } from './route-group.ts';
import { closedBehind, type MergedRule, replacesPrefix } from './routes.ts';

interface Rival {
  readonly match: HTTPRouteMatch;
  readonly draft: DraftRule;
  readonly host: string;
}

interface Copy {
  readonly match: HTTPRouteMatch;
  readonly draft: DraftRule;
}

/**
 * Where rules compete by a number of the implementation's own, whatever their host, a rule of a broader host with the longer path would answer for the narrower one,
 * which on a controller never happens. Each such rule gets its equal on the narrower host: the same match, and the answer that
 * the narrower host has for it. What cannot be said so is told.
 */
export function routesAcrossHosts(
  hosts: readonly HostPlan[],
  certificates: Certificates,
  nameOf: (ingress: IngressRef) => string,
  rank: Target['rankAcrossHosts'],
): { readonly groups: readonly RouteGroup[]; readonly findings: readonly Finding[] } {
  if (rank === undefined) return { groups: [], findings: [] };
  const serves = (plan: HostPlan, scheme: Scheme) =>
    scheme === 'https' ? servesHttps(plan, certificates) : plan.table.ports.some((port) => port.scheme === 'http');
  const groups: RouteGroup[] = [];
  const findings = new Map<string, Finding>();
  for (const plan of hosts) {
    const above = hosts.filter(({ table }) => table.part === plan.table.part && coversHost(table.host, plan.table.host));
    for (const scheme of ['http', 'https'] as const) {
      if (!serves(plan, scheme)) continue;
      const rivals = above.filter((other) => serves(other, scheme)).flatMap((other) => rivalsOf(other, scheme));
      const within = rankedWithin(
        plan[scheme].flatMap((draft) => draft.matches.map((match) => ({ match, draft }))),
        rank,
        answersAlike,
      );
      const { copies, lost } = copiesFor(plan[scheme], rivals, rank);
      groups.push(...groupsOf(plan, scheme, distinct([...within.copies, ...copies]), nameOf));
      for (const { first, second } of within.lost) {
        const [one, other] = [first.match.path?.value ?? '/', second.match.path?.value ?? '/'];
        const place = { at: first.draft.ingress.at, ingress: first.draft.ingress, host: plan.table.host };
        const finding = planFindings['order-undefined'](
          { host: plan.table.host || 'the server for any host', first: one, second: other },
          place,
        );
        findings.set(JSON.stringify([finding.code, finding.args]), finding);
      }
      for (const rival of lost) {
        const [ingress] = plan[scheme].map((draft) => draft.ingress);
        const args = {
          host: plan.table.host,
          broader: rival.host === '' ? 'the route for any host' : rival.host,
          path: rival.match.path?.value ?? '/',
        };
        const place = { at: ingress?.at ?? null, ingress: ingress ?? null, host: plan.table.host };
        findings.set(JSON.stringify(args), planFindings['broader-host-first'](args, place));
      }
    }
  }
  return { groups, findings: [...findings.values()] };
}

function distinct(copies: readonly Copy[]): readonly Copy[] {
  return [...new Map(copies.map((copy) => [matchKey(copy.match), copy])).values()];
}

function rivalsOf(plan: HostPlan, scheme: Scheme): readonly Rival[] {
  return plan[scheme].flatMap((draft) => draft.matches.map((match) => ({ match, draft, host: plan.table.host })));
}

function copiesFor(
  drafts: readonly DraftRule[],
  rivals: readonly Rival[],
  rank: (match: HTTPRouteMatch) => number,
): { readonly copies: readonly Copy[]; readonly lost: readonly Rival[] } {
  const copies = new Map<string, Copy>();
  const lost: Rival[] = [];
  const own = drafts.flatMap((draft) => draft.matches.map((match): Copy => ({ match, draft })));
  for (const rival of rivals) {
    const last = own.findIndex(({ match }) => takesAllOf(match, rival.match));
    const beaten = (last < 0 ? own : own.slice(0, last + 1)).filter(
      ({ match }) => rank(match) < rank(rival.match) && meetingOf(match, rival.match) !== null,
    );
    // A copy of one takes what the others have of the rival's requests, so that all of them are copied, or none.
    if (beaten.every(({ draft }) => answersAlike(draft, rival.draft))) continue;
    const meeting = beaten.map(({ match, draft }) => {
      const both = meetingOf(match, rival.match);
      const isTied = both !== null && both !== 'unknown' && replacesPrefix(draft) && both.path?.value !== match.path?.value;
      return both === null || both === 'unknown' || isTied ? null : { match: both, draft };
    });
    if (meeting.includes(null)) lost.push(rival);
    else
      for (const copy of meeting) {
        const key = copy === null ? '' : matchKey(copy.match);
        if (copy !== null && !copies.has(key) && !own.some(({ match }) => matchKey(match) === key)) copies.set(key, copy);
      }
  }
  return { copies: [...copies.values()], lost };
}

function answersAlike(a: DraftRule, b: DraftRule): boolean {
  const answer = ({ filters, backends, settings }: DraftRule) => JSON.stringify([filters, backends, settings]);
  return answer(a) === answer(b) && policySignature(a) === policySignature(b) && !replacesPrefix(a);
}

const RULES_PER_GROUP = 8;

/** Routes of their own: the limits of those that the rules come from are not touched. */
function groupsOf(plan: HostPlan, scheme: Scheme, copies: readonly Copy[], nameOf: (ingress: IngressRef) => string): readonly RouteGroup[] {
  const byIngress = new Map<IngressRef, Copy[]>();
  for (const copy of copies) byIngress.set(copy.draft.ingress, [...(byIngress.get(copy.draft.ingress) ?? []), copy]);
  return [...byIngress].flatMap(([ingress, own]) => {
    const rules = own.map(({ match, draft }): MergedRule => {
      const notes = [...draft.notes, 'once more for what a rule of a broader host or path would be tried for first'];
      return { matches: [match], answer: { ...draft, matches: [match], statements: [], notes }, drafts: [] };
    });
    return Array.from({ length: Math.ceil(rules.length / RULES_PER_GROUP) }, (_, index): RouteGroup => {
      const part = `${scheme}-first${String(index + 1).padStart(2, '0')}`;
      return {
        identity: `${nameOf(ingress)}|${plan.table.host}|${part}`,
        wanted: `${shortened(`${ingress.name}-${hostSlug(plan.table.host)}`, 230)}-${part}`,
        ingress,
        host: plan,
        schemes: [scheme],
        rules: closedBehind(rules.slice(index * RULES_PER_GROUP, (index + 1) * RULES_PER_GROUP)),
      };
    });
  });
}
