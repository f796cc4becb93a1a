import type { Intent } from '../../../src/intent/intent.ts';
import type { Entry } from '../../../src/model/entry.ts';
import type { HttpsRedirect, PathMatch, Rewrite, RouteRule } from '../../../src/route/table.ts';
import { beside } from '../beside.ts';
import { placeOf } from '../settlement.ts';
import { type Branch, type BranchOutcome, isUnconditional } from '../snippet/branch.ts';
import { inOrderOfRank } from '../snippet/branch-rank.ts';
import { corsOf, isPreflight, withoutCors } from '../snippet/cors.ts';
import type { Directive } from '../snippet/directive.ts';
import { effectsOf } from '../snippet/effects.ts';
import { snippetFindings } from '../snippet/findings.ts';
import { flowOf, isRewriteDirective } from '../snippet/flow.ts';
import { type Effects, noEffects } from '../snippet/levels.ts';
import { withVariable } from '../snippet/variables.ts';
import type { Books } from './books.ts';
import type { Facts } from './facts.ts';
import type { HostSnippets } from './host-snippets.ts';
import type { Location } from './location.ts';
import { conditioned, leftIntents, rewriteOf, ruleOfBranch, upgradeOf, withEntries } from './snippet-branches.ts';

/** How the controller goes on with a location behind the rewrite directives of the snippets. */
export interface Onward {
  readonly match: PathMatch;
  /** Rewrites and redirects of the controller's own are passed over. */
  readonly stopped: boolean;
  readonly rewrite: Rewrite | null;
}

export type Jump = Extract<BranchOutcome, { kind: 'jump' }>;

export interface SnippetContext {
  readonly host: string;
  readonly snippets: HostSnippets;
  readonly books: Books;
  /** The rules of the location that answers a changed path; null where that cannot be told. */
  readonly jump: (jump: Jump, onward: Onward, from: Location) => readonly RouteRule[] | null;
}

/** The rules of a location with what the snippets make of them. `onward`: those of the controller alone. */
export function snippetRules(
  location: Location,
  match: PathMatch,
  context: SnippetContext,
  onward: (way: Onward) => readonly RouteRule[],
): readonly RouteRule[] {
  const { snippets, books } = context;
  const { facts } = location;
  const own = facts.snippet.configuration;
  const usual: Onward = { match, stopped: false, rewrite: null };
  if (own === null && snippets.server === null) return onward(usual);
  if (snippets.isAnswered(match)) return [];
  books.findings.push(snippetFindings.permission({}));
  const found = branchesOf(location, match, context);
  const cors = corsIn(found.branches, location, snippets);
  const branches = inOrderOfRank(cors === null ? found.branches : found.branches.filter((branch) => !isPreflight(branch)));
  const { intents } = found;
  const rules: RouteRule[] = [];
  // Where some requests are served, an answer to others is not what became of the path.
  const isServed = branches.some(({ outcome }) => outcome.kind === 'continue' || outcome.kind === 'jump');
  const entries = isServed ? [] : location.entries;
  let upgrade: HttpsRedirect | null = null;
  for (const [index, branch] of branches.entries()) {
    const secure: HttpsRedirect | null = upgrade === null && branches.length > 1 ? upgradeOf(branch, hostName(snippets), match) : null;
    if (secure !== null) {
      upgrade = secure;
      continue;
    }
    const isLast = index === branches.length - 1;
    const suffix = isLast && isUnconditional(branch.match) ? '' : `snippet ${index + 1}`;
    const made = rulesOf(branch, suffix, location, { ...context, intents, entries, cors }, onward);
    rules.push(...made.map((rule) => upgraded(rule, upgrade)));
  }
  return rules;
}

function hostName({ variables }: HostSnippets): string | null {
  return variables.get('host')?.value ?? null;
}

function upgraded(rule: RouteRule, upgrade: HttpsRedirect | null): RouteRule {
  return upgrade === null || rule.scheme !== null ? rule : { ...rule, httpsRedirect: upgrade };
}

