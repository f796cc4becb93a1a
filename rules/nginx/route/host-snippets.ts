import type { Intent } from '../../../src/intent/intent.ts';
import { covers } from '../../../src/route/path/index.ts';
import type { PathMatch, RouteRule } from '../../../src/route/table.ts';
import type { Books } from '../../../src/rule/books.ts';
import { type Directive, entriesOf, textOf } from '../../nginx-config/directive.ts';
import { inert, placeOf } from '../settlement.ts';
import { anyRequest, type Branch, isUnconditional } from '../snippet/branch.ts';
import type { ValidSnippet } from '../snippet/checked.ts';
import { snippetFindings } from '../snippet/findings.ts';
import { type Flow, flowOf } from '../snippet/flow.ts';
import { isOverriddenInLocations } from '../snippet/known.ts';
import { EVERY_PATH } from '../snippet/path-pattern.ts';
import { hostVariables, type Variables } from '../snippet/variables.ts';
import { type Facts, isDecided } from './facts.ts';
import { conflictFindings } from './findings.ts';
import type { Server } from './location.ts';
import { httpDirectives, isDeclaration } from './location-snippet.ts';
import { leftIntents, ruleOfBranch, withEntries } from './snippet-branches.ts';

/** What the server-snippets of a host, of an Ingress and of the controller, and the host's name mean for its locations. */
export interface HostSnippets {
  /** Nothing stands in the server or above it. */
  readonly isEmpty: boolean;
  /** Some of it is of an Ingress. */
  readonly ofIngress: boolean;
  /** What holds in locations from above the server, and from the server. */
  readonly http: readonly Directive[];
  readonly declared: readonly Directive[];
  /** Blocks beside those of the controller, with the Ingress that they are put down to. */
  readonly locations: readonly { readonly directive: Directive; readonly facts: Facts }[];
  readonly variables: Variables;
  /** What the rewrite directives of the server do with the paths of a location, before it is chosen. */
  readonly flow: (path: PathMatch) => Flow;
  /** Whether no request for these paths comes to a location. */
  readonly isAnswered: (path: PathMatch) => boolean;
  /** Whether the snippet of an Ingress, which stands before all that the controller writes, answers all of them. */
  readonly isAnsweredByIngress: (path: PathMatch) => boolean;
  /** Rules that stand before those of all locations; app-root stands between the two. */
  readonly rules: { readonly before: readonly RouteRule[]; readonly behind: readonly RouteRule[] };
  /** What could not be converted and keeps requests out, for the whole host. */
  readonly intents: readonly Intent[];
}

/** Of one snippet in a server. */
interface InForce {
  readonly facts: Facts;
  readonly snippet: ValidSnippet;
}

