import { RE2JS } from '@bufbuild/re2';
import type { HTTPRouteMatch, PathModifier } from '../../gateway/types.ts';

type GatewayPath = NonNullable<HTTPRouteMatch['path']>;

/** `undecidable` for a pattern that RE2 does not take: implementations differ in what they do with it. */
export function pathTakes(match: GatewayPath | undefined, path: string): boolean | 'undecidable' {
  if (match === undefined) return true;
  switch (match.type) {
    case 'Exact':
      return path === match.value;
    case 'PathPrefix':
      return prefixTakes(match.value, path);
    case 'RegularExpression':
      return regexTakes(match.value, path);
    default:
      return match.type satisfies never;
  }
}

/** By elements; a trailing slash of the prefix is ignored. */
function prefixTakes(prefix: string, path: string): boolean {
  const trimmed = prefix.replace(/\/+$/, '');
  return trimmed === '' || path === trimmed || path.startsWith(`${trimmed}/`);
}

const compiled = new Map<string, RE2JS | null>();

/** Whole value, as the RE2-based implementations match. */
export function regexTakes(pattern: string, text: string): boolean | 'undecidable' {
  let regex = compiled.get(pattern);
  if (regex === undefined) {
    try {
      regex = RE2JS.compile(pattern);
    } catch {
      regex = null;
    }
    compiled.set(pattern, regex);
  }
  return regex === null ? 'undecidable' : regex.matches(text);
}

/** The path after a modifier. Replacing a prefix joins with exactly one slash, by the table of the HTTPRoute reference. */
export function modifyPath(modifier: PathModifier | undefined, match: GatewayPath | undefined, path: string): string {
  if (modifier === undefined) return path;
  if (modifier.type === 'ReplaceFullPath') return modifier.replaceFullPath;
  const prefix = (match?.value ?? '/').replace(/\/+$/, '');
  const rest = path.slice(prefix.length);
  const base = modifier.replacePrefixMatch.replace(/\/+$/, '');
  const joined = rest === '' ? base : `${base}${rest.startsWith('/') ? '' : '/'}${rest}`;
  return joined === '' ? '/' : joined;
}

/** Rank of a path among the matches that take a request: type, then length. Patterns have none that is promised. */
export function pathRank(match: GatewayPath | undefined): readonly [type: number, length: number] {
  if (match === undefined) return [1, 0];
  // Between Exact and PathPrefix and longest first is what most implementations do; the caller says that it is open.
  if (match.type === 'RegularExpression') return [2, match.value.length];
  return match.type === 'Exact' ? [3, match.value.length] : [1, match.value.replace(/\/+$/, '').length];
}