/** First through the server, then, unless that answers, through the location. */
function branchesOf(
  { facts, upstream }: Location,
  match: PathMatch,
  { snippets, books }: SnippetContext,
): { readonly branches: readonly Branch[]; readonly intents: readonly Intent[] } {
  const before = snippets.flow(match);
  const intents = [...leftIntents(before.left, books)];
  books.findings.push(...before.findings);
  const directives = facts.snippet.configuration?.directives ?? [];
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
function corsIn(branches: readonly Branch[], location: Location, snippets: HostSnippets): Intent | null {
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

interface WayContext extends SnippetContext {
  /** Of what could not be converted and keeps requests out. */
  readonly intents: readonly Intent[];
  /** Of the path, for ways that answer in its place. */
  readonly entries: readonly Entry[];
  readonly cors: Intent | null;
}

function rulesOf(
  branch: Branch,
  suffix: string,
  location: Location,
  context: WayContext,
  onward: (way: Onward) => readonly RouteRule[],
): readonly RouteRule[] {
  const { facts } = location;
  const { outcome } = branch;
  const effects = effectsIn(branch, location, context.snippets);
  switch (outcome.kind) {
    case 'redirect':
    case 'respond': {
      const headers = effects.intents.filter(({ kind }) => kind === 'responseHeaders');
      if (outcome.kind === 'redirect') reportHeaders(headers, context.books);
      const id = `${location.id}${suffix === '' ? ' snippet' : ` ${suffix}`}`;
      return [ruleOfBranch({ ...branch, entries: withEntries(context.entries, branch.entries) }, facts, id, null, headers)];
    }
    case 'jump': {
      const rewrite = rewriteOf(outcome.rewrite);
      const rules = context.jump(outcome, { match: branch.match.path, stopped: false, rewrite }, location);
      if (rules !== null) return rules.flatMap((rule) => conditioned(rule, branch, `${location.id} ${suffix}`));
      leftIntents(
        [{ directive: outcome.directive, why: 'which location answers the changed path cannot be told', protects: false }],
        context.books,
      );
      return onward({ match: branch.match.path, stopped: false, rewrite: null }).flatMap((rule) => conditioned(rule, branch, suffix));
    }
    case 'continue':
      break;
    default:
      return outcome satisfies never;
  }
  const rewrite = outcome.rewrite === null ? null : rewriteOf(outcome.rewrite);
  const rules = onward({ match: branch.match.path, stopped: outcome.stopped, rewrite }).flatMap((rule) =>
    conditioned(rule, branch, suffix),
  );
  // Nothing is behind the implicit path of a host but an error.
  if (location.upstream === null && rules.every(({ action }) => action.kind === 'respond')) return rules;
  keep(effects, context.books);
  const { cors } = context;
  const made = cors === null ? effects : { ...effects, intents: [...withoutCors(effects.intents), cors] };
  return rules.flatMap((rule) => withEffects(rule, made, context));
}

function effectsIn({ variables, inner }: Branch, { facts }: Location, snippets: HostSnippets): Effects {
  const { configuration } = facts.snippet;
  if (configuration === null && snippets.declared.length === 0) return noEffects();
  const has = (annotation: string) => beside(facts.ingress, annotation) !== null;
  // Written once too often they cannot be in force; what they say is taken for what was meant.
  const twice = (configuration?.twice ?? []).filter(
    ({ name }) => !has(name.replace('client_max_body_size', 'proxy-body-size').replaceAll('_', '-')),
  );
  const declared = (directives: readonly Directive[]) => directives.filter(({ name }) => !isRewriteDirective(name) && name !== 'location');
  return effectsOf(
    {
      server: snippets.declared,
      location: [...declared(configuration?.directives ?? []), ...twice.filter(({ name }) => MEANT.has(name))],
      inner: declared(inner),
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

function keep({ settled, findings }: Effects, books: Books): void {
  books.settled.push(...settled);
  books.findings.push(...findings);
}

function withEffects(
  rule: RouteRule,
  effects: Effects,
  { intents, books }: { readonly intents: readonly Intent[]; readonly books: Books },
): readonly RouteRule[] {
  if (rule.action.kind === 'redirect') {
    const headers = effects.intents.filter(({ kind }) => kind === 'responseHeaders');
    reportHeaders(headers, books);
    return [{ ...rule, intents: [...rule.intents, ...effects.intents, ...intents] }];
  }
  if (effects.closed !== null) return [refusing(rule, effects.closed)];
  const open: RouteRule = { ...rule, intents: [...rule.intents, ...effects.intents, ...intents] };
  if (effects.onlyMethods === null) return [open];
  const { methods, entries } = effects.onlyMethods;
  return [
    {
      ...open,
      match: {
        ...open.match,
        methods: open.match.methods.length === 0 ? methods : open.match.methods.filter((each) => methods.includes(each)),
      },
      entries: withEntries(open.entries, entries),
    },
    { ...refusing(rule, entries), id: `${rule.id} refused` },
  ].filter(({ match }, index) => index === 1 || match.methods.length > 0);
}

/** 403, in the access phase: behind redirects, before the backend. */
function refusing(rule: RouteRule, entries: readonly Entry[]): RouteRule {
  const backends = rule.action.kind === 'forward' ? rule.action.backends.flatMap((backend) => backend.entries) : [];
  return {
    ...rule,
    action: { kind: 'respond', status: 403, contentType: null, body: null },
    intents: [],
    entries: withEntries(rule.entries, [...entries, ...backends]),
  };
}

function reportHeaders(intents: readonly Intent[], books: Books): void {
  for (const intent of intents) {
    if (intent.kind !== 'responseHeaders') continue;
    const [entry] = intent.entries;
    const header = [...intent.set, ...intent.add].map(({ name }) => name).join(', ');
    if (entry !== undefined && header !== '') books.findings.push(snippetFindings['header-on-redirect']({ header }, placeOf(entry)));
  }
}
