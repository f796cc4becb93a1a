import type { Finding, Place } from '../../../src/ledger/finding.ts';
import type { Outcome } from '../../../src/ledger/outcome.ts';
import type { IngressPath } from '../../../src/model/ingress.ts';
import type { PathMatch } from '../../../src/route/table.ts';
import { pathFindings } from './findings.ts';

export type PathReading =
  | { readonly kind: 'path'; readonly match: PathMatch; readonly doubt: Finding | null }
  | { readonly kind: 'refused'; readonly outcome: Outcome; readonly finding: Finding };

const WILDCARD = /[*?]/;

/** What a path of an Ingress is to the load balancer. `label` names it for people. */
export function readPath({ path, pathType }: IngressPath, isRegex: boolean, label: string, place: Place): PathReading {
  const refused = (finding: Finding): PathReading => ({ kind: 'refused', outcome: 'manual', finding });
  if (path !== '' && !path.startsWith('/')) return refused(pathFindings['not-absolute']({ path }, place));
  switch (pathType) {
    case 'Exact':
      if (WILDCARD.test(path)) return refused(pathFindings.wildcard({ path: label, type: 'Exact' }, place));
      return { kind: 'path', match: { kind: 'exact', value: path === '' ? '/' : path }, doubt: null };
    case 'Prefix':
      if (WILDCARD.test(path)) return refused(pathFindings.wildcard({ path: label, type: 'Prefix' }, place));
      return { kind: 'path', match: { kind: 'prefix', value: withoutSlash(path) }, doubt: null };
    case 'ImplementationSpecific':
    case null: {
      if (!isRegex || path === '') return { kind: 'path', match: patternMatch(path), doubt: null };
      const match = regexMatch(path.slice(1));
      return { kind: 'path', match, doubt: pathFindings.regex({ path: label, pattern: `^${match.pattern}` }, place) };
    }
    default:
      return pathType satisfies never;
  }
}

/** `/foo` and `/foo/` are the same prefix: both become the patterns /foo and /foo/*. */
function withoutSlash(path: string): string {
  const value = path.replace(/\/+$/, '');
  return value === '' ? '/' : value;
}

/** A path pattern: `*` any text with slashes, `?` one character, anything else itself. Without wildcards it is exact. */
export function patternMatch(pattern: string): PathMatch {
  if (pattern === '' || pattern === '*' || pattern === '/*') return { kind: 'prefix', value: '/' };
  if (!WILDCARD.test(pattern)) return { kind: 'exact', value: pattern };
  // What is below /foo, and not /foo itself.
  if (/^\/[^*?]*\/\*$/.test(pattern)) return { kind: 'prefix', value: pattern.slice(0, -1) };
  return { kind: 'glob', value: pattern };
}

/** Anchored on both sides: see the finding. */
export function regexMatch(regex: string): Extract<PathMatch, { kind: 'regex' }> {
  const bare = regex.replace(/^\^/, '').replace(/(?<!\\)\$$/, '');
  const pattern = bare.includes('|') ? `(?:${bare})$` : `${bare}$`;
  return { kind: 'regex', pattern, caseInsensitive: false };
}
