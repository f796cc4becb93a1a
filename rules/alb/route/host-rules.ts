import type { Intent } from '../../../src/intent/intent.ts';
import type { Match, RouteRule, Scheme } from '../../../src/route/table.ts';
import type { Listener } from '../group.ts';
import type { Act } from './act.ts';
import type { Candidate, CandidateMatch } from './candidates.ts';
import { bothConditions, coversMatch, isConditional, pathCovers } from './covers.ts';

/** A rule on one scheme of one host, where something is left for it. */
interface Live {
  readonly candidate: Candidate;
  readonly index: number;
  readonly match: Match;
  readonly act: Act;
  readonly restates: RouteRule['restates'];
}

export interface Dead {
  readonly candidate: Candidate;
  readonly by: Candidate;
}

export interface HostRules {
  readonly rules: readonly RouteRule[];
  /** Candidates of which nothing is left on this host, over any scheme. */
  readonly dead: readonly Dead[];
  readonly served: ReadonlySet<Candidate>;
}

interface Input {
  readonly host: string;
  /** In the order they are tried, those alone that take the host. */
  readonly candidates: readonly Candidate[];
  /** One listener for each scheme of the class. */
  readonly listeners: Readonly<Partial<Record<Scheme, Listener>>>;
  readonly intents: (listener: Listener) => readonly Intent[];
}

const SCHEMES = ['http', 'https'] as const;

/** The rules of one host: those the load balancer ever reaches, one for both schemes where they do the same on both. */
export function hostRules(input: Input): HostRules {
  const dead = new Map<Candidate, Candidate>();
  const served = new Set<Candidate>();
  const live = { http: liveRules('http', input, dead), https: liveRules('https', input, dead) };
  for (const scheme of SCHEMES) for (const { candidate } of live[scheme]) served.add(candidate);
  return {
    rules: joined(live.http, live.https),
    dead: [...dead].filter(([candidate]) => !served.has(candidate)).map(([candidate, by]) => ({ candidate, by })),
    served,
  };
}

function liveRules(scheme: Scheme, { host, candidates, listeners, intents }: Input, dead: Map<Candidate, Candidate>): readonly Live[] {
  const listener = listeners[scheme];
  if (listener === undefined) return [];
  const live: Live[] = [];
  for (const candidate of candidates) {
    if (!listener.members.includes(candidate.member)) continue;
    candidate.matches.forEach((alternative, index) => {
      const act = candidate.act({ listener, host, path: alternative.match.path, rewrite: alternative.rewrite });
      if (act === null) return;
      const { match } = alternative;
      const earlier = live.find((each) => each.restates === undefined && coversMatch(each.match, match));
      if (earlier !== undefined) {
        if (earlier.candidate !== candidate && !dead.has(candidate)) dead.set(candidate, earlier.candidate);
        return;
      }
      live.push(...restated(live, alternative, candidate, index, { host, listener, intents }));
      live.push({ candidate, index, match, act: withIntents(act, intents(listener)), restates: undefined });
    });
  }
  return live;
}

function withIntents(act: Act, more: readonly Intent[]): Act {
  return { ...act, intents: [...act.intents, ...more] };
}

/**
 * Earlier rules with conditions whose path takes the whole of this one's: Gateway API would prefer this one for its path, so
 * the earlier ones are written once more on it.
 */
function restated(
  live: readonly Live[],
  { match }: CandidateMatch,
  candidate: Candidate,
  index: number,
  { host, listener, intents }: { readonly host: string; readonly listener: Listener; readonly intents: Input['intents'] },
): readonly Live[] {
  const second = idOf(candidate, index);
  return live.flatMap((first): readonly Live[] => {
    if (first.restates !== undefined || first.candidate === candidate || !isConditional(first.match)) return [];
    if (!pathCovers(first.match.path, match.path)) return [];
    const both = bothConditions(first.match, match);
    const isKept = JSON.stringify(first.match.path) === JSON.stringify(match.path) && !isConditional(match);
    const rewrite = first.candidate.matches[first.index]?.rewrite ?? null;
    if (both === null || isKept || (rewrite !== null && rewrite.kind !== 'full')) return [];
    const act = first.candidate.act({ listener, host, path: match.path, rewrite });
    if (act === null) return [];
    const restates = { first: idOf(first.candidate, first.index), second };
    return [
      {
        candidate: first.candidate,
        index: first.index,
        match: { ...both, path: match.path },
        act: withIntents(act, intents(listener)),
        restates,
      },
    ];
  });
}

function idOf({ id }: Candidate, index: number): string {
  return index === 0 ? id : `${id} (${index + 1})`;
}

/** Over both schemes, in an order that keeps that of each. */
function joined(http: readonly Live[], https: readonly Live[]): readonly RouteRule[] {
  const rules: RouteRule[] = [];
  const [clear, secure] = [[...http], [...https]];
  const isSame = (a: Live, b: Live) =>
    a.candidate === b.candidate && a.index === b.index && JSON.stringify([a.match, a.restates]) === JSON.stringify([b.match, b.restates]);
  while (clear.length > 0 || secure.length > 0) {
    const [first, other] = [clear[0], secure[0]];
    if (first !== undefined && other !== undefined && isSame(first, other)) {
      clear.shift();
      secure.shift();
      if (textOf(first.act) === textOf(other.act)) rules.push(ruleOf(first, null));
      else rules.push(ruleOf(first, 'http'), ruleOf(other, 'https'));
    } else if (first !== undefined && !secure.some((each) => isSame(first, each))) {
      clear.shift();
      rules.push(ruleOf(first, 'http'));
    } else if (other !== undefined) {
      secure.shift();
      rules.push(ruleOf(other, 'https'));
    }
  }
  return rules;
}

function textOf(act: Act): string {
  return JSON.stringify(act, (key, value) => (key === 'entries' ? undefined : value));
}

function ruleOf({ candidate, index, match, act, restates }: Live, scheme: Scheme | null): RouteRule {
  const base = idOf(candidate, index);
  const within = restates === undefined ? base : `${base} within ${restates.second}`;
  return {
    id: scheme === null ? within : `${within} over ${scheme}`,
    ingress: candidate.ingress,
    scheme,
    match,
    action: act.action,
    httpsRedirect: null,
    intents: act.intents,
    entries: candidate.entries,
    ...(restates === undefined ? {} : { restates }),
  };
}
