import type { Intent } from '../../../src/intent/intent.ts';
import type { Entry, IngressRef } from '../../../src/model/entry.ts';
import type { IngressBackend, IngressPath, IngressRule } from '../../../src/model/ingress.ts';
import type { Match, PathMatch, Rewrite } from '../../../src/route/table.ts';
import { placeOf } from '../annotation.ts';
import { type Books, settle } from '../books.ts';
import { conditionsNamed } from '../conditions.ts';
import { type Group, type Member, nameOf } from '../group.ts';
import { usesRegex } from '../regex-paths.ts';
import { malformed } from '../setting.ts';
import { transformsNamed } from '../transforms.ts';
import type { Act, ActPlace } from './act.ts';
import { readAction } from './actions.ts';
import { type ReadConditions, readConditions, UNCONDITIONAL } from './conditions.ts';
import { backendFindings, conditionFindings, hostFindings, pathFindings } from './findings.ts';
import { readPath } from './paths.ts';
import { rewrittenPaths } from './rewrites.ts';

/** One path of a member as the load balancer would try it, before it is known which of its requests are left for it. */
export interface Candidate {
  readonly id: string;
  readonly member: Member;
  readonly ingress: IngressRef;
  /** Host and path, for people. */
  readonly label: string;
  /** Any of them; '' = any host. */
  readonly hosts: readonly string[];
  /** Hosts besides that have no form in Gateway API. */
  readonly patterns: readonly HostPattern[];
  /** What names them. */
  readonly patternEntries: readonly Entry[];
  /** Alternatives, tried in this order. */
  readonly matches: readonly CandidateMatch[];
  /** What it does on a listener for one of its hosts and paths; null = there is no rule there. */
  readonly act: (place: ActPlace) => Act | null;
  readonly entries: readonly Entry[];
  /** Leaves that are the path's alone. */
  readonly own: readonly Entry[];
}

export interface HostPattern {
  readonly kind: 'glob' | 'regex';
  readonly text: string;
}

export interface CandidateMatch {
  readonly match: Match;
  readonly rewrite: Rewrite | null;
}

/** The paths of a member in the order in which it hands them out, and its default backend last. */
export function candidatesOf(member: Member, group: Group, books: Books): readonly Candidate[] {
  return member.ingress.rules.flatMap((rule, ruleIndex) =>
    ordered(rule).flatMap(({ path, index }) => pathCandidate(member, group, rule, path, `rules[${ruleIndex}].paths[${index}]`, books)),
  );
}

/** The default action of the member's listeners; below the rules of every member. */
export function defaultCandidate(member: Member, group: Group, books: Books): Candidate | null {
  const { ingress } = member;
  if (ingress.defaultBackend === null) return null;
  const action = readAction(ingress.defaultBackend, member, group, books);
  if (action === null) {
    refuseBackend(ingress.defaultBackend, 'the default backend', member, books);
    return null;
  }
  return {
    id: `${nameOf(member)} defaultBackend`,
    member,
    ingress: ingress.ref,
    label: 'the default backend',
    hosts: [''],
    patterns: [],
    patternEntries: [],
    matches: [{ match: { ...UNCONDITIONAL, path: { kind: 'prefix', value: '/' } }, rewrite: null }],
    act: action.act,
    entries: [...member.entries, ...action.entries],
    own: ingress.defaultBackend.entries,
  };
}

/** Exact paths as written, then prefixes by descending length, then all others as written. */
function ordered({ paths }: IngressRule): readonly { readonly path: IngressPath; readonly index: number }[] {
  const all = (paths ?? []).map((path, index) => ({ path, index }));
  const prefixes = all.filter(({ path }) => path.pathType === 'Prefix').sort((a, b) => b.path.path.length - a.path.path.length);
  return [
    ...all.filter(({ path }) => path.pathType === 'Exact'),
    ...prefixes,
    ...all.filter(({ path }) => path.pathType !== 'Exact' && path.pathType !== 'Prefix'),
  ];
}

