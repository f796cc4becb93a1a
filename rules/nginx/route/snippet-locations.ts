import type { Intent } from '../../../src/intent/intent.ts';
import { isProtection } from '../../../src/intent/protection.ts';
import type { PathMatch, RouteRule } from '../../../src/route/table.ts';
import { type Directive, entriesOf, textOf } from '../../nginx-config/directive.ts';
import { beside } from '../beside.ts';
import { CONFIG_PREFIX } from '../controller/config-key.ts';
import { endAs, inert, placeOf } from '../settlement.ts';
import { anyRequest, type Branch } from '../snippet/branch.ts';
import { contentOf, isHandler } from '../snippet/content.ts';
import { effectsOf } from '../snippet/effects.ts';
import { snippetFindings } from '../snippet/findings.ts';
import { flowOf } from '../snippet/flow.ts';
import type { Effects, Levels } from '../snippet/levels.ts';
import { type LocationMatch, locationMatch } from '../snippet/location-match.ts';
import { refuses } from '../snippet/restricting.ts';
import type { Facts } from './facts.ts';
import type { HostContext } from './location-rules.ts';
import { isDeclaration } from './location-snippet.ts';
import { leftIntents, matchOf, rewriteOf, ruleOfBranch, withEntries } from './snippet-branches.ts';
import { actionOf, reportContent, respond } from './snippet-content.ts';
import type { PlacedLocation } from './snippet-location-order.ts';

/** The `location` blocks of a server-snippet. `own`: the controller's, beside which nginx takes no second of the same name. */
export function serverLocations(own: readonly PlacedLocation[], context: HostContext): readonly PlacedLocation[] {
  const { snippets, host, books } = context;
  return snippets.locations.flatMap(({ directive, facts }): readonly PlacedLocation[] => {
    const found = readLocation(directive, context);
    if (found === null) return [];
    const { kind, path, match } = found;
    const place = { ...placeOf(directive.entry), host };
    if (own.some((other) => isSameName(other, found))) {
      books.findings.push(snippetFindings['duplicate-location']({ location: textOf(directive), host }, place));
      // What it closes stays closed; anything else is not in force.
      if (!refuses(directive)) {
        books.settled.push(
          ...endAs('manual', entriesOf([directive]), snippetFindings['duplicate-location']({ location: textOf(directive), host }, place)),
        );
        return [];
      }
    }
    const rules = snippets.isAnswered(match)
      ? []
      : locationBlockRules(directive, match, facts, snippets.declared, ofController(facts), context);
    return [{ kind, path, isOfController: false, rules, directive, match }];
  });
}

export function readLocation(directive: Directive, { books }: HostContext): (LocationMatch & { readonly match: PathMatch }) | null {
  const found = locationMatch(directive);
  if (found !== null && found.match !== null) return { ...found, match: found.match };
  if (found === null) {
    const finding = snippetFindings.unreached({ directive: textOf(directive) }, placeOf(directive.entry));
    books.settled.push(...inert(entriesOf([directive]), finding));
    return null;
  }
  // Where it would close, everything that may be meant has to stay closed.
  if (refuses(directive)) return { ...found, match: { kind: 'prefix', value: '/' } };
  leftIntents([{ directive, why: 'its pattern cannot be read', protects: false }], books);
  return null;
}

/** What its ConfigMap keeps out of every server, this block of a snippet included. */
function ofController({ view }: Facts): readonly Intent[] {
  return view.intents.filter((intent) => isProtection(intent) && intent.entries.every(({ name }) => name.startsWith(CONFIG_PREFIX)));
}

/** `/foo` of the controller has the names `= /foo` and `/foo/` for nginx. */
function isSameName(own: PlacedLocation, found: LocationMatch): boolean {
  if (found.kind === 'pattern') return false;
  if (found.kind === 'exact') return found.path === own.path && (own.kind === 'exact' || (own.path !== '/' && !own.path.endsWith('/')));
  return own.kind === 'prefix' && found.path === (own.path.endsWith('/') ? own.path : `${own.path}/`);
}

export function locationBlockRules(
  directive: Directive,
  match: PathMatch,
  facts: Facts,
  outer: readonly Directive[],
  inherited: readonly Intent[],
  context: HostContext,
): readonly RouteRule[] {
  const { snippets, books } = context;
  const block = directive.block ?? [];
  const content = contentOf(block);
  const flow = flowOf(block, { match: anyRequest(match), variables: snippets.variables, groups: match.kind === 'regex' ? match : null });
  const intents = leftIntents(flow.left, books);
  books.findings.push(...flow.findings);
  reportContent(content, directive, context);
  return flow.branches.flatMap((branch, index): readonly RouteRule[] => {
    const { outcome } = branch;
    const id = `${facts.name} ${directive.entry.name} ${context.host} ${textOf(directive)}${index === 0 ? '' : ` ${index + 1}`}`;
    const entries = withEntries([directive.entry], branch.entries);
    const base = { ...branch, entries };
    const effects = blockEffects(block, branch, { http: snippets.http, server: outer }, facts);
    if (outcome.kind === 'redirect' || outcome.kind === 'respond') return [ruleOfBranch(base, facts, id, null, headersOf(effects))];
    const closedBy = effects.closed ?? (block.some(({ name }) => name === 'internal') ? entries : null);
    if (closedBy !== null) {
      const action = respond(403);
      return [{ ...ruleOfBranch(base, facts, id, null, []), action, entries: withEntries(entries, closedBy) }];
    }
    books.settled.push(...effects.settled);
    books.findings.push(...effects.findings);
    if (content.kind === 'purge') return [];
    const rule = { id, ingress: facts.ref, scheme: branch.match.scheme, match: matchOf(branch.match), httpsRedirect: null };
    const kept = [...inherited, ...effects.intents, ...intents];
    const rewrite = outcome.rewrite === null ? null : rewriteOf(outcome.rewrite);
    const action = actionOf(content, match, rewrite, context);
    return [{ ...rule, action, intents: action.kind === 'forward' ? kept : [], entries }];
  });
}

/** nginx sends its headers with answers of its own as well. */
function headersOf({ intents }: Effects): readonly Intent[] {
  return intents.filter(({ kind }) => kind === 'responseHeaders');
}

/** Handlers are read as the content; they are no settings besides. */
function blockEffects(
  block: readonly Directive[],
  { variables, inner }: Branch,
  outer: Pick<Levels, 'http' | 'server'>,
  { ingress }: Facts,
): Effects {
  const declared = (directives: readonly Directive[]) =>
    directives.filter((each) => isDeclaration(each) && each.name !== 'internal' && !isHandler(each.name));
  return effectsOf(
    { ...outer, location: declared(block), inner: declared(inner) },
    { variables, grpc: false, has: (annotation) => annotation === 'satisfy' && beside(ingress, annotation) !== null },
  );
}
