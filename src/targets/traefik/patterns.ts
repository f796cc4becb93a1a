import type { HTTPRouteMatch } from '../../gateway/types.ts';
import type { Target } from '../contract.ts';
import { middlewarePart } from './kinds.ts';

/**
 * PathRegexp finds its pattern anywhere in a path, so that it is anchored at both ends. It stands in a rule between
 * backquotes, which no escape gets into.
 */
export function anchored(pattern: string): string | null {
  const [flags = '', body = ''] = /^(\(\?i\))?/.exec(pattern)?.[0] === '(?i)' ? ['(?i)', pattern.slice(4)] : ['', pattern];
  const value = `${flags}^${body}$`;
  return value.includes('`') || value.length > 1024 ? null : value;
}

/** Replaces what it finds, so that the pattern is anchored to be the whole path. `$1x` would be a group of that name. */
export const rewritePattern: NonNullable<Target['rewritePattern']> = ({ pattern, replacement }) => {
  const regex = anchored(pattern);
  if (regex === null || /\$(?![1-9])|[?#]/.test(replacement)) return null;
  return {
    policies: [
      middlewarePart('rewrite', {
        replacePathRegex: { regex, replacement: replacement.replace(/\$([1-9])/g, (_, group: string) => `$\{${group}}`) },
      }),
    ],
  };
};

/**
 * The priority of the router that a match becomes, without the length of its hostname (`buildMatchRule` of the provider, 3.7): a
 * wildcard host with a long path comes before a host by name with a short one.
 */
export function priorityOf({ path, method, headers = [], queryParams = [] }: HTTPRouteMatch): number {
  const conditions = (method === undefined ? 0 : 1000) + headers.length * 100 + queryParams.length * 10;
  if (path === undefined || (path.type === 'PathPrefix' && path.value === '/')) return 1 + conditions;
  return conditions + (path.type === 'Exact' ? 100_000 : 10_000 + path.value.length * 100);
}
