import type { Intent } from '../../../src/intent/intent.ts';
import { isProtection } from '../../../src/intent/protection.ts';
import type { PathMatch, RouteRule } from '../../../src/route/table.ts';
import { type Directive, entriesOf, textOf } from '../../nginx-config/directive.ts';
import { endAs, inert, placeOf } from '../settlement.ts';
import { snippetFindings } from '../snippet/findings.ts';
import { restrictionOf } from '../snippet/levels.ts';
import type { LocationMatch } from '../snippet/location-match.ts';
import { relation } from '../snippet/path-pattern.ts';
import { refuses } from '../snippet/restricting.ts';
import type { Location } from './location.ts';
import type { HostContext } from './location-rules.ts';
import { isDeclaration, locationDirectives } from './location-snippet.ts';
import { leftIntents } from './snippet-branches.ts';
import { locationBlockRules, readLocation } from './snippet-locations.ts';

/**
 * `location` blocks of a configuration-snippet lie within each location of the Ingress, and nginx looks into them first. What
 * checks the outer one checks them too. `rules`: those of the location, for the paths of `match`.
 */
export function withNested(location: Location, match: PathMatch, rules: readonly RouteRule[], context: HostContext): readonly RouteRule[] {
  const own = locationDirectives(location.facts);
  const blocks = own.filter(({ name }) => name === 'location');
  if (blocks.length === 0) return rules;
  const protections = location.facts.view.intents.filter(isProtection);
  const nested = blocks.map((directive) => {
    const found = readLocation(directive, context);
    if (found === null) return { rules: [], intents: [] };
    const why = refusalOf(found, location, context.regex);
    if (why !== null) return refused(directive, why, context);
    const lies = relation(found.match, match);
    if (lies === 'never') {
      const finding = snippetFindings.unreached({ directive: textOf(directive) }, placeOf(directive.entry));
      context.books.settled.push(...inert(entriesOf([directive]), finding));
      return { rules: [], intents: [] };
    }
    if (lies === 'partial') return { rules: [], intents: left(directive, context) };
    const paths = lies === 'always' ? match : found.match;
    return { rules: locationBlockRules(directive, paths, location.facts, own.filter(isDeclaration), protections, context), intents: [] };
  });
  const intents = nested.flatMap((each) => each.intents);
  const closed = rules.map((rule) => (rule.action.kind === 'forward' ? { ...rule, intents: [...rule.intents, ...intents] } : rule));
  return [...nested.flatMap((each) => each.rules), ...closed];
}

/** Where nginx takes no such block (`ngx_http_core_location`); null where it does. */
function refusalOf({ kind, path }: LocationMatch, location: Location, regex: boolean): string | null {
  if (regex) return kind === 'pattern' ? null : 'within the pattern that its path is on this host only a pattern can stand';
  if (location.type === 'exact' || !location.path.endsWith('/'))
    return 'an exact location, which the controller makes of this path too, takes no location inside';
  return kind === 'pattern' || path.startsWith(location.path) ? null : `it lies outside of ${location.path}`;
}

/** With it nginx refuses the whole configuration; what it was to close stays closed. */
function refused(
  directive: Directive,
  why: string,
  { books }: HostContext,
): { readonly rules: readonly RouteRule[]; readonly intents: readonly Intent[] } {
  const finding = snippetFindings.misplaced({ directive: textOf(directive), why }, placeOf(directive.entry));
  books.findings.push(finding);
  books.settled.push(...endAs('manual', entriesOf([directive]), finding));
  return { rules: [], intents: refuses(directive) ? [restriction(directive)] : [] };
}

function left(directive: Directive, { books }: HostContext): readonly Intent[] {
  const why = 'its paths lie partly within those of the location';
  return leftIntents([{ directive, why, protects: refuses(directive) }], books);
}

function restriction(directive: Directive): Intent {
  return { kind: 'rawAccessControl', language: 'nginx', restricts: restrictionOf(directive), entries: entriesOf([directive]) };
}
