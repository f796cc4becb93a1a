import { gatewayPathValue, literalHead, literalOf, portablePaths } from '../route/path/index.ts';
import type { PathMatch } from '../route/table.ts';
import type { Target } from '../targets/contract.ts';
import { pathPattern } from './path-pattern.ts';
import type { GatewayPathMatch } from './path-plan.ts';
import { globPattern, literalPattern } from './pattern-text.ts';
import { globMatches } from './text-prefixes.ts';

export interface GuardPaths {
  readonly paths: readonly GatewayPathMatch[];
  /** They take about what the rule takes, and not whole parts of the host beside it. */
  readonly fits: boolean;
}

/**
 * What a guard matches so that nothing else answers the requests of `match`: rather more than fewer. `withPatterns`: literal
 * paths of patterns get a pattern too, for hosts where patterns decide.
 */
export function guardPaths(
  match: PathMatch,
  options: { readonly target: Target; readonly withPatterns: boolean; readonly asGlob?: boolean },
): GuardPaths {
  if (options.asGlob === true) return { paths: globMatches(match, options.target.dialect?.glob), fits: true };
  switch (match.kind) {
    case 'exact':
      return literalGuard('Exact', match.value);
    case 'prefix':
      return literalGuard('PathPrefix', match.value);
    case 'text-prefix':
      return match.value === '/'
        ? literalGuard('PathPrefix', '/')
        : patternGuards(literalPattern(match.value), { ...options, caseInsensitive: false });
    case 'glob': {
      const own = options.target.dialect?.glob?.(match.value) ?? null;
      if (own !== null) return { paths: [own], fits: true };
      if (!/[*?]/.test(match.value)) return literalGuard('Exact', match.value);
      return /^[^*?]*\/\*$/.test(match.value)
        ? literalGuard('PathPrefix', match.value.slice(0, -1))
        : patternGuards(globPattern(match.value), { ...options, caseInsensitive: false });
    }
    case 'regex':
      return patternGuards(match.pattern, { ...options, caseInsensitive: match.caseInsensitive });
    default:
      return match satisfies never;
  }
}

function literalGuard(type: 'Exact' | 'PathPrefix', text: string): GuardPaths {
  const value = gatewayPathValue(text);
  return value === null
    ? { paths: [{ type: 'PathPrefix', value: writableStart(text) }], fits: false }
    : { paths: [{ type, value }], fits: true };
}

/** The longest writable prefix that takes the path. */
function writableStart(text: string): string {
  for (let head = text; head !== ''; head = head.slice(0, Math.max(0, head.lastIndexOf('/')))) {
    const value = gatewayPathValue(head.replace(/\/+$/, ''));
    if (value !== null) return value;
  }
  return '/';
}

function patternGuards(
  pattern: string,
  { target, withPatterns, caseInsensitive }: { readonly target: Target; readonly withPatterns: boolean; readonly caseInsensitive: boolean },
): GuardPaths {
  const text = literalOf(pattern)?.text ?? null;
  const literal = text === null ? null : gatewayPathValue(text);
  const usual: readonly GatewayPathMatch[] = literal === null ? [] : [{ type: 'PathPrefix', value: literal }];
  if (literal !== null && !withPatterns) return { paths: usual, fits: true };
  const head = literalHead(pattern, { caseInsensitive });
  const prefix: GatewayPathMatch = { type: 'PathPrefix', value: gatewayPathValue(head.prefix) ?? '/' };
  if (target.regexPaths === 'none') {
    // Every spelling of case has `/` alone in common: what nothing needs closed is closed as it would have been written.
    const portable = withPatterns ? null : portablePaths(pattern, { caseInsensitive });
    if (portable !== null) return { paths: portable.map(({ type, value }) => ({ type, value })), fits: true };
    return { paths: [prefix], fits: prefix.value === literal };
  }
  const ranked = pathPattern(pattern, { caseInsensitive }, target);
  const written = ranked.kind === 'regex' ? ranked : pathPattern(literalPattern(head.text), { caseInsensitive }, target);
  if (written.kind !== 'regex') return { paths: [prefix], fits: false };
  // The pattern closes every spelling of case; the prefix closes the usual one whatever the rank of patterns.
  return { paths: [{ type: 'RegularExpression', value: written.value }, ...usual], fits: ranked.kind === 'regex' };
}
