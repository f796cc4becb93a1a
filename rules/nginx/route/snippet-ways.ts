import type { Intent } from '../../../src/intent/intent.ts';
import type { PathMatch } from '../../../src/route/table.ts';
import type { Books } from '../../../src/rule/books.ts';
import { beside } from '../beside.ts';
import type { Branch, BranchOutcome } from '../snippet/branch.ts';
import { corsOf, isPreflight } from '../snippet/cors.ts';
import { effectsOf } from '../snippet/effects.ts';
import { flowOf } from '../snippet/flow.ts';
import { type Effects, noEffects } from '../snippet/levels.ts';
import { withVariable } from '../snippet/variables.ts';
import type { Facts } from './facts.ts';
import type { HostSnippets } from './host-snippets.ts';
import type { Location } from './location.ts';
import { doubledDirectives, isDeclaration, locationDirectives } from './location-snippet.ts';
import { leftIntents, withEntries } from './snippet-branches.ts';

/** First through the server, then, unless that answers, through the location. */
export function branchesOf(
  { facts, upstream }: Location,
  match: PathMatch,
  { snippets, books }: { readonly snippets: HostSnippets; readonly books: Books },
): { readonly branches: readonly Branch[]; readonly intents: readonly Intent[] } {
  const before = snippets.flow(match);
  const intents = [...leftIntents(before.left, books)];
  books.findings.push(...before.findings);
  const directives = locationDirectives(facts);
  const branches = before.branches.flatMap((branch): readonly Branch[] => {
    if (branch.outcome.kind !== 'continue' || branch.outcome.rewrite !== null) return [branch];
    const variables = ofLocation(facts, upstream?.service ?? '', branch);
    const after = flowOf(directives, { match: branch.match, variables });
    intents.push(...leftIntents(after.left, books));
    books.findings.push(...after.findings);
    return after.branches.map((each) => ({
      ...each,
      outcome: effective(each.outcome, facts),
      entries: withEntries(branch.entries, each.entries),
    }));
  });
  return { branches, intents };
}

/** Preflight requests that the location answers itself, with the headers that its other answers have. */
export function corsIn(branches: readonly Branch[], location: Location, snippets: HostSnippets): Intent | null {
  const preflight = branches.find(isPreflight);
  const usual = branches.at(-1);
  const isOn = ['true', 'True', 'TRUE', '1', 't', 'T'].includes(beside(location.facts.ingress, 'enable-cors') ?? '');
  if (preflight === undefined || usual?.outcome.kind !== 'continue' || isOn) return null;
  const headersOf = (branch: Branch) => effectsIn(branch, location, snippets).intents;
  return corsOf(headersOf(preflight), headersOf(usual), preflight.entries);
}

/** Where the controller neither redirects nor rewrites, there is nothing to pass over. */
function effective(outcome: BranchOutcome, { redirect, rewrite }: Facts): BranchOutcome {
  const isIdle = redirect?.kind !== 'redirect' && rewrite.target === null;
  return outcome.kind === 'continue' && isIdle ? { ...outcome, stopped: false } : outcome;
}

/** What the controller sets in every location. */
function ofLocation({ ref }: Facts, service: string, { variables }: Branch): Branch['variables'] {
  const set = [
    ['namespace', ref.namespace],
    ['ingress_name', ref.name],
    ['service_name', service],
  ] as const;
  return set.reduce((all, [name, value]) => withVariable(all, name, value, []), variables);
}

/** What the other directives of server, location and `if` amount to on a way. */
export function effectsIn({ variables, inner }: Branch, { facts }: Location, snippets: HostSnippets): Effects {
  const own = locationDirectives(facts);
  const doubled = doubledDirectives(facts);
  if (own.length + doubled.length + snippets.declared.length + snippets.http.length === 0) return noEffects();
  const has = (annotation: string) => beside(facts.ingress, annotation) !== null;
  // Written once too often they cannot be in force; what they say is taken for what was meant.
  const twice = doubled.filter(({ name }) => !has(name.replace('client_max_body_size', 'proxy-body-size').replaceAll('_', '-')));
  return effectsOf(
    {
      http: snippets.http,
      server: snippets.declared,
      location: [...own.filter(isDeclaration), ...twice.filter(({ name }) => MEANT.has(name))],
      inner: inner.filter(isDeclaration),
    },
    { variables, has, grpc: /^GRPCS?$/.test(beside(facts.ingress, 'backend-protocol')?.trim() ?? '') },
  );
}

const MEANT: ReadonlySet<string> = new Set([
  'client_max_body_size',
  'proxy_connect_timeout',
  'proxy_read_timeout',
  'proxy_send_timeout',
  'proxy_buffering',
  'proxy_request_buffering',
]);