/** `name`: the host, or its alias, as a request has it. */
export function hostSnippets(server: Server, name: string, books: Books): HostSnippets {
  const { host } = server;
  const variables = hostVariables(name === '' || name.startsWith('*') ? null : name);
  const own = winnerOf(server, books);
  const ofController = controllersOf(server);
  const all = [own, ofController].filter((each) => each !== null);
  const directives = all.flatMap(({ snippet }) => snippet.directives);
  const any = anyOf(server);
  const http = any === null ? [] : httpDirectives(any);
  reportOverridden([...directives.filter(isDeclaration), ...(any?.configSnippets.http ?? [])], books);
  const none: HostSnippets = {
    isEmpty: directives.length + http.length === 0,
    ofIngress: own !== null,
    http,
    declared: directives.filter((each) => isDeclaration(each) && !isOverriddenInLocations(each.name)),
    locations: all.flatMap(({ facts, snippet }) =>
      snippet.directives.filter((each) => each.name === 'location').map((directive) => ({ directive, facts })),
    ),
    variables,
    flow: (path) => flowOf([], { match: anyRequest(path), variables }),
    isAnswered: () => false,
    isAnsweredByIngress: () => false,
    rules: { before: [], behind: [] },
    intents: [],
  };
  const [first] = all;
  if (first === undefined || directives.length === 0) return none;
  const flow = (path: PathMatch) => flowOf(directives, { match: anyRequest(path), variables, ofServer: true });
  const whole = flow(EVERY_PATH);
  const last = whole.branches.at(-1);
  const answering = whole.branches.filter(({ outcome }) => outcome.kind === 'redirect' || outcome.kind === 'respond');
  // Where all of them look at nothing but the path they can stand before the locations; else each location repeats them.
  const isPlain = whole.branches.every((branch) => isUnconditional(branch.match) && (branch === last || answering.includes(branch)));
  if (!isPlain) return { ...none, flow };
  books.findings.push(...whole.findings);
  const isWhole = last !== undefined && answering.includes(last);
  // The host itself is served by them then.
  const hosts = isWhole ? server.locations.flatMap(({ entries }) => entries.filter((entry) => entry.name.endsWith('.host'))) : [];
  const ofIngress = new Set(own === null ? [] : entriesOf(own.snippet.directives));
  const isOwn = ({ entries }: Branch) => entries.some((entry) => ofIngress.has(entry)) || ofController === null;
  const ruleOf = (branch: Branch, index: number): RouteRule => {
    const { facts } = (isOwn(branch) ? own : ofController) ?? first;
    return ruleOfBranch(
      { ...branch, entries: withEntries(branch.entries, hosts) },
      facts,
      `${facts.name} server-snippet ${host} ${index + 1}`,
      null,
    );
  };
  if (isWhole) reportWholeHost(last, directives, { ...server, host: name }, books);
  const rules = answering.map((branch, index) => ({ rule: ruleOf(branch, index), isOwn: isOwn(branch) }));
  return {
    ...none,
    rules: {
      before: rules.filter((each) => each.isOwn).map(({ rule }) => rule),
      behind: rules.filter((each) => !each.isOwn).map(({ rule }) => rule),
    },
    intents: leftIntents(whole.left, books),
    isAnswered: (path) => answering.some(({ match }) => covers(match.path, path)),
    isAnsweredByIngress: (path) => answering.some((branch) => isOwn(branch) && covers(branch.match.path, path)),
  };
}

/** The first Ingress that has one. */
function winnerOf({ host, members }: Server, books: Books): InForce | null {
  const having = members.flatMap((facts) => (facts.snippet.server === null ? [] : [{ facts, snippet: facts.snippet.server }]));
  const [winner = null, ...losers] = having;
  for (const loser of losers) {
    if (winner === null || loser.snippet.annotation.value === winner.snippet.annotation.value) continue;
    const { annotation, directives } = loser.snippet;
    const args = { host, setting: annotation.name, winner: winner.facts.name, loser: loser.facts.name };
    const finding = conflictFindings['host-setting'](args, { ...placeOf(annotation), host });
    if (!isDecided(winner.facts, loser.facts)) books.findings.push(finding);
    books.settled.push(...inert(entriesOf(directives), finding));
  }
  return winner;
}

/** The controller's own stands in every server, behind all its locations; it is put down to the Ingress that made the host. */
function controllersOf(server: Server): InForce | null {
  const facts = anyOf(server);
  const snippet = facts?.configSnippets.server ?? null;
  return facts === null || snippet === null ? null : { facts, snippet };
}

/** An Ingress of the server: what the controller says is the same for all. */
function anyOf({ creator, members, locations }: Server): Facts | null {
  return creator ?? members[0] ?? locations[0]?.facts ?? null;
}

/** Locations have much of their own already. */
function reportOverridden(directives: readonly Directive[], books: Books): void {
  for (const directive of directives.filter(({ name }) => isOverriddenInLocations(name))) {
    const finding = snippetFindings.overridden({ directive: textOf(directive) }, placeOf(directive.entry));
    books.settled.push(...inert([directive.entry], finding));
  }
}

function reportWholeHost({ entries }: Branch, directives: readonly Directive[], server: Server, books: Books): void {
  const { host } = server;
  const entry = entries.at(-1);
  const directive = directives.find((each) => each.entry === entry);
  const args = {
    directive: directive === undefined ? (entry?.value ?? '') : textOf(directive),
    host: host === '' ? 'any other host' : host,
  };
  const ref = anyOf(server)?.ref ?? null;
  books.findings.push(snippetFindings['whole-host'](args, { at: entry?.at ?? ref?.at ?? null, ingress: entry?.ingress ?? ref, host }));
}
