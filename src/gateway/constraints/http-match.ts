import * as z from 'zod';
import { LIMITS } from '../limits.ts';
import type { Release } from '../release.ts';
import { headerMatches, queryParamMatches } from './value-matches.ts';

/** Methods that an HTTPRoute can match; WebDAV's are not among them. */
export const HTTP_METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', 'PATCH'] as const;

const PATH_CHARACTERS = /^(?:[-A-Za-z0-9/._~!$&'()*+,;=:@]|%[0-9a-fA-F]{2})+$/;

/** What the API server says about the value of an `Exact` or `PathPrefix` path; null when it takes it. */
function pathProblem(value: string): string | null {
  if (!value.startsWith('/')) return 'must start with `/`';
  for (const part of ['//', '/./', '/../', '%2f', '%2F']) {
    if (value.includes(part)) return `must not contain \`${part}\``;
  }
  if (value.endsWith('/..') || value.endsWith('/.')) return 'must not end with `/.` or `/..`';
  return PATH_CHARACTERS.test(value) ? null : 'must contain only characters that a path may have, anything else as %XX';
}

const path = z
  .strictObject({ type: z.enum(['Exact', 'PathPrefix', 'RegularExpression']), value: z.string().min(1).max(LIMITS.pathValue) })
  .superRefine(({ type, value }, context) => {
    const problem = type === 'RegularExpression' ? null : pathProblem(value);
    if (problem !== null) context.addIssue({ code: 'custom', path: ['value'], message: problem });
  });

export function httpMatches(release: Release) {
  return z
    .array(
      z.strictObject({
        path: path.optional(),
        headers: headerMatches(release).optional(),
        queryParams: queryParamMatches.optional(),
        method: z.enum(HTTP_METHODS).optional(),
      }),
    )
    .min(1)
    .max(LIMITS.matchesPerRule);
}
