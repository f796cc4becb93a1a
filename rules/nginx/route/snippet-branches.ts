import type { Intent } from '../../../src/intent/intent.ts';
import type { Entry } from '../../../src/model/entry.ts';
import type { Action, HttpsRedirect, Match, PathMatch, Rewrite, RouteRule } from '../../../src/route/table.ts';
import type { Books } from '../../../src/rule/books.ts';
import { entriesOf, textOf } from '../../nginx-config/directive.ts';
import { endAs, placeOf } from '../settlement.ts';
import { alternativeTo } from '../snippet/alternatives.ts';
import type { Branch, BranchMatch, PathChange } from '../snippet/branch.ts';
import { snippetFindings } from '../snippet/findings.ts';
import type { Left } from '../snippet/flow.ts';
import { restrictionOf, restrictsFinding } from '../snippet/levels.ts';
import type { Facts } from './facts.ts';

export function matchOf({ path, headers, cookies, queryParams, methods }: BranchMatch): Match {
  return { path, headers, cookies, queryParams, methods: methods ?? [], sourceRanges: [] };
}

/** The rule of a branch that answers by itself. */
export function ruleOfBranch(
  branch: Branch,
  facts: Facts,
  id: string,
  httpsRedirect: HttpsRedirect | null,
  intents: readonly Intent[] = [],
): RouteRule {
  const { match, outcome, entries } = branch;
  const action: Action =
    outcome.kind === 'redirect'
      ? { kind: 'redirect', redirect: outcome.redirect }
      : {
          kind: 'respond',
          status: outcome.kind === 'respond' ? outcome.status : 503,
          contentType: null,
          body: outcome.kind === 'respond' ? outcome.body : null,
        };
  return { id, ingress: facts.ref, scheme: match.scheme, match: matchOf(match), action, httpsRedirect, intents, entries };
}

/** Of directives that no branch stands for: what keeps requests out becomes a protection, the rest is named. */
export function leftIntents(left: readonly Left[], books: Books): readonly Intent[] {
  return left.flatMap(({ directive, why, protects }): readonly Intent[] => {
    const entries = entriesOf([directive]);
    if (!protects) {
      const nearest = alternativeTo(directive.name) ?? '';
      const finding = snippetFindings['way-not-carried-over']({ directive: textOf(directive), why, nearest }, placeOf(directive.entry));
      books.settled.push(...endAs('unmapped', entries, finding));
      return [];
    }
    books.findings.push(restrictsFinding(directive, why));
    return [{ kind: 'rawAccessControl', language: 'nginx', restricts: restrictionOf(directive), entries }];
  });
}

/** null: the path goes on as it came. */
export function rewriteOf({ change, entries }: PathChange): Rewrite | null {
  switch (change.kind) {
    case 'keep':
      return null;
    case 'full':
    case 'prefix':
      return { kind: change.kind, path: change.path, entries };
    case 'regex':
      return { ...change, entries };
    default:
      return change satisfies never;
  }
}

/**
 * A rule under the conditions of a branch; empty where they contradict its own. `plain`: the paths of the location, for which
 * the rule needs no other name.
 */
export function conditioned(rule: RouteRule, { match, entries }: Branch, suffix: string): readonly RouteRule[] {
  if (match.scheme !== null && rule.scheme !== null && match.scheme !== rule.scheme) return [];
  const own = matchOf(match);
  return [
    {
      ...rule,
      id: suffix === '' ? rule.id : `${rule.id} ${suffix}`,
      scheme: match.scheme ?? rule.scheme,
      match: {
        ...rule.match,
        path: own.path,
        headers: [...own.headers, ...rule.match.headers],
        cookies: [...own.cookies, ...rule.match.cookies],
        queryParams: [...own.queryParams, ...rule.match.queryParams],
        methods: own.methods.length > 0 ? own.methods : rule.match.methods,
      },
      entries: withEntries(rule.entries, entries),
    },
  ];
}

export function withEntries(entries: readonly Entry[], more: readonly Entry[]): readonly Entry[] {
  return [...entries, ...more.filter((entry) => !entries.includes(entry))];
}

/** `if ($scheme = http) { return 301 https://$host$request_uri; }` is a redirect to https like the controller's own. */
export function upgradeOf({ match, outcome }: Branch, host: string | null, path: PathMatch): HttpsRedirect | null {
  if (outcome.kind !== 'redirect' || match.scheme !== 'http' || JSON.stringify(match.path) !== JSON.stringify(path)) return null;
  if (match.headers.length + match.cookies.length + match.queryParams.length + (match.methods?.length ?? 0) > 0) return null;
  const { redirect } = outcome;
  const isSame = redirect.host === null || redirect.host === host;
  if (redirect.scheme !== 'https' || !isSame || redirect.path.kind !== 'keep' || redirect.query.kind !== 'keep') return null;
  return { status: redirect.status, port: redirect.port ?? 443, entries: redirect.entries };
}
