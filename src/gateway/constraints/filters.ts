import * as z from 'zod';
import { hasField } from '../fields.ts';
import { LIMITS } from '../limits.ts';
import type { Release } from '../release.ts';
import { cors } from './cors.ts';
import { externalAuth } from './external-auth.ts';
import { headerModifier, requestRedirect, urlRewrite } from './modifiers.ts';
import { backendObjectReference, localReference } from './references.ts';
import { distinct } from './uniqueness.ts';

/** Types that may stand once in a list. The others, RequestMirror, ExternalAuth and ExtensionRef, may be repeated. */
const UNREPEATABLE: ReadonlySet<string> = new Set([
  'RequestHeaderModifier',
  'ResponseHeaderModifier',
  'RequestRedirect',
  'URLRewrite',
  'CORS',
]);

const unrepeated = distinct('type', ({ type }: { readonly type: string }) => (UNREPEATABLE.has(type) ? type : null));

/** Filters that HTTPRoute and GRPCRoute have. Each type has its own field and no other. */
function commonFilters(release: Release) {
  const modifier = headerModifier(release);
  return [
    z.strictObject({ type: z.literal('RequestHeaderModifier'), requestHeaderModifier: modifier }),
    z.strictObject({ type: z.literal('ResponseHeaderModifier'), responseHeaderModifier: modifier }),
    z.strictObject({
      type: z.literal('RequestMirror'),
      requestMirror: z.strictObject({ backendRef: backendObjectReference, percent: z.int().min(0).max(100).optional() }),
    }),
    z.strictObject({ type: z.literal('ExtensionRef'), extensionRef: localReference }),
  ] as const;
}

/** `filters` of an HTTPRoute's rule or of one of its backends. */
export function httpFilters(release: Release) {
  const filter = z.discriminatedUnion('type', [
    ...commonFilters(release),
    z.strictObject({ type: z.literal('RequestRedirect'), requestRedirect: requestRedirect(release) }),
    z.strictObject({ type: z.literal('URLRewrite'), urlRewrite }),
    ...(hasField(release, 'HTTPRoute.rules.filters.CORS') ? [z.strictObject({ type: z.literal('CORS'), cors })] : []),
    ...(hasField(release, 'HTTPRoute.rules.filters.ExternalAuth')
      ? [z.strictObject({ type: z.literal('ExternalAuth'), externalAuth })]
      : []),
  ]);
  return z
    .array(filter)
    .max(LIMITS.filtersPerRule)
    .superRefine(unrepeated)
    .refine((filters) => !(filters.some(isRedirect) && filters.some(({ type }) => type === 'URLRewrite')), {
      message: 'RequestRedirect and URLRewrite exclude each other',
    });
}

/** `filters` of a GRPCRoute's rule or of one of its backends. */
export function grpcFilters(release: Release) {
  return z
    .array(z.discriminatedUnion('type', commonFilters(release)))
    .max(LIMITS.filtersPerRule)
    .superRefine(unrepeated);
}

export type HttpFilters = z.infer<ReturnType<typeof httpFilters>>;

export function isRedirect({ type }: { readonly type: string }): boolean {
  return type === 'RequestRedirect';
}

/** Whether a filter replaces the matched prefix, which only works when there is exactly one. */
export function replacesPrefix(filter: HttpFilters[number]): boolean {
  if (filter.type === 'RequestRedirect') return filter.requestRedirect.path?.type === 'ReplacePrefixMatch';
  return filter.type === 'URLRewrite' && filter.urlRewrite.path?.type === 'ReplacePrefixMatch';
}
