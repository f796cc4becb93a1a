import type { Intent } from '../../../src/intent/intent.ts';
import { covers } from '../../../src/route/path/index.ts';
import type { PathMatch, RouteRule } from '../../../src/route/table.ts';
import type { Books } from '../../../src/rule/books.ts';
import { inert, placeOf } from '../settlement.ts';
import { anyRequest, type Branch, isUnconditional } from '../snippet/branch.ts';
import { type Directive, entriesOf, textOf } from '../snippet/directive.ts';
import { snippetFindings } from '../snippet/findings.ts';
import { type Flow, flowOf } from '../snippet/flow.ts';
import { isOverriddenInLocations } from '../snippet/known.ts';
import { EVERY_PATH } from '../snippet/path-pattern.ts';
import { isRewriteDirective } from '../snippet/rewrite-directives.ts';
import type { ValidSnippet } from '../snippet/snippets.ts';
import { hostVariables, type Variables } from '../snippet/variables.ts';
import { type Facts, isDecided } from './facts.ts';
import { conflictFindings } from './findings.ts';
import type { Server } from './location.ts';
import { leftIntents, ruleOfBranch, withEntries } from './snippet-branches.ts';

/** What the server-snippet of a host, and the host's name, mean for its locations. */
export interface HostSnippets {
  /** The server-snippet in force, and the Ingress that has it. */
  readonly server: { readonly facts: Facts; readonly snippet: ValidSnippet } | null;
  /** Of its directives those that hold in locations. */
  readonly declared: readonly Directive[];
  readonly variables: Variables;
  /** What the rewrite directives of the server do with the paths of a location, before it is chosen. */
  readonly flow: (path: PathMatch) => Flow;
  /** Whether no request for these paths comes to a location. */
  readonly isAnswered: (path: PathMatch) => boolean;
  /** Rules that stand before those of all locations. */
  readonly rules: readonly RouteRule[];
  /** What could not be converted and keeps requests out, for the whole host. */
  readonly intents: readonly Intent[];
}

/** `name`: the host, or its alias, as a request has it. */
export function hostSnippets(server: Server, name: string, books: Books): HostSnippets {
  const { host } = server;
  const variables = hostVariables(name === '' || name.startsWith('*') ? null : name);
  const winner = winnerOf(server, books);
  const none: HostSnippets = {
    server: winner,
    declared: [],
    variables,
    flow: (path) => flowOf([], { match: anyRequest(path), variables }),
    isAnswered: () => false,
    rules: [],
    intents: [],
  };
  if (winner === null) return none;
  const { facts, snippet } = winner;
  const { directives } = snippet;
  const flow = (path: PathMatch) => flowOf(directives, { match: anyRequest(path), variables, ofServer: true });
  const made = { ...none, flow, declared: declaredFor(directives, books) };
  const whole = flow(EVERY_PATH);
  const last = whole.branches.at(-1);
  const answering = whole.branches.filter(({ outcome }) => outcome.kind === 'redirect' || outcome.kind === 'respond');
  // Where all of them look at nothing but the path they can stand before the locations; else each location repeats them.
  const isPlain = whole.branches.every((branch) => isUnconditional(branch.match) && (branch === last || answering.includes(branch)));
  if (!isPlain) return made;
  books.findings.push(...whole.findings);
  const isWhole = last !== undefined && answering.includes(last);
  if (isWhole) reportWholeHost(last, directives, host, facts, books);
  // The host itself is served by them then.
  const hosts = isWhole ? server.locations.flatMap(({ entries }) => entries.filter(({ name }) => name.endsWith('.host'))) : [];
  const rules = answering.map((branch, index) =>
    ruleOfBranch(
      { ...branch, entries: withEntries(branch.entries, hosts) },
      facts,
      `${facts.name} server-snippet ${host} ${index + 1}`,
      null,
    ),
  );
  return {
    ...made,
    rules,
    intents: leftIntents(whole.left, books),
    flow: none.flow,
    isAnswered: (path) => answering.some(({ match }) => covers(match.path, path)),
  };
}

/** The first Ingress that has one. */
function winnerOf({ host, members }: Server, books: Books): HostSnippets['server'] {
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

/** Locations have much of their own already. */
function declaredFor(directives: readonly Directive[], books: Books): readonly Directive[] {
  const declared = directives.filter(({ name }) => !isRewriteDirective(name) && name !== 'location');
  for (const directive of declared.filter(({ name }) => isOverriddenInLocations(name))) {
    const finding = snippetFindings.overridden({ directive: textOf(directive) }, placeOf(directive.entry));
    books.settled.push(...inert([directive.entry], finding));
  }
  return declared.filter(({ name }) => !isOverriddenInLocations(name));
}

function reportWholeHost({ entries }: Branch, directives: readonly Directive[], host: string, { ref }: Facts, books: Books): void {
  const entry = entries.at(-1);
  const directive = directives.find((each) => each.entry === entry);
  const args = {
    directive: directive === undefined ? (entry?.value ?? '') : textOf(directive),
    host: host === '' ? 'any other host' : host,
  };
  books.findings.push(snippetFindings['whole-host'](args, { at: entry?.at ?? ref.at, ingress: ref, host }));
}