function pathCandidate(
  member: Member,
  group: Group,
  rule: IngressRule,
  path: IngressPath,
  index: string,
  books: Books,
): readonly Candidate[] {
  const { ingress, annotations } = member;
  const label = `${rule.host}${path.path === '' ? '/' : path.path}`;
  const place = { at: path.entries[0]?.at ?? rule.entries[0]?.at ?? ingress.ref.at, ingress: ingress.ref };
  const own = [...path.entries, ...(path.backend?.entries ?? [])];
  const regex = usesRegex(member);
  const reading = readPath(path, regex?.value === true, label, place);
  if (reading.kind === 'refused') {
    settle(books, own, reading.outcome, reading.finding);
    return [];
  }
  const action = path.backend === null ? null : readAction(path.backend, member, group, books);
  if (action === null) {
    if (path.backend !== null) refuseBackend(path.backend, label, member, books);
    settle(books, path.backend === null ? own : path.entries, 'manual', pathFindings['no-backend']({ path: label }, place));
    return [];
  }
  if (reading.doubt !== null) settle(books, path.entries, 'approximated', reading.doubt);
  const named = path.backend?.kind === 'service' ? path.backend.name : '';
  const conditions = conditionsNamed(named, annotations);
  const asked = conditions?.value.kind === 'read' ? readConditions(conditions.value.value) : NO_CONDITIONS;
  const { hosts, patterns } = hostsOf(rule, asked, books, place, conditions?.entry ?? null);
  const paths = path.path === '' && asked.paths.length > 0 ? asked.paths : [reading.match, ...asked.paths];
  const rewrites = rewritesOf(named, member, books);
  const matches = paths.flatMap((each) =>
    rewrites
      .of(each)
      .flatMap(({ path: match, rewrite }) => asked.alternatives.map((more) => ({ match: { ...more, path: match }, rewrite }))),
  );
  const [unwritten] = patterns;
  if (hosts.length === 0 && unwritten !== undefined && conditions !== null) {
    const finding = hostFindings.pattern({ pattern: unwritten.text }, placeOf(conditions.entry));
    settle(books, [...own, ...action.entries, ...rewrites.entries], 'unmapped', finding);
  }
  if (conditions?.value.kind === 'broken') settle(books, [conditions.entry], 'manual', malformed(conditions.entry, conditions.value));
  if (conditions !== null && asked.caseless.length > 0) {
    const finding = conditionFindings.case({ what: asked.caseless.join(', ') }, placeOf(conditions.entry));
    settle(books, [conditions.entry], 'approximated', finding);
  }
  // What cannot be told apart any more must not be open to all.
  const isClosed = conditions?.value.kind === 'broken' || rewrites.broken;
  return [
    {
      id: `${nameOf(member)} ${index}`,
      member,
      ingress: ingress.ref,
      label,
      hosts,
      patterns,
      patternEntries: conditions === null ? rule.entries : [conditions.entry],
      matches,
      act: isClosed ? () => CLOSED : (at) => withHost(action.act(at), rewrites.host),
      entries: [
        ...member.entries,
        ...rule.entries,
        ...path.entries,
        ...action.entries,
        ...(isClosed ? (path.backend?.entries ?? []) : []),
        ...(conditions === null ? [] : [conditions.entry]),
        ...rewrites.entries,
        ...(regex?.entries ?? []),
      ],
      own,
    },
  ];
}

const NO_CONDITIONS: ReadConditions = { hosts: [], hostRegexes: [], paths: [], alternatives: [UNCONDITIONAL], caseless: [] };
const CLOSED: Act = { action: { kind: 'respond', status: 503, contentType: null, body: null }, intents: [] };

/** The rule's own host or any of its host conditions; patterns that are no hosts of a Gateway are left out. */
function hostsOf(
  rule: IngressRule,
  { hosts, hostRegexes }: ReadConditions,
  books: Books,
  place: { readonly at: Entry['at']; readonly ingress: IngressRef },
  entry: Entry | null,
): Pick<Candidate, 'hosts' | 'patterns'> {
  const own = rule.host === '' ? [] : [rule.host];
  const all = [...new Set([...own, ...hosts])].map((host) => (host === '*' ? '' : host));
  const isWritable = (host: string) => host === '' || !/[*?]/.test(host.replace(/^\*\./, ''));
  const patterns = [
    ...all.filter((host) => !isWritable(host)).map((text): HostPattern => ({ kind: 'glob', text })),
    ...hostRegexes.map((text): HostPattern => ({ kind: 'regex', text })),
  ];
  for (const { text } of patterns) {
    const finding = hostFindings.pattern({ pattern: text }, entry === null ? place : placeOf(entry));
    settle(books, entry === null ? rule.entries : [entry], 'unmapped', finding);
  }
  const writable = all.filter(isWritable);
  return { hosts: writable.length === 0 && patterns.length === 0 ? [''] : writable, patterns };
}

interface Rewrites {
  readonly of: (path: PathMatch) => readonly { readonly path: PathMatch; readonly rewrite: Rewrite | null }[];
  readonly host: readonly Intent[];
  readonly entries: readonly Entry[];
  readonly broken: boolean;
}

function rewritesOf(name: string, member: Member, books: Books): Rewrites {
  const asIs = (path: PathMatch) => [{ path, rewrite: null }];
  const transforms = transformsNamed(name, member.annotations);
  if (transforms === null) return { of: asIs, host: [], entries: [], broken: false };
  const { entry, value } = transforms;
  if (value.kind === 'broken') {
    settle(books, [entry], 'manual', malformed(entry, value));
    return { of: asIs, host: [], entries: [entry], broken: true };
  }
  const { url, host } = value.value;
  if (url !== null && rewrittenPaths(url, { kind: 'prefix', value: '/' }, [entry]) === null) {
    settle(books, [entry], 'unmapped', backendFindings['rewrite-unsupported']({ ...url }, placeOf(entry)));
    return { of: asIs, host: [], entries: [entry], broken: true };
  }
  return {
    of: (path) => (url === null ? asIs(path) : (rewrittenPaths(url, path, [entry]) ?? asIs(path))),
    host: host === null ? [] : [hostIntent(host, entry)],
    entries: [entry],
    broken: false,
  };
}

/** A rewrite of every host to one name is portable. */
function hostIntent({ regex, replace }: { readonly regex: string; readonly replace: string }, entry: Entry): Intent {
  const takesAny = ['.*', '^.*$', '^.*', '.*$', '^(.*)$', '.+', '^.+$', '^(.+)$'].includes(regex);
  if (takesAny && !replace.includes('$')) return { kind: 'upstreamHost', host: replace, entries: [entry] };
  return { kind: 'awsHostRewrite', regex, replace, entries: [entry] };
}

function withHost(act: Act | null, host: readonly Intent[]): Act | null {
  return act === null || act.action.kind !== 'forward' ? act : { ...act, intents: [...act.intents, ...host] };
}

function refuseBackend(backend: IngressBackend, label: string, { ingress }: Member, books: Books): void {
  const place = { at: backend.entries[0]?.at ?? ingress.ref.at, ingress: ingress.ref };
  settle(books, backend.entries, 'manual', pathFindings['no-backend']({ path: label }, place));
}
