import type { IntentOf } from '../../../src/intent/intent.ts';
import { isProtection, protectionText } from '../../../src/intent/protection.ts';
import { matchesPath, overlap } from '../../../src/route/path/index.ts';
import type { RouteRule, Scheme } from '../../../src/route/table.ts';
import type { Listener } from '../group.ts';
import type { Act } from './act.ts';
import type { Candidate, HostPattern } from './candidates.ts';
import type { HostRule } from './host-rules.ts';
import { regexMatch } from './paths.ts';

interface Place {
  readonly host: string;
  /** In the order they are tried. */
  readonly candidates: readonly Candidate[];
  readonly listeners: Readonly<Partial<Record<Scheme, Listener>>>;
}

/**
 * A host pattern that no host of a Gateway can stand for is not written. Where its rule refuses requests, or guards them, rules of
 * other hosts that come later would answer them instead: they get what keeps them from it.
 */
export function behindPatterns(rules: readonly HostRule[], place: Place): readonly HostRule[] {
  const closers = place.candidates.filter(({ patterns }) => patterns.some((pattern) => mayMeet(pattern, place.host)));
  if (closers.length === 0) return rules;
  return rules.map((draft) => {
    const kept = closers.find((closer) => isBefore(closer, draft.candidate, place) && keeps(closer, draft.rule, place));
    return kept === undefined ? draft : { ...draft, rule: { ...draft.rule, intents: [...draft.rule.intents, guardOf(kept)] } };
  });
}

function isBefore(a: Candidate, b: Candidate, { candidates }: Place): boolean {
  return candidates.indexOf(a) < candidates.indexOf(b);
}

/** Whether the rule of the pattern answers some of the requests, and lets fewer of them through. */
function keeps(closer: Candidate, rule: RouteRule, { host, listeners }: Place): boolean {
  if (rule.action.kind !== 'forward') return false;
  const schemes = (['http', 'https'] as const).filter((scheme) => rule.scheme === null || rule.scheme === scheme);
  return schemes.some((scheme) => {
    const listener = listeners[scheme];
    if (listener === undefined || !listener.members.includes(closer.member)) return false;
    return closer.matches.some(({ match, rewrite }) => {
      const act = closer.act({ listener, host, path: match.path, rewrite });
      return act !== null && closesMore(act, rule) && overlap(match.path, rule.match.path) !== false;
    });
  });
}

function closesMore({ action, intents }: Act, rule: RouteRule): boolean {
  if (action.kind === 'respond') return action.status >= 400;
  const own = new Set(rule.intents.filter(isProtection).map(protectionText));
  return intents.filter(isProtection).some((intent) => !own.has(protectionText(intent)));
}

function guardOf({ patterns, label, patternEntries }: Candidate): IntentOf<'rawAccessControl'> {
  const restricts = `requests for ${patterns.map(({ text }) => text).join(', ')} are for ${label} alone, which refuses or guards them`;
  return { kind: 'rawAccessControl', language: 'host patterns of an ALB', restricts, entries: patternEntries };
}

/** Of a broader host always: nothing tells its names from those of the pattern. */
function mayMeet({ kind, text }: HostPattern, host: string): boolean {
  if (host === '' || host.startsWith('*')) return kind === 'regex' || endsAlike(text, host);
  return matchesPath(kind === 'regex' ? regexMatch(text) : { kind: 'glob', value: text }, host) !== false;
}

/** Whether what follows the last wildcard of the pattern agrees with the end of the host. */
function endsAlike(pattern: string, host: string): boolean {
  const [tail = ''] = /[^*?]*$/.exec(pattern) ?? [];
  const end = host.replace(/^\*/, '');
  return tail.endsWith(end) || end.endsWith(tail);
}
