import type { Intent } from '../../../src/intent/intent.ts';
import type { Entry } from '../../../src/model/entry.ts';
import type { HttpsRedirect, PathMatch, Rewrite, RouteRule } from '../../../src/route/table.ts';
import type { Books } from '../../../src/rule/books.ts';
import { type Branch, type BranchOutcome, isUnconditional } from '../snippet/branch.ts';
import { inOrderOfRank } from '../snippet/branch-rank.ts';
import { isPreflight, withoutCors } from '../snippet/cors.ts';
import { snippetFindings } from '../snippet/findings.ts';
import type { Effects } from '../snippet/levels.ts';
import type { HostSnippets } from './host-snippets.ts';
import type { Location } from './location.ts';
import { doubledDirectives, locationDirectives } from './location-snippet.ts';
import { conditioned, leftIntents, rewriteOf, ruleOfBranch, upgradeOf, withEntries } from './snippet-branches.ts';
import { withEffects } from './snippet-effects.ts';
import { branchesOf, corsIn, effectsIn } from './snippet-ways.ts';

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
  const usual: Onward = { match, stopped: false, rewrite: null };
  const isUntouched = locationDirectives(facts).length + doubledDirectives(facts).length === 0 && snippets.isEmpty;
  if (isUntouched) return onward(usual);
  if (snippets.isAnswered(match)) return [];
  if (facts.snippet.configuration !== null || snippets.ofIngress) books.findings.push(snippetFindings.permission({}));
  const found = branchesOf(location, match, context);
  const cors = corsIn(found.branches, location, snippets);
  const ways = cors === null ? found.branches : found.branches.filter((branch) => !isPreflight(branch));
  const branches = inOrderOfRank(location.upstream === null ? withoutDetours(ways) : ways);
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

/** Where nothing is served, all that goes on behind the directives ends in the same error. */
function withoutDetours(branches: readonly Branch[]): readonly Branch[] {
  const last = branches.findLastIndex(({ outcome }) => outcome.kind !== 'continue');
  return branches.filter((_, index) => index <= last || index === branches.length - 1);
}

function hostName({ variables }: HostSnippets): string | null {
  return variables.get('host')?.value ?? null;
}

function upgraded(rule: RouteRule, upgrade: HttpsRedirect | null): RouteRule {
  return upgrade === null || rule.scheme !== null ? rule : { ...rule, httpsRedirect: upgrade };
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
  return rules.flatMap((rule) => withEffects(rule, made, context.intents));
}

function keep({ settled, findings }: Effects, books: Books): void {
  books.settled.push(...settled);
  books.findings.push(...findings);
}
